package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.audit.Samples;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Samples with worksheets, from the drawing to the improvement. */
class SampleTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private Samples samples;

  @Autowired
  private Journal journal;

  private CaseNumber ended;

  @BeforeEach
  void aCaseThatHasEnded() {
    ended = desk.opens(aCase());
    desk.resolves(ended);
    desk.customer(ended, () -> desk.escalation.accept(ended, "customer"));
  }

  private Map<String, String> form(String size, String seed) {
    return new HashMap<>(Map.of(
        "from",
        "2026-11-23",
        "to",
        "2026-11-23",
        "size",
        size,
        "seed",
        seed,
        "why",
        "Quarterly check"));
  }

  /** Draws by the page, and answers the sample's id. */
  private String drawn(String size, String seed) {
    var answer =
        Http.signedIn(port, "auditor").submit("/audit/samples", "/audit/samples", form(size, seed));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("location").orElseThrow().replaceFirst(".*/", "");
  }

  private Task worksheet(CaseNumber number) {
    return desk.tasks
        .createTaskQuery()
        .taskDefinitionKey("userTask_examineCase")
        .processInstanceBusinessKey(number.value())
        .initializeFormKeys()
        .list()
        .get(0);
  }

  private static String answers(String result, String more) {
    return """
        {"variables": {"questionAcknowledgedInTime": {"value": "yes"}, "questionEscalationJustified": {"value": "not-applicable"}, "questionRulesKept": {"value": "yes"},
         "questionAnswerComplete": {"value": "no"}, "result": {"value": "%s"}%s}}
        """.formatted(result, more);
  }

  @Test
  void aSampleIsDrawnExaminedAndWhatWasFoundIsImproved() {
    var sample = drawn("500", "");
    var auditor = Http.as(port, "auditor");
    assertThat(samples.worksheets(sample))
        .extracting(Samples.Worksheet::caseNumber)
        .contains(ended)
        .doesNotHaveDuplicates();
    assertThat(journal.latest("sampled").orElseThrow().facts()).containsEntry("sample", sample);
    var task = worksheet(ended);
    var path = "/engine-rest/task/" + task.getId();

    assertThat(auditor.post(path + "/claim", "{\"userId\": \"auditor\"}").statusCode())
        .isEqualTo(204);
    assertThat(auditor.post(path + "/complete", answers("minor", "")).body())
        .contains("'finding' is missing");
    assertThat(auditor
            .post(
                path + "/complete",
                answers("minor", ", \"finding\": {\"value\": \"No farewell.\"}"))
            .statusCode())
        .isEqualTo(400);
    assertThat(auditor
            .post(path + "/complete", "{\"variables\": {\"result\": {\"value\": \"conforming\"}}}")
            .body())
        .contains("No question of the worksheet is answered");
    assertThat(auditor
            .post(path + "/complete", answers("conforming", ", \"debriefId\": {\"value\": \"x\"}"))
            .statusCode())
        .isEqualTo(400);
    assertThat(auditor
            .post(
                path + "/complete",
                answers(
                    "conforming", ", \"questionMore\": {\"value\": \"" + "x".repeat(101) + "\"}"))
            .statusCode())
        .isEqualTo(400);
    assertThat(auditor.post(path + "/complete", answers("splendid", "")).statusCode())
        .isEqualTo(400);
    assertThat(auditor
            .post(
                path + "/submit-form",
                answers(
                    "minor",
                    ", \"finding\": {\"value\": \"No farewell.\"}, \"action1\": {\"value\": \"Add a farewell\"},"
                        + " \"owner1\": {\"value\": \"owner\"}, \"due1\": {\"value\": \"2026-12-18\"}"))
            .statusCode())
        .isEqualTo(204);

    assertThat(samples.worksheets(sample))
        .filteredOn(each -> each.caseNumber().equals(ended))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.result()).isEqualTo("minor");
          assertThat(each.finding()).isEqualTo("No farewell.");
          assertThat(each.examinedBy()).isEqualTo("auditor");
          assertThat(each.answers()).contains("AnswerComplete = no");
        });
    var improvement = desk.task(ended, "Improve");
    assertThat(improvement.getAssignee()).isEqualTo("owner");
    assertThat(Http.as(port, "owner")
            .post(
                "/engine-rest/task/" + improvement.getId() + "/complete",
                "{\"variables\": {\"outcome\": {\"value\": \"done\"}, \"note\": {\"value\": \"There is one now.\"}}}")
            .statusCode())
        .isEqualTo(204);
    assertThat(Http.signedIn(port, "auditor").get("/audit/samples/" + sample).body())
        .contains("minor finding", "No farewell.", ended.value());
    assertThat(Http.signedIn(port, "agent").get("/cases/" + ended).body())
        .contains("Add a farewell");
  }

  @Test
  void aConformingCaseIsDone() {
    var sample = drawn("500", "");
    var task = worksheet(ended);

    assertThat(Http.as(port, "auditor")
            .post(
                "/engine-rest/task/" + task.getId() + "/complete",
                answers("conforming", ", \"questionOfAnOwner\": {\"value\": \"perhaps\"}"))
            .statusCode())
        .isEqualTo(204);

    assertThat(samples.worksheets(sample))
        .filteredOn(each -> each.caseNumber().equals(ended))
        .singleElement()
        .satisfies(each -> assertThat(each.answers()).contains("OfAnOwner = perhaps"));
    assertThat(samples.find(sample).orElseThrow()).satisfies(each -> {
      assertThat(each.examined()).isEqualTo(1);
      assertThat(each.findings()).isZero();
    });
  }

  @Test
  void theSameSeedDrawsTheSame() {
    desk.opens(aCase());
    var first = drawn("1", "4711");
    var again = drawn("1", "4711");

    assertThat(samples.worksheets(again))
        .extracting(Samples.Worksheet::caseNumber)
        .isEqualTo(samples.worksheets(first).stream()
            .map(Samples.Worksheet::caseNumber)
            .toList());
    assertThat(samples.find(again).orElseThrow().seed()).isEqualTo("4711");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "from,soon,enter a day",
        "from,-,fill",
        "from,2026-12-24,day before",
        "from,2001-01-01,ten years",
        "size,0,1 to 500",
        "size,501,1 to 500",
        "size,many,1 to 500",
        "why,-,fill",
        "seed,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,64"
      })
  void whatCannotBeDrawnSaysWhatToChange(String field, String value, String said) {
    var form = form("5", "");
    form.put(field, value == null ? "" : value);

    var answer = Http.signedIn(port, "auditor").submit("/audit/samples", "/audit/samples", form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\"", said);
  }

  @Test
  void aPeriodWithoutCasesSaysSo() {
    var form = form("5", "");
    form.put("from", "2020-01-01");
    form.put("to", "2020-01-31");

    assertThat(Http.signedIn(port, "auditor")
            .submit("/audit/samples", "/audit/samples", form)
            .body())
        .contains("No case ended in this period");
  }

  @Test
  void onlyAuditorsAndAdministratorsDraw() {
    for (var person : List.of("agent", "manager", "owner")) {
      assertThat(Http.signedIn(port, person)
              .submit("/cases", "/audit/samples", form("1", ""))
              .statusCode())
          .as(person)
          .isEqualTo(403);
    }
    assertThat(Http.signedIn(port, "owner").get("/audit/samples").statusCode()).isEqualTo(200);
    assertThat(Http.signedIn(port, "auditor").get("/audit/samples/none").statusCode())
        .isEqualTo(404);
  }

  @Test
  void nobodyElseDoesAnAuditorsWorksheet() {
    drawn("500", "");
    var path = "/engine-rest/task/" + worksheet(ended).getId() + "/complete";

    for (var person : List.of("agent", "lead", "owner")) {
      assertThat(Http.as(port, person).post(path, answers("conforming", "")).statusCode())
          .as(person)
          .isIn(403, 404, 500);
    }
    assertThat(worksheet(ended)).isNotNull();
  }
}
