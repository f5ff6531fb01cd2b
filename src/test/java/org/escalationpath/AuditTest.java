package org.escalationpath;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.escalationpath.audit.Export;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What auditors and their programs get: roots, verification, exports. */
class AuditTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private Verification verification;

  @Autowired
  private Seals seals;

  @Autowired
  private Export export;

  @Autowired
  private Journal journal;

  @Autowired
  private CaseDesk caseDesk;

  private Http as(String person) {
    return Http.as(port, person);
  }

  // ---- chain and seals

  @Test
  void rowsOfANodeOfTheVersionBeforeAreBoundBeforeTheNextOne() {
    var lostParcel = desk.opens(aCase());
    writtenByAnOldNode(lostParcel);
    assertThatThrownBy(() -> jdbc.sql(
                "update ledger set hash = 'x', who = 'nobody' where case_number = :number and hash is null")
            .param("number", lostParcel.value())
            .update())
        .hasMessageContaining("append-only");

    desk.escalates(lostParcel, COMPLEX_PROBLEM, null);

    assertThat(desk.ledger.rows(lostParcel)).allMatch(row -> row.hash() != null);
    assertThat(verification.of(lostParcel).problems()).isEmpty();
    assertThatThrownBy(() -> jdbc.sql("update ledger set hash = 'x' where case_number = :number")
            .param("number", lostParcel.value())
            .update())
        .hasMessageContaining("append-only");
  }

  @Test
  void rowsOfANodeOfTheVersionBeforeAreBoundBeforeTheyAreSealed() {
    var lostParcel = desk.opens(aCase());
    writtenByAnOldNode(lostParcel);

    seals.seal();

    assertThat(verification.of(lostParcel).unsealed()).isZero();
    assertThat(verification.of(lostParcel).problems()).isEmpty();
  }

  private void writtenByAnOldNode(CaseNumber number) {
    jdbc.sql("update customer_case set ledger_seq = ledger_seq + 1 where number = :number")
        .param("number", number.value())
        .update();
    jdbc.sql("""
        insert into ledger (case_number, seq, at, who, what)
        select number, ledger_seq, :now, 'agent', 'note-added' from customer_case where number = :number
        """)
        .param("now", desk.now().atOffset(UTC))
        .param("number", number.value())
        .update();
  }

  @Test
  void theDatabaseRefusesToChangeOrDeleteSealsAndTheJournal() {
    journal.append("tested", java.util.Map.of());
    seals.seal();

    for (var statement : List.of(
        "update journal set who = 'nobody'",
        "delete from journal",
        "update seal set root = 'x'",
        "delete from seal",
        "update seal_entry set hash = 'x'",
        "delete from seal_entry")) {
      assertThatThrownBy(() -> jdbc.sql(statement).update())
          .as(statement)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void thereIsNoSealWithoutAnythingNew() {
    seals.seal();

    assertThat(seals.seal()).isEmpty();
  }

  @Test
  void eachDaysRootIsGivenOutAndWrittenOutside() throws Exception {
    desk.opens(aCase());
    var monday = seals.seal().orElseThrow();
    desk.fastForward(Duration.ofDays(1));
    desk.opens(aCase());
    var tuesday = seals.seal().orElseThrow();

    var roots = new JsonMapper()
        .readTree(
            as("auditor").get("/api/audit/roots?from=2026-11-23&to=2026-11-24").body());

    assertThat(roots.findValuesAsText("day")).contains("2026-11-23", "2026-11-24");
    assertThat(roots.findValuesAsText("root")).contains(tuesday.root());
    assertThat(Files.readAllLines(ROOTS))
        .contains(
            "2026-11-23T09:00:00.000Z %d %s".formatted(monday.no(), monday.root()),
            "2026-11-24T09:00:00.000Z %d %s".formatted(tuesday.no(), tuesday.root()));
    assertThat(
            as("auditor").get("/api/audit/roots?from=2020-01-01&to=2020-02-01").body())
        .isEqualTo("[]");
  }

  @Test
  void aPeriodThatIsNoneSaysWhatToChange() {
    assertThat(as("auditor").get("/api/audit/roots?from=2026-11-24&to=2026-11-23"))
        .satisfies(answer -> {
          assertThat(answer.statusCode()).isEqualTo(400);
          assertThat(answer.body()).contains("'from' must be a day before 'to'");
        });
    assertThat(as("auditor").get("/api/audit/roots?from=yesterday").statusCode())
        .isEqualTo(400);
  }

  @Test
  void verifyingEverythingIsRecorded() throws Exception {
    desk.opens(aCase());

    var report =
        new JsonMapper().readTree(as("auditor").get("/api/audit/verification").body());

    assertThat(report.path("problems")).isEmpty();
    assertThat(report.path("rows").asLong()).isPositive();
    assertThat(journal.latest("verified").orElseThrow())
        .satisfies(row -> assertThat(row.who()).isEqualTo("auditor"))
        .satisfies(row -> assertThat(row.facts()).containsEntry("problems", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/audit/roots", "/api/audit/verification", "/api/audit/export"})
  void isForAuditorsAndAdministrators(String path) {
    for (var person : List.of("agent", "lead", "manager", "director", "owner")) {
      assertThat(as(person).get(path).statusCode()).as(person).isEqualTo(403);
    }
    assertThat(Http.anonymous(port).get(path).statusCode()).isEqualTo(401);
    assertThat(as("admin").get(path).statusCode()).isEqualTo(200);
  }

  // ---- exports

  /** Opened, asked, answered, escalated with a hostile note, resolved. */
  private CaseNumber aBusyCase() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> caseDesk.agentReplies(number, "Which colour?", true));
    desk.customer(number, () -> caseDesk.customerWrites(number, "Red."));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), COMPLEX_PROBLEM, "=HYPERLINK(\"http://evil\")", null));
    desk.resolves(number);
    return number;
  }

  @Test
  void aSpreadsheetFindsNoFormulas() {
    var number = aBusyCase();

    var csv = as("auditor").get("/api/audit/export?format=csv&case=" + number).body();

    assertThat(csv)
        .startsWith("\uFEFFcase,seq,at,who,what,")
        .contains("'=HYPERLINK")
        .doesNotContain(",=HYPERLINK", "\"=HYPERLINK");
    assertThat(csv.lines().filter(line -> line.startsWith(number.value())))
        .hasSize(desk.ledger.of(number).size());
  }

  @Test
  void aProcessMinerGetsAValidLogWithVisitsOfTiers() throws Exception {
    var number = aBusyCase();

    var answer = as("auditor").get("/api/audit/export?format=xes&case=" + number);

    assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
        .contains(number + ".xes");
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(getClass().getResource("/xes.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(answer.body())));
    var events = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(answer.body())))
        .getElementsByTagName("event");
    assertThat(visits(events))
        .containsExactly(
            "front-line start",
            "front-line suspend",
            "front-line resume",
            "front-line complete",
            "team-lead start",
            "team-lead complete");
    assertThat(count(events, "escalation:source", "ledger"))
        .isEqualTo(desk.ledger.of(number).size());
  }

  private static List<String> visits(NodeList events) {
    return java.util.stream.IntStream.range(0, events.getLength())
        .mapToObj(index -> (Element) events.item(index))
        .filter(event -> value(event, "escalation:source").equals("visit"))
        .map(event -> value(event, "concept:name") + " " + value(event, "lifecycle:transition"))
        .toList();
  }

  private static long count(NodeList events, String key, String value) {
    return java.util.stream.IntStream.range(0, events.getLength())
        .filter(index -> value((Element) events.item(index), key).equals(value))
        .count();
  }

  private static String value(Element event, String key) {
    var attributes = event.getElementsByTagName("string");
    for (var i = 0; i < attributes.getLength(); i++) {
      if (((Element) attributes.item(i)).getAttribute("key").equals(key)) {
        return ((Element) attributes.item(i)).getAttribute("value");
      }
    }
    return "";
  }

  @Test
  void aPeriodAndAFilterLetWholeLedgersThrough() throws Exception {
    var early = desk.opens(aCase());
    desk.fastForward(Duration.ofDays(40));
    var late = desk.opens(aCase().ofSeverity("high"));

    var json = new JsonMapper()
        .readTree(as("auditor")
            .get("/api/audit/export?format=json&from=2027-01-01&to=2027-01-31&priority="
                + desk.theCase(late).priority())
            .body());

    assertThat(json.path("whole").asBoolean()).isFalse();
    assertThat(json.path("rows").findValuesAsText("chain"))
        .contains(late.value())
        .doesNotContain(early.value());
  }

  @Test
  void theJournalSaysWhoTookWhatAndRepeatsNobodysName() {
    as("auditor")
        .get("/api/audit/export?format=csv&customer=erika@example.org&text=Muster&state=closed");

    assertThat(journal.latest("exported").orElseThrow()).satisfies(row -> {
      assertThat(row.who()).isEqualTo("auditor");
      assertThat(row.facts())
          .containsEntry("format", "csv")
          .containsEntry("state", "closed")
          .containsEntry("customer", "given");
      assertThat(row.details()).doesNotContain("erika", "Muster");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=pdf",
        "format=csv&case=C-999999",
        "format=csv&from=soon",
        "format=csv&state=asleep",
        "format=csv&tiger=team-lead"
      })
  void anExportThatCannotBeMadeSaysWhatToChange(String query) {
    var answer = as("auditor").get("/api/audit/export?" + query);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).contains("\"detail\"");
  }

  @Test
  void slowReadersLeaveConnectionsForOthers() throws Exception {
    desk.opens(aCase());
    var areTaken = new CountDownLatch(4);
    var goOn = new CountDownLatch(1);
    var readers = Executors.newFixedThreadPool(4);
    var request = new Export.Request(Export.Format.JSON, null, CaseFilter.ALL, Map.of());
    try {
      var exports = IntStream.range(0, 4)
          .mapToObj(i -> readers.submit(() -> export.write(request, () -> stalled(areTaken, goOn))))
          .toList();
      assertThat(areTaken.await(20, TimeUnit.SECONDS)).isTrue();

      var another = as("auditor").get("/api/audit/export?format=csv");

      assertThat(another.statusCode()).as(another.body()).isEqualTo(429);
      assertThat(another.body()).contains("4 exports are being taken already");
      goOn.countDown();
      for (var each : exports) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(as("auditor").get("/api/audit/export?format=csv").statusCode()).isEqualTo(200);
    } finally {
      goOn.countDown();
      readers.shutdownNow();
    }
  }

  private static OutputStream stalled(CountDownLatch isTaken, CountDownLatch goOn) {
    return new OutputStream() {
      private boolean isFirst = true;

      @Override
      public void write(int one) throws IOException {
        if (isFirst) {
          isFirst = false;
          isTaken.countDown();
          try {
            goOn.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      }
    };
  }
}
