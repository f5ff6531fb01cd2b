package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.Models;
import org.escalationpath.engine.Refused;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.metrics.Estimate.Verdict;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.metrics.Metric;
import org.escalationpath.review.Reviews;
import org.escalationpath.review.Reviews.Review;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The periodic review: from its timer over the evidence to the actions, and what came of them. */
class ReviewTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private Reviews reviews;

  @Autowired
  private Debriefs debriefs;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private Models models;

  @Autowired
  private Journal journal;

  @Autowired
  private JdbcClient jdbc;

  @BeforeEach
  void allFactsAreThere() {
    facts.refresh();
  }

  /** As on the first of the month. */
  private Task due() {
    var timer = desk.management
        .createJobQuery()
        .timers()
        .processDefinitionKey("effectiveness-review")
        .singleResult();
    desk.management.activateJobById(timer.getId());
    desk.management.executeJob(timer.getId());
    var task = desk.tasks.createTaskQuery().taskName("Hold review").singleResult();
    id = (String) desk.tasks.getVariable(task.getId(), "reviewId");
    return task;
  }

  private String id;

  private Review latest() {
    return reviews.find(id).orElseThrow();
  }

  private static Map<String, Object> decided() {
    var fields = new HashMap<String, Object>();
    fields.put("conclusion", "The front line passes on too much");
    fields.put("action1", "Teach the front line refunds");
    fields.put("owner1", "lead");
    fields.put("due1", "2026-12-15");
    fields.put("action2", "Give the team lead more time");
    fields.put("owner2", "owner");
    fields.put("due2", "2026-12-31");
    return fields;
  }

  @Test
  void itIsDueOnTheFirstOfEachMonth() {
    var timer = desk.management
        .createJobQuery()
        .timers()
        .processDefinitionKey("effectiveness-review")
        .singleResult();

    assertThat(timer.getDuedate().toInstant().toString()).matches("\\d{4}-\\d\\d-01T07:00:00Z");
  }

  @Test
  void theOwnerGetsEvidenceDecidesAndTheActionsAreFollowedUp() {
    var late = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(late);
    desk.fastForward(Duration.ofDays(2));
    facts.refresh();

    var task = due();

    assertThat(task).hasCandidateGroup("process-owner");
    assertThat(desk.tasks.getVariable(task.getId(), "brief").toString())
        .contains("From 2026-10-25 to 2026-11-24", "Overdue improvement actions: ");
    var evidence = latest().evidence();
    assertThat(evidence.beforeFrom()).isEqualTo("2026-09-25");
    assertThat(evidence.numbers())
        .filteredOn(line -> line.metric() == Metric.FIRST_RESOLUTION)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.nowCount()).isPositive();
          assertThat(line.now().low()).isLessThanOrEqualTo(line.now().value());
          assertThat(line.before()).isNull();
          assertThat(line.verdict()).isNull();
        });
    assertThat(desk.tasks.getVariable(task.getId(), "caseLink").toString())
        .endsWith("/metrics/reviews/" + latest().id());

    desk.as("owner", () -> desk.tasks.complete(task.getId(), decided()));

    assertThat(latest().conclusion()).isEqualTo("The front line passes on too much");
    assertThat(latest().heldBy()).isEqualTo("owner");
    assertThat(journal.latest("reviewed").orElseThrow().who()).isEqualTo("owner");
    var improving =
        desk.tasks.createTaskQuery().taskName("Improve").orderByDueDate().asc().list();
    assertThat(improving).extracting(Task::getAssignee).containsExactly("lead", "owner");
    desk.as(
        "lead",
        () -> desk.tasks.complete(
            improving.get(0).getId(),
            Map.of("outcome", "done", "note", "Taught", "realisedBy", "escalation-path:1")));
    desk.as(
        "owner",
        () -> desk.tasks.complete(
            improving.get(1).getId(), Map.of("outcome", "dropped", "note", "No money")));

    assertThat(debriefs.actions(Instant.EPOCH))
        .filteredOn(each -> each.debrief().equals(latest().debrief()))
        .extracting(each -> each.title() + " " + each.state() + " " + each.realisedBy())
        .containsExactlyInAnyOrder(
            "Teach the front line refunds done escalation-path:1",
            "Give the team lead more time dropped null");
    assertThat(desk.runtime
            .createProcessInstanceQuery()
            .processDefinitionKey("effectiveness-review")
            .count())
        .isZero();
  }

  @Test
  void nothingToImproveEndsItAndLeavesNoTextInTheEngine() {
    var task = due();
    var conclusion = "All is well " + UUID.randomUUID();

    desk.as("owner", () -> desk.tasks.complete(task.getId(), Map.of("conclusion", conclusion)));

    assertThat(latest().conclusion()).isEqualTo(conclusion);
    assertThat(desk.runtime
            .createProcessInstanceQuery()
            .processDefinitionKey("effectiveness-review")
            .count())
        .isZero();
    assertThat(jdbc.sql("select count(*) from act_hi_varinst where text_ = :text")
            .param("text", conclusion)
            .query(Integer.class)
            .single())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "conclusion, , 'conclusion' is missing",
    "owner1, , owner of action 1",
    "owner1, nobody-here, nobody with the user name",
    "due1, soon, must be a day like",
    "mood, good, There is no field 'mood'"
  })
  void whatIsMissingOrWrongIsSaid(String field, String value, String answer) {
    var task = due();
    var submitted = decided();
    submitted.put(field, value);

    assertThatThrownBy(() -> desk.as("owner", () -> desk.tasks.complete(task.getId(), submitted)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(answer);
    assertThat(latest().heldAt()).isNull();
  }

  @Test
  void theOwnerBeginsOneBeforeItsTimeButNotTwo() {
    var owner = Http.signedIn(port, "owner");
    var page = "/metrics/improvement";

    assertThat(owner.submit(page, "/metrics/reviews", Map.of()).statusCode()).isEqualTo(302);
    assertThat(owner.get(page).body()).contains("A review has begun");
    owner.submit(page, "/metrics/reviews", Map.of());
    assertThat(owner.get(page).body()).contains("A review waits to be held");

    assertThat(desk.tasks.createTaskQuery().taskName("Hold review").count()).isEqualTo(1);
    assertThat(Http.signedIn(port, "lead")
            .submit("/cases", "/metrics/reviews", Map.of())
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void theEvidenceIsOnAPageAndOnPaperForThoseWhoReadHistory() throws IOException {
    var said = "Refunds need two forms " + UUID.randomUUID();
    Http.signedIn(port, "agent")
        .submit("/cases", "/remarks", Map.of("page", "/cases", "text", said));
    desk.fastForward(Duration.ofDays(1));
    due();
    var path = "/metrics/reviews/" + latest().id();

    var page = Http.signedIn(port, "owner").get(path).body();

    assertThat(page)
        .contains("Effectiveness review", "First resolution", "skipped tier", said)
        .contains("It has not been held");
    var paper = Http.signedIn(port, "owner").bytes(path + ".pdf");
    assertThat(paper.statusCode()).isEqualTo(200);
    assertThat(paper.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("effectiveness-review-");
    try (var pdf = Loader.loadPDF(paper.body())) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("Effectiveness review", "First resolution")
          .containsIgnoringWhitespaces(said);
    }
    assertThat(journal.latest("exported").orElseThrow().facts())
        .containsEntry("review", latest().id());
    assertThat(Http.signedIn(port, "auditor").get(path).statusCode()).isEqualTo(200);
    assertThat(Http.signedIn(port, "agent").get(path).statusCode()).isEqualTo(403);
    assertThat(Http.signedIn(port, "owner").get("/metrics/reviews/none").statusCode())
        .isEqualTo(404);
  }

  @Test
  void whatABeforeAndAnAfterSayFollowsFromTheVersion() {
    var task = due();
    desk.as("owner", () -> desk.tasks.complete(task.getId(), decided()));
    var action = debriefs.actions(Instant.EPOCH).stream()
        .filter(each -> each.debrief().equals(latest().debrief()))
        .findFirst()
        .orElseThrow();
    var owner = Http.signedIn(port, "owner");
    var page = "/metrics/improvement";
    var way = page + "/" + action.id() + "/version";

    assertThat(
            owner.submit(page, way, Map.of("version", "escalation-path:999999")).body())
        .contains("escalation-path:999999");
    assertThat(owner.submit(page, way, Map.of("version", "<b>")).statusCode()).isEqualTo(400);
    assertThat(Http.signedIn(port, "lead")
            .submit("/cases", way, Map.of("version", "escalation-path:1"))
            .statusCode())
        .isEqualTo(403);
    assertThat(owner.submit(page, way, Map.of("version", "service-levels:1")).statusCode())
        .isEqualTo(302);

    var since = models.deployedAt("service-levels:1").orElseThrow();
    assertThat(debriefs.actions(Instant.EPOCH))
        .filteredOn(each -> each.id().equals(action.id()))
        .singleElement()
        .satisfies(each -> assertThat(each.realisedAt()).isEqualTo(since));
    assertThat(owner.get(page).body()).contains("service-levels:1", "What came of it");
  }

  @Test
  void whatDiffersByMoreThanChanceStandsOut() {
    // in months that no other test has cases in; what would lie in the future would stand in their
    // way
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-06-01T09:00:00Z")));
    for (var i = 0; i < 6; i++) {
      desk.resolves(desk.opens(aCase()));
    }
    desk.fastForward(Instant.parse("2026-07-06T09:00:00Z"));
    for (var i = 0; i < 6; i++) {
      var slow = desk.opens(aCase());
      desk.fastForward(Duration.ofMinutes(90));
      desk.resolves(slow);
    }
    desk.fastForward(Duration.ofDays(1));
    facts.refresh();

    var task = due();

    assertThat(latest().evidence().numbers())
        .filteredOn(line -> line.metric() == Metric.FIRST_RESOLUTION)
        .singleElement()
        .satisfies(line -> assertThat(line.verdict()).isEqualTo(Verdict.HIGHER));
    assertThat(desk.tasks.getVariable(task.getId(), "brief").toString())
        .contains("- first resolution is higher");
  }
}
