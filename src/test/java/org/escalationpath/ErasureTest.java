package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.escalationpath.audit.Samples;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.FileUpload;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.What;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Personal data is erased from everywhere, while what was recorded can still be verified; and what is on hold stays. */
class ErasureTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private CaseDesk caseDesk;

  @Autowired
  private Verification verification;

  @Autowired
  private Seals seals;

  @Autowired
  private Samples samples;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private Journal journal;

  @Autowired
  private HistoryService history;

  @Autowired
  private DataSource database;

  /** In everything that anybody writes about this customer, and nowhere else. */
  private String secret;

  private String email;

  @BeforeEach
  void aSecret() {
    secret = "Zq" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
    email = secret.toLowerCase() + "@example.org";
  }

  private CaseNumber aCaseFullOfSecrets() {
    var customer = Http.as(port, "agent");
    var answer = customer.post("/api/cases", """
        {"customer": {"name": "%1$s", "email": "%2$s", "phone": "+49 30 123456"}, "subject": "About %1$s", "description": "%1$s wrote",
         "externalId": "%1$s"}
        """.formatted(secret, email));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    desk.settle();
    return CaseNumber.of(
        answer.body().replaceFirst("(?s).*\"number\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
  }

  private CaseNumber aStoryFullOfSecrets() {
    var number = aCaseFullOfSecrets();
    desk.as("agent", () -> caseDesk.agentReplies(number, "Dear " + secret, true));
    desk.customer(
        number,
        () -> caseDesk.customerWrites(
            number,
            "I am " + secret,
            List.of(new FileUpload(secret + ".txt", secret.getBytes(StandardCharsets.UTF_8)))));
    desk.as("agent", () -> caseDesk.agentNotes(number, secret + " called"));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), COMPLEX_PROBLEM, secret + " is angry", null));
    desk.as("lead", () -> desk.escalation.resolve(desk.theCase(number), "We help " + secret));
    Http.signedIn(port, "agent")
        .submit("/cases", "/cases/views", Map.of("name", "hers", "customer", email));
    var status = desk.lastLink(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    desk.fastForward(Duration.ofDays(1).plusMinutes(1));
    var survey = desk.lastLink(number).replaceFirst("^http://[^/]+", "");
    assertThat(status).isNotEqualTo(survey);
    Http.anonymous(port)
        .submit(survey, survey, Map.of("csat", "1", "solved", "yes", "comment", secret));
    desk.fastForward(Duration.ofMinutes(11));
    return number;
  }

  @Test
  void nothingOfItIsLeftInAFullDumpAndTheChainStaysValid() throws Exception {
    var number = aStoryFullOfSecrets();
    seals.seal();
    assertThat(tablesWith(secret))
        .contains("customer", "customer_case", "message", "note", "attachment", "survey")
        .contains("act_ru_variable");
    assertThat(tablesWith(secret.toLowerCase())).contains("customer", "saved_view");
    var rows = desk.ledger.of(number).size();

    var answer = Http.as(port, "admin")
        .post(
            "/api/audit/erasures",
            "{\"email\": \"%s\", \"why\": \"request 4711\"}".formatted(email));

    assertThat(answer.body()).contains("\"cases\":1");
    assertThat(tablesWith(secret)).isEmpty();
    assertThat(tablesWith(secret.toLowerCase())).isEmpty();
    assertThat(verification.of(number).problems()).isEmpty();
    assertThat(verification.all().problems()).isEmpty();
    assertThat(desk.ledger.of(number)).hasSize(rows + 1);
    desk.expect(number).ledger(What.RATED, What.ERASED);
    assertThat(journal.latest("erased").orElseThrow().who()).isEqualTo("admin");
    // numbers stay
    assertThat(
            Http.as(port, "auditor").get("/api/cases/" + number + "/deadlines").body())
        .contains("resolution");
    assertThat(Http.signedIn(port, "auditor").get("/audit/cases/" + number).body())
        .contains("personal data erased", "are as they were written");
    assertThat(Http.as(port, "agent").get("/api/cases?text=" + secret).body())
        .doesNotContain(number.value());
  }

  @Test
  void whatIsStillToBeDoneAboutItEnds() {
    var number = aCaseFullOfSecrets();
    desk.as("agent", () -> desk.escalation.resolve(desk.theCase(number), "We help"));
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    var day = desk.theCase(number).closedAt().atZone(ZoneOffset.UTC).toLocalDate();
    desk.as("auditor", () -> samples.draw(day, day, Samples.MOST, null, "all"));
    var sample = samples.all().get(0).id();

    Http.as(port, "admin")
        .post("/api/audit/erasures", "{\"email\": \"%s\", \"why\": \"request\"}".formatted(email));

    assertThat(samples.worksheets(sample))
        .filteredOn(each -> each.caseNumber().equals(number))
        .extracting(Samples.Worksheet::result)
        .containsExactly("erased");
    assertThat(desk.management.createJobQuery().list())
        .noneMatch(job -> isAbout(job.getProcessInstanceId(), number));
    assertThat(jdbc.sql("select state from survey where case_number = :number")
            .param("number", number.value())
            .query(String.class)
            .list())
        .containsExactly("cancelled");
    assertThat(jdbc.sql(
                "select count(*) from notification where case_number = :number and state = 'requested'")
            .param("number", number.value())
            .query(Integer.class)
            .single())
        .isZero();
    assertThat(Http.signedIn(port, "auditor").get("/audit/samples/" + sample).body())
        .contains("personal data erased");
  }

  private boolean isAbout(String processInstance, CaseNumber number) {
    return processInstance != null
        && number
            .value()
            .equals(history
                .createHistoricProcessInstanceQuery()
                .processInstanceId(processInstance)
                .singleResult()
                .getBusinessKey());
  }

  @Test
  void whatIsGoneAfterTheErasureIsNotExcusedByIt() {
    var number = aCaseFullOfSecrets();
    desk.customer(number, () -> desk.escalation.withdraw(number, "never mind", "customer"));
    Http.as(port, "admin")
        .post("/api/audit/erasures", "{\"email\": \"%s\", \"why\": \"request\"}".formatted(email));
    desk.as("agent", () -> caseDesk.agentNotes(number, "closed the file"));
    assertThat(verification.of(number).problems()).isEmpty();
    jdbc.sql("create table message_kept as select id, salt, text from message").update();
    jdbc.sql("update message set salt = null, text = 'erased' where case_number = :number")
        .param("number", number.value())
        .update();

    var problems = verification.of(number).problems();

    jdbc.sql("""
        update message set (salt, text) = (select k.salt, k.text from message_kept k where k.id = message.id)
         where case_number = :number
        """).param("number", number.value()).update();
    jdbc.sql("drop table message_kept").update();
    assertThat(problems).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo("text-missing");
      assertThat(problem.seq()).isEqualTo(desk.ledger.of(number).size());
    });
  }

  @Test
  void viewsOfOthersAreKept() {
    var agent = Http.signedIn(port, "agent");
    agent.submit(
        "/cases", "/cases/views", Map.of("name", "v" + secret + " other", "customer", "x" + email));
    var number = aCaseFullOfSecrets();
    agent.submit(
        "/cases", "/cases/views", Map.of("name", "v" + secret + " hers", "customer", email));
    agent.submit("/cases", "/cases/views", Map.of("name", "v" + secret + " words", "text", secret));
    agent.submit(
        "/cases",
        "/cases/views",
        Map.of("name", "v" + secret + " wild", "customer", email.replace('q', '_')));
    desk.customer(number, () -> desk.escalation.withdraw(number, "never mind", "customer"));

    Http.as(port, "admin")
        .post("/api/audit/erasures", "{\"email\": \"%s\", \"why\": \"request\"}".formatted(email));

    assertThat(jdbc.sql("select name from saved_view where name like :names")
            .param("names", "v" + secret + "%")
            .query(String.class)
            .list())
        .containsExactlyInAnyOrder("v" + secret + " wild", "v" + secret + " other");
  }

  @Test
  void aCaseThatHasNotEndedIsSaidAndNothingIsErased() throws Exception {
    var number = aCaseFullOfSecrets();

    var answer = Http.as(port, "admin")
        .post("/api/audit/erasures", "{\"email\": \"%s\", \"why\": \"request\"}".formatted(email));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(number + " has not ended");
    assertThat(tablesWith(secret)).contains("customer", "customer_case");
  }

  @Test
  void aLegalHoldWinsUntilItIsLifted() throws Exception {
    var number = aStoryFullOfSecrets();
    var admin = Http.as(port, "admin");
    assertThat(admin
            .put("/api/audit/holds/" + number, "{\"held\": true, \"why\": \"lawsuit 12\"}")
            .statusCode())
        .isEqualTo(200);
    assertThat(admin
            .put("/api/audit/holds/" + number, "{\"held\": true, \"why\": \"again\"}")
            .statusCode())
        .isEqualTo(400);
    var erase = "{\"email\": \"%s\", \"why\": \"request\"}".formatted(email);

    assertThat(admin.post("/api/audit/erasures", erase).body()).contains("is on legal hold");
    assertThat(tablesWith(secret)).contains("customer");
    assertThat(Http.signedIn(port, "auditor").get("/audit/cases/" + number).body())
        .contains("on legal hold");

    admin.put("/api/audit/holds/" + number, "{\"held\": false, \"why\": \"settled\"}");
    assertThat(admin.post("/api/audit/erasures", erase).statusCode()).isEqualTo(200);
    assertThat(tablesWith(secret)).isEmpty();
    desk.expect(number).ledger(What.HOLD_PLACED, What.HOLD_LIFTED, What.ERASED);
  }

  @Test
  void theHistoryOfAHeldCaseHasNoDateOnWhichItIsForgotten() {
    var number = desk.opens(aCase());
    desk.resolves(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    assertThat(removalTimes(number)).doesNotContainNull();

    Http.as(port, "admin")
        .put("/api/audit/holds/" + number, "{\"held\": true, \"why\": \"lawsuit\"}");
    runBatches();
    assertThat(removalTimes(number)).containsOnlyNulls();

    Http.as(port, "admin")
        .put("/api/audit/holds/" + number, "{\"held\": false, \"why\": \"settled\"}");
    runBatches();
    assertThat(removalTimes(number)).doesNotContainNull();
  }

  private List<java.util.Date> removalTimes(CaseNumber number) {
    return history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .list()
        .stream()
        .map(each -> each.getRemovalTime())
        .toList();
  }

  private void runBatches() {
    for (var i = 0; i < 10; i++) {
      desk.management.createJobQuery().list().stream()
          .filter(job -> job.getProcessDefinitionId() == null && job.getJobDefinitionId() != null)
          .forEach(job -> desk.management.executeJob(job.getId()));
    }
  }

  @Test
  void onlyAdministratorsEraseAndHold() {
    var number = desk.opens(aCase());
    for (var person : List.of("agent", "lead", "manager", "director", "owner", "auditor")) {
      assertThat(Http.as(port, person)
              .post("/api/audit/erasures", "{\"email\": \"x@y.de\", \"why\": \"x\"}")
              .statusCode())
          .as(person)
          .isEqualTo(403);
      assertThat(Http.as(port, person)
              .put("/api/audit/holds/" + number, "{\"held\": true, \"why\": \"x\"}")
              .statusCode())
          .as(person)
          .isEqualTo(403);
      assertThat(Http.signedIn(port, person).get("/erasure").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void thePageErasesAndSaysWhatIsWrong() {
    var number = aCaseFullOfSecrets();
    var admin = Http.signedIn(port, "admin");

    assertThat(admin
            .submit("/erasure", "/erasure", Map.of("email", email, "why", "request"))
            .body())
        .contains("role=\"alert\"", number + " has not ended", "value=\"" + email);
    assertThat(admin
            .submit("/erasure", "/erasure", Map.of("email", "nobody@example.org", "why", "x"))
            .statusCode())
        .isEqualTo(400);
    assertThat(admin.submit("/erasure", "/erasure", Map.of("email", email)).statusCode())
        .isEqualTo(400);

    desk.customer(number, () -> desk.escalation.withdraw(number, "never mind", "customer"));
    assertThat(admin
            .submit("/erasure", "/erasure", Map.of("email", email, "why", "request"))
            .statusCode())
        .isEqualTo(302);
    assertThat(admin.get("/erasure").body()).contains("Erased, in 1 cases");
  }

  /** The tables that hold the word in any row and column, whatever its type. */
  private List<String> tablesWith(String word) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = database.getConnection()) {
      for (var table : tables(connection)) {
        if (holds(connection, table, word)) {
          found.add(table.toLowerCase());
        }
      }
    }
    return found;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    var schema = TestDatabase.isPostgresql() ? "public" : "PUBLIC";
    try (var all = connection
        .getMetaData()
        .getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (all.next()) {
        tables.add(all.getString("TABLE_NAME"));
      }
    }
    assertThat(tables).hasSizeGreaterThan(60);
    return tables;
  }

  private static boolean holds(Connection connection, String table, String word)
      throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select * from \"" + table + "\"")) {
      while (rows.next()) {
        for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          if (text(rows, i).contains(word)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static String text(java.sql.ResultSet rows, int column) throws SQLException {
    var value = rows.getObject(column);
    if (value instanceof byte[] || value instanceof java.sql.Blob) {
      return new String(rows.getBytes(column), StandardCharsets.UTF_8);
    }
    return value == null ? "" : rows.getString(column);
  }
}
