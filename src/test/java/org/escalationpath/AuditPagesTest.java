package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

/** The pages of the auditor over HTTP. */
class AuditPagesTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private CaseDesk caseDesk;

  @Autowired
  private HistoryService history;

  @Autowired
  private Exceptions exceptions;

  @Autowired
  private org.escalationpath.cases.Journal journal;

  private CaseNumber aLongStory() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> caseDesk.agentReplies(number, "Which colour?", true));
    desk.customer(number, () -> caseDesk.customerWrites(number, "Red."));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), COMPLEX_PROBLEM, "<script>alert(1)</script>", null));
    desk.fastForward(desk.deadlines(number).limitAt());
    desk.resolves(number);
    desk.fastForward(Duration.ofDays(40));
    return number;
  }

  private String page(String person, String path) {
    var answer = Http.signedIn(port, person).get(path);
    assertThat(answer.statusCode()).as("%s %s", person, path).isEqualTo(200);
    return answer.body();
  }

  @Test
  void aFinishedCaseIsToldFromItsOpeningToItsSurvey() {
    var number = aLongStory();

    var page = page("auditor", "/audit/cases/" + number);

    assertThat(page)
        .contains("of its ledger and its clocks, what it was opened with")
        .contains("escalated, Ada Agent", "complex problem", "no, the limit was")
        .contains("service-levels:", "calendar office:", "escalation-path:")
        .contains("Decision: Triage", "Task done: Resolve at department manager")
        .contains("Process started: follow-up-survey", "Message delivered:")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert(1)");
  }

  @Test
  void eachVisitHasItsOwnArrival() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), COMPLEX_PROBLEM, "the first time", null));
    desk.as("lead", () -> desk.escalation.returnDown(desk.theCase(number), "not for us", null));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), COMPLEX_PROBLEM, "the second time", null));

    var way = page("auditor", "/audit/cases/" + number)
        .replaceFirst("(?s).*<section class=\"of-way\">", "")
        .replaceFirst("(?s)</section>.*", "");

    assertThat(way.indexOf("the first time")).isPositive().isLessThan(way.indexOf("not for us"));
    assertThat(way.indexOf("not for us")).isLessThan(way.indexOf("the second time"));
  }

  @Test
  void theWayOfEachProcessIsGivenToTheDiagram() throws Exception {
    var number = aLongStory();
    var process = history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .singleResult();
    var auditor = Http.signedIn(port, "auditor");

    var way = new JsonMapper()
        .readTree(auditor
            .get("/audit/cases/%s/way?process=%s".formatted(number, process.getId()))
            .body());

    assertThat(way.path("steps").findValuesAsText("element"))
        .contains(
            "userTask_resolveAtFrontLine",
            "userTask_resolveAtTeamLead",
            "event_limitTeamLead",
            "userTask_resolveAtDepartmentManager");
    for (var step : way.path("steps")) {
      if (step.path("element").asText().equals("userTask_resolveAtTeamLead")) {
        assertThat(step.path("cancelled").asBoolean()).as("left by its limit").isTrue();
      }
    }
    var model = auditor.get(way.path("model").asText());
    assertThat(model.headers().firstValue("content-type").orElseThrow()).contains("xml");
    assertThat(model.body()).contains("userTask_resolveAtFrontLine");
    assertThat(auditor.get("/audit/cases/" + number + "/way?process=none").statusCode())
        .isEqualTo(404);
    assertThat(auditor.get("/audit/models/none:1:x").statusCode()).isEqualTo(404);
  }

  @Test
  void stepsAndVariablesAreShownWhereTheyAreAskedFor() {
    var number = aLongStory();
    var path = "/audit/cases/" + number;

    assertThat(page("auditor", path)).doesNotContain("of-variable", "of-step");
    assertThat(page("auditor", path + "?show=step,variable"))
        .contains("of-variable", "of-step", "tierLimitAt", "Whose turn?");
  }

  @Test
  void aCaseWhoseHistoryHasBeenCleanedUpStillHasItsLedger() {
    var number = aLongStory();
    history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .list()
        .stream()
        .filter(each -> each.getEndTime() != null)
        .forEach(each -> history.deleteHistoricProcessInstance(each.getId()));
    jdbc.sql("update act_hi_procinst set business_key_ = null where business_key_ = :number")
        .param("number", number.value())
        .update();

    assertThat(page("auditor", "/audit/cases/" + number))
        .contains("history of this case has been cleaned up", "escalated, Ada Agent", "row-1");
  }

  @Test
  void whatSomebodyAlteredIsSaidFirst() {
    var number = aLongStory();
    jdbc.sql("update note set text = 'Nobody asked.' where case_number = :number")
        .param("number", number.value())
        .update();
    try {
      assertThat(page("auditor", "/audit/cases/" + number))
          .contains("What was recorded is not as it was written", "What was written with row")
          .doesNotContain("are as they were written;");
    } finally {
      jdbc.sql("update note set text = '<script>alert(1)</script>' where case_number = :number")
          .param("number", number.value())
          .update();
    }
  }

  @Test
  void everythingIsVerifiedWithAButton() {
    var auditor = Http.signedIn(port, "auditor");
    desk.opens(aCase());

    var answer = auditor.submit("/audit", "/audit/verification", Map.of());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(auditor.get("/audit").body())
        .contains("seals are as they were written", "by Aude Auditor");
  }

  @Test
  void exceptionsAreCountedAndLeadToTheirEvents() {
    var number = aLongStory();
    exceptions.examine();

    assertThat(page("auditor", "/audit"))
        .contains("late acknowledgement", "Nobody had taken the case at a tier");
    assertThat(page("auditor", "/audit/events?exception=late-acknowledgement&case=" + number))
        .contains("/audit/cases/" + number + "#row-", "reminded");
    assertThat(page("auditor", "/audit/cases/" + number)).contains("late acknowledgement");
  }

  @Test
  void theJournalSaysWhoDidWhatToTheSystem() {
    Http.as(port, "auditor").get("/api/audit/export?format=csv&state=closed");

    assertThat(page("auditor", "/audit/journal"))
        .contains("exported", "Aude Auditor", "state: closed");
  }

  @Test
  void theNumberOfACaseLeadsToItsHistory() {
    var number = desk.opens(aCase());
    var auditor = Http.signedIn(port, "auditor");

    assertThat(auditor.get("/audit/case?number=" + number).headers().firstValue("location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/audit/cases/" + number));
    assertThat(auditor.get("/audit/case?number=nonsense").statusCode()).isEqualTo(302);
    assertThat(auditor.get("/audit").body()).contains("nonsense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit/events?exception=none",
        "/audit/events?what=nonsense",
        "/audit/events?from=soon",
        "/audit/events?case=12",
        "/audit/events?after=x",
        "/audit/events?after=2026-11-23T09:00:00Z,C-1,x",
        "/audit/events?after=0000000000000000,C-000001,1",
        "/audit/journal?before=x"
      })
  void whatCannotBeLookedForSaysWhatToChange(String path) {
    var answer = Http.signedIn(port, "auditor").get(path);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).contains("role=\"alert\"");
  }

  @Test
  void theHistoryIsForAuditorsOwnersAndAdministrators() {
    var number = desk.opens(aCase());
    var paths = List.of("/audit", "/audit/events", "/audit/journal", "/audit/cases/" + number);
    for (var path : paths) {
      for (var person : List.of("agent", "lead", "manager", "director")) {
        assertThat(Http.signedIn(port, person).get(path).statusCode())
            .as("%s %s", person, path)
            .isEqualTo(403);
      }
      for (var person : List.of("auditor", "owner", "admin")) {
        page(person, path);
      }
      assertThat(Http.anonymous(port).get(path).statusCode()).isEqualTo(302);
    }
    assertThat(page("owner", "/audit")).doesNotContain("/api/audit/export", "Verify everything");
    assertThat(Http.signedIn(port, "auditor").get("/audit/cases/C-999999").statusCode())
        .isEqualTo(404);
  }

  // ---- heat map

  @Test
  void theHeatOfAVersionCountsVisitsTimesAndLimits() throws Exception {
    var key = new JsonMapper();
    var definition = desk.task(desk.opens(aCase())).getProcessDefinitionId();
    var before = heat(key, definition, "userTask_resolveAtFrontLine");
    var missed = desk.opens(aCase());
    desk.fastForward(desk.deadlines(missed).limitAt());
    var solved = desk.opens(aCase());
    desk.fastForward(Duration.ofMinutes(10));
    desk.resolves(solved);

    var after = heat(key, definition, "userTask_resolveAtFrontLine");

    assertThat(after.path("visits").asInt()).isEqualTo(before.path("visits").asInt() + 2);
    var exitsBefore = before.path("visits").asInt() * before.path("timerExits").asDouble();
    // the case that was under way before missed its limit, too
    assertThat(after.path("visits").asInt() * after.path("timerExits").asDouble())
        .isCloseTo(exitsBefore + 2, org.assertj.core.data.Offset.offset(.001));
    assertThat(after.path("medianSeconds").isNumber()).isTrue();
    assertThat(heat(key, definition, "gateway_whoseTurn").path("timerExits").isNull())
        .isTrue();
  }

  private com.fasterxml.jackson.databind.JsonNode heat(
      JsonMapper json, String definition, String element) throws Exception {
    for (var each : json.readTree(drawn(page("owner", "/audit/heat?model=" + definition)))) {
      if (each.path("element").asText().equals(element)) {
        return each;
      }
    }
    return json.createObjectNode().putNull("timerExits").put("visits", 0);
  }

  /** The heat that the page's diagram is drawn with. */
  private static String drawn(String page) {
    return HtmlUtils.htmlUnescape(page.replaceFirst("(?s).*data-heat=\"([^\"]*)\".*", "$1"));
  }

  @Test
  void twoVersionsStandBesideEachOther() {
    var definition = desk.task(desk.opens(aCase())).getProcessDefinitionId();
    var other = desk.task(desk.opens(aCase())).getProcessDefinitionId();

    assertThat(page("owner", "/audit/heat?model=%s&other=%s".formatted(definition, other)))
        .contains("Resolve at front line", "Ended by its limit", "userTask_resolveAtFrontLine");
    assertThat(page("auditor", "/audit/heat?model=none")).contains("Heat map");
    assertThat(Http.signedIn(port, "agent").get("/audit/heat").statusCode()).isEqualTo(403);
  }

  // ---- on paper

  @Test
  void theHistoryOnPaperHasTheHashThatTheJournalKeeps() throws Exception {
    var number = aLongStory();

    var answer = Http.signedIn(port, "auditor").bytes("/audit/cases/" + number + ".pdf?show=step");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/pdf");
    var row = journal.latest("exported").orElseThrow().facts();
    assertThat(row)
        .containsEntry("format", "pdf")
        .containsEntry("case", number.value())
        .containsEntry("file", org.escalationpath.cases.Chain.sha256(answer.body()));
    try (var pdf = org.apache.pdfbox.Loader.loadPDF(answer.body())) {
      var text = new org.apache.pdfbox.text.PDFTextStripper().getText(pdf);
      assertThat(text)
          .contains("History of " + number, "escalated, Ada Agent", "<script>alert(1)</script>")
          .contains(String.valueOf(row.get("content")))
          .contains(
              desk.ledger.rows(number).get(desk.ledger.lastSeq(number) - 1).hash());
      assertThat(pdf.getPage(0).getResources().getFontNames()).isNotEmpty();
      var pictures = 0;
      for (var page : pdf.getPages()) {
        for (var name : page.getResources().getXObjectNames()) {
          pictures += page.getResources().isImageXObject(name) ? 1 : 0;
        }
      }
      assertThat(pictures).as("the diagram").isEqualTo(1);
    }
    assertThat(
            Http.signedIn(port, "agent").get("/audit/cases/" + number + ".pdf").statusCode())
        .isEqualTo(403);
  }
}
