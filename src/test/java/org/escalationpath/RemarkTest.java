package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.improvement.Remarks;
import org.escalationpath.improvement.Remarks.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What staff says of steps that do not fit: with a task, at the foot of a page, with their name and without. */
class RemarkTest extends EngineTest {

  private static final String IMPROVEMENT = "/metrics/improvement";

  @LocalServerPort
  private int port;

  @Autowired
  private Remarks remarks;

  @Autowired
  private JdbcClient jdbc;

  private final String said = "The form asks twice " + UUID.randomUUID();

  private List<Remark> found() {
    var ids = jdbc.sql("select id from step_remark where text = :text")
        .param("text", said)
        .query(String.class)
        .list();
    return remarks.of(ids);
  }

  private String resolving(String more) {
    return """
        {"variables": {"outcome": {"value": "resolve"}, "solution": {"value": "It was at the neighbour's"},
          "stepDoesNotFit": {"value": "%s"} %s}}""".formatted(said, more);
  }

  private String taskOf(CaseNumber number) {
    var task = desk.task(number).getId();
    desk.as("agent", () -> desk.tasks.claim(task, "agent"));
    return "/engine-rest/task/" + task;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/complete", "/submit-form"})
  void whatIsSaidWithATaskIsKeptWithItsStepAndNowhereInTheProcess(String way) {
    var number = desk.opens(aCase());

    var answer = Http.as(port, "agent").post(taskOf(number) + way, resolving(""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    desk.expect(number).inState("resolved");
    assertThat(found()).singleElement().satisfies(remark -> {
      assertThat(remark.person()).isEqualTo("agent");
      assertThat(remark.process()).isEqualTo("escalation-path");
      assertThat(remark.version()).isPositive();
      assertThat(remark.element()).isEqualTo("userTask_resolveAtFrontLine");
      assertThat(remark.step()).isNotBlank();
      assertThat(remark.caseNumber()).isEqualTo(number.value());
    });
    assertThat(jdbc.sql(
                "select count(*) from act_hi_varinst where name_ in ('stepDoesNotFit', 'anonymously')")
            .query(Integer.class)
            .single())
        .isZero();
  }

  @Test
  void whatIsSaidWithoutANameTellsNeitherWhoNorWhichCase() {
    var number = desk.opens(aCase());

    Http.as(port, "agent")
        .post(taskOf(number) + "/complete", resolving(", \"anonymously\": {\"value\": true}"));

    desk.expect(number).inState("resolved");
    assertThat(jdbc.sql("select * from step_remark where text = :text")
            .param("text", said)
            .query()
            .singleRow())
        .containsEntry("element", "userTask_resolveAtFrontLine")
        .containsEntry("person", null)
        .containsEntry("version", null)
        .containsEntry("case_number", null)
        .containsEntry("said_at", null);
  }

  /** Whatever a form of somebody's own sends for the checkbox: only a clear no tells the name. */
  @ParameterizedTest
  @CsvSource({
    "true, ",
    "false, agent",
    "'\"true\"', ",
    "'\"yes\"', ",
    "'\"false\"', agent",
    "null, agent"
  })
  void onlyAClearNoTellsTheName(String value, String person) {
    Http.as(port, "agent")
        .post(
            taskOf(desk.opens(aCase())) + "/complete",
            resolving(", \"anonymously\": {\"value\": " + value + "}"));

    assertThat(found()).singleElement().extracting(Remark::person).isEqualTo(person);
  }

  @Test
  void whatIsSaidWithoutANameIsOfItsWeekNotOfItsDay() {
    desk.fastForward(Duration.ofDays(3));
    Http.signedIn(port, "agent")
        .submit(
            "/cases", "/remarks", Map.of("page", "/cases", "text", said, "anonymously", "true"));

    assertThat(found())
        .singleElement()
        .extracting(remark -> remark.saidOn().getDayOfWeek())
        .isEqualTo(DayOfWeek.MONDAY);
  }

  @Test
  void aStartFormWithoutAnythingIsRefusedAndNotAnError() {
    var answer = Http.as(port, "agent")
        .post("/engine-rest/process-definition/key/escalation-path/submit-form", "{}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void aStepThatIsRefusedKeepsNoRemarkAndARemarkThatIsRefusedCompletesNoStep() {
    var number = desk.opens(aCase());
    var task = taskOf(number);
    var agent = Http.as(port, "agent");

    assertThat(agent
            .post(
                task + "/complete",
                "{\"variables\": {\"outcome\": {\"value\": \"dance\"}, \"stepDoesNotFit\": {\"value\": \""
                    + said + "\"}}}")
            .statusCode())
        .isEqualTo(400);
    assertThat(found()).isEmpty();

    var tooLong =
        agent.post(task + "/complete", resolving("").replace(said, said + "x".repeat(2_000)));
    assertThat(tooLong.statusCode()).isEqualTo(400);
    assertThat(tooLong.body()).contains("at most 2000");
    var noText =
        agent.post(task + "/complete", resolving("").replace("\"" + said + "\"", "{\"a\": 1}"));
    assertThat(noText.statusCode()).isEqualTo(400);
    desk.expect(number).inState("open");
  }

  @Test
  void whatIsSaidOnAPageIsKeptWithTheStepWhereTheCaseIs() {
    var number = desk.opens(aCase());
    var page = "/cases/" + number;

    var answer =
        Http.signedIn(port, "agent").submit(page, "/remarks", Map.of("page", page, "text", said));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(page + "#told");
    assertThat(found()).singleElement().satisfies(remark -> {
      assertThat(remark.page()).isEqualTo("/cases/{…}");
      assertThat(remark.element()).isEqualTo("userTask_resolveAtFrontLine");
      assertThat(remark.caseNumber()).isEqualTo(number.value());
    });
  }

  @Test
  void thePageOfAnUnnamedRemarkDoesNotTellTheCaseEither() {
    var number = desk.opens(aCase());
    var page = "/cases/" + number + "?lang=de";

    Http.signedIn(port, "agent")
        .submit(page, "/remarks", Map.of("page", page, "text", said, "anonymously", "true"));

    assertThat(found()).singleElement().satisfies(remark -> {
      assertThat(remark.page()).isEqualTo("/cases/{…}");
      assertThat(remark.person()).isNull();
      assertThat(remark.caseNumber()).isNull();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/{x}",
        "/a\r\nb: c",
        ""
      })
  void itLeadsToNoOtherServer(String page) {
    var answer = Http.signedIn(port, "agent")
        .submit("/cases", "/remarks", Map.of("page", page, "text", said));

    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .isEqualTo("http://localhost:" + port + "/#told");
  }

  @Test
  void nothingIsRefusedWithWordsAndStrangersAreSentAway() {
    var agent = Http.signedIn(port, "agent");
    assertThat(agent
            .submit("/cases", "/remarks", Map.of("page", "/cases", "text", " "))
            .statusCode())
        .isEqualTo(400);
    assertThat(agent.get("/cases").body()).contains("This step does not fit");
    assertThat(Http.anonymous(port).get("/open").body()).doesNotContain("This step does not fit");
  }

  @Test
  void theOwnerReadsAllAndAnswersOnceAndTheOthersReadTheirOwn() {
    var hostile = "<script>alert(1)</script>" + said;
    Http.signedIn(port, "agent")
        .submit("/cases", "/remarks", Map.of("page", "/cases", "text", hostile));
    var id = jdbc.sql("select id from step_remark where text = :text")
        .param("text", hostile)
        .query(String.class)
        .single();
    var owner = Http.signedIn(port, "owner");

    assertThat(owner.get(IMPROVEMENT).body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;" + said, "/remarks/" + id + "/answer");
    assertThat(Http.signedIn(port, "agent").get(IMPROVEMENT).body())
        .contains(said)
        .doesNotContain("/remarks/" + id + "/answer");
    assertThat(Http.signedIn(port, "lead").get(IMPROVEMENT).body()).doesNotContain(said);
    var way = "/remarks/" + id + "/answer";
    assertThat(Http.signedIn(port, "lead")
            .submit("/cases", way, Map.of("answer", "no"))
            .statusCode())
        .isEqualTo(403);

    assertThat(owner.submit(IMPROVEMENT, way, Map.of("answer", "")).statusCode())
        .isEqualTo(400);
    assertThat(owner.submit(IMPROVEMENT, way, Map.of("answer", "We change it")).statusCode())
        .isEqualTo(302);
    assertThat(owner.submit(IMPROVEMENT, way, Map.of("answer", "We do not")).statusCode())
        .isEqualTo(302);
    assertThat(owner.get(IMPROVEMENT).body()).contains("Somebody has answered this already");
    assertThat(Http.signedIn(port, "agent").get(IMPROVEMENT).body()).contains("We change it");
  }
}
