package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.MONDAY_MORNING;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;
import static org.escalationpath.cases.What.REMINDED;
import static org.escalationpath.cases.What.REPLANNED;

import com.jayway.jsonpath.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.escalationpath.calendar.CalendarDefinition;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Priority;
import org.escalationpath.clocks.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The clocks of cases on their way: frozen, replanned, explained, and the engine's timers with them. */
class ClocksTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private Calendars calendars;

  private Explanation clock(CaseNumber number, String clock, int run) {
    return desk.clocks.explain(number).stream()
        .filter(each -> each.clock().equals(clock) && each.run() == run)
        .findFirst()
        .orElseThrow();
  }

  private List<String> running(CaseNumber number) {
    return desk.clocks.explain(number).stream()
        .filter(Explanation::isRunning)
        .map(each -> each.clock() + " " + each.run())
        .toList();
  }

  private void replies(CaseNumber number, boolean isQuestion) {
    assertThat(Http.as(port, "agent")
            .post(
                "/api/cases/" + number + "/messages",
                "{\"from\": \"agent\", \"text\": \"Well\", \"waitForCustomer\": " + isQuestion
                    + "}")
            .statusCode())
        .isEqualTo(200);
    desk.settle();
  }

  private void customerWrites(CaseNumber number, boolean isAutomatic) {
    assertThat(Http.as(port, "agent")
            .post(
                "/api/cases/" + number + "/messages",
                "{\"from\": \"customer\", \"text\": \"Well\", \"automatic\": " + isAutomatic + "}")
            .statusCode())
        .isEqualTo(200);
    desk.settle();
  }

  private Instant limitTimer(CaseNumber number, String tier) {
    return desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId("event_limit" + tier)
        .singleResult()
        .getDuedate()
        .toInstant();
  }

  @Test
  void aNewCaseHasFourClocksByThePolicyOfItsPriority() {
    var number = desk.opens(aCase());

    // the acknowledgement went out, so that the second update is owed
    assertThat(running(number))
        .containsExactly("first-response 1", "resolution 1", "tier 1", "update 2");
    assertThat(clock(number, "first-response", 1).limitAt()).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(clock(number, "update", 2).limitAt()).isEqualTo("2026-11-25T09:00:00Z");
    assertThat(clock(number, "resolution", 1).limitAt()).isEqualTo("2026-11-30T09:00:00Z");
    assertThat(clock(number, "tier", 1).limitAt()).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(clock(number, "tier", 1).terms()).singleElement().satisfies(term -> {
      assertThat(term.policy()).matches("service-levels:\\d+ rule_service-levels_3");
      assertThat(term.calendar()).isEqualTo("office:1");
      assertThat(term.why()).isEqualTo("start");
    });
  }

  @Test
  void aReplyByAPersonStopsTheResponseClocksAndAnAutomaticMessageDoesNot() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofMinutes(30));
    customerWrites(number, false);
    customerWrites(number, true);
    assertThat(running(number)).contains("first-response 1", "next-response 1");

    desk.fastForward(Duration.ofMinutes(30));
    replies(number, false);

    assertThat(clock(number, "first-response", 1).usedSeconds()).isEqualTo(3_600);
    assertThat(clock(number, "first-response", 1).isMet()).isTrue();
    assertThat(clock(number, "next-response", 1).usedSeconds()).isEqualTo(1_800);
    assertThat(running(number)).doesNotContain("first-response 1", "next-response 1");
  }

  @Test
  void anAutomaticReplyDoesNotEndAWaitAndAnAnswerDoes() {
    var number = desk.opens(aCase());
    replies(number, true);

    customerWrites(number, true);
    desk.expect(number).inState("waiting");
    assertThat(clock(number, "tier", 1).state()).isEqualTo("paused");

    customerWrites(number, false);
    desk.expect(number).inState("open");
    assertThat(desk.clocks.badPauses(number)).isEmpty();
  }

  @Test
  void theOwnerIsRemindedBeforeTheCustomerShouldHearAndOnceMoreWhenItIsTooLate() {
    var number = desk.opens(aCase());
    withTheLastTierAndOwnedByTheAgent(number);
    replies(number, false);
    desk.purgeMails();

    // 16 working hours for an update, a reminder 4 before the end
    desk.fastForward(Instant.parse("2026-11-24T13:00:00Z").minusSeconds(1));
    assertThat(promiseMails()).isEmpty();
    desk.fastForward(Duration.ofSeconds(1));
    assertThat(promiseMails())
        .singleElement()
        .asString()
        .contains("should hear from us about the case " + number, "November 25, 2026, 10:00");
    desk.fastForward(Instant.parse("2026-11-25T09:00:00Z"));
    assertThat(promiseMails()).hasSize(2);
    desk.fastForward(Instant.parse("2026-11-26T09:00:00Z"));
    assertThat(promiseMails()).as("and then no more").hasSize(2);
    assertThat(desk.entries(number, REMINDED).stream()
            .map(entry -> String.valueOf(entry.details().get("points"))))
        .anyMatch(points -> points.matches("update \\d reminder-1"))
        .anyMatch(points -> points.matches("update \\d limit"));
  }

  /** So that no hand-over tells the customer anything meanwhile. */
  private void withTheLastTierAndOwnedByTheAgent(CaseNumber number) {
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.escalates(number, COMPLEX_PROBLEM, Desk.SENIOR_MANAGEMENT);
  }

  private List<String> promiseMails() {
    return desk.mails("agent@localhost").stream()
        .filter(mail -> mail.contains("The customer should hear"))
        .toList();
  }

  @Test
  void aReplyInTimeMakesTheOldReminderPointless() {
    var number = desk.opens(aCase());
    withTheLastTierAndOwnedByTheAgent(number);
    replies(number, false);
    desk.fastForward(Instant.parse("2026-11-24T12:00:00Z"));
    replies(number, false);
    desk.purgeMails();

    desk.fastForward(Instant.parse("2026-11-25T15:59:59Z"));
    assertThat(promiseMails()).isEmpty();
    desk.fastForward(Duration.ofSeconds(1));
    assertThat(promiseMails()).hasSize(1);
  }

  @Test
  void whileTheCaseWaitsNobodyIsRemindedOfAPromise() {
    var number = desk.opens(aCase());
    replies(number, true);
    desk.purgeMails();

    desk.fastForward(Duration.ofDays(6));

    assertThat(promiseMails()).isEmpty();
    customerWrites(number, false);
    assertThat(running(number)).contains("next-response 1");
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH,   2026-11-23T13:00:00Z, one of four hours is left",
    "URGENT, 2026-11-23T12:00:00Z, more is used than the one hour",
    "LOW,    2026-11-25T09:00:00Z, thirteen of sixteen hours are left"
  })
  void anotherPriorityMovesClockTimerTaskAndVariableTogether(
      Priority priority, Instant limitAt, String why) {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(3));

    desk.as("lead", () -> desk.escalation.changePriority(number, priority, "it is"));

    assertThat(desk.deadlines(number).limitAt()).as(why).isEqualTo(limitAt);
    assertThat(limitTimer(number, "FrontLine")).isEqualTo(limitAt);
    assertThat(desk.task(number).getDueDate()).isEqualTo(java.util.Date.from(limitAt));
    assertThat(clock(number, "tier", 1).usedSeconds()).isEqualTo(3 * 3_600);
    assertThat(clock(number, "resolution", 1).terms()).hasSize(2);
  }

  @Test
  void aPauseMovesTheTimersToNeverAndBackToWhatWasLeft() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(3));
    replies(number, true);
    assertThat(limitTimer(number, "FrontLine")).isEqualTo("9999-12-31T00:00:00Z");
    assertThat(desk.task(number).getDueDate()).isNull();

    desk.fastForward(Duration.ofHours(2));
    customerWrites(number, false);

    assertThat(limitTimer(number, "FrontLine")).isEqualTo("2026-11-24T11:00:00Z");
    assertThat(desk.task(number).getDueDate())
        .isEqualTo(java.util.Date.from(Instant.parse("2026-11-24T11:00:00Z")));
    assertThat(clock(number, "tier", 1).pausedSeconds()).isEqualTo(2 * 3_600);
  }

  @Test
  void aNewPolicyReachesClocksThatStartLaterAndRunningOnesOnlyByCommand() {
    var before = desk.opens(aCase());
    deployPolicy(Map.of("<text>\"PT8H\"</text>", "<text>\"PT6H\"</text>"));
    var after = desk.opens(aCase());
    assertThat(desk.deadlines(before).limitAt()).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(desk.deadlines(after).limitAt()).isEqualTo("2026-11-23T15:00:00Z");

    desk.fastForward(Duration.ofHours(1));
    var answer = Http.as(port, "owner")
        .post("/api/replanning", "{\"why\": \"new contract\", \"cases\": [\"" + before + "\"]}");

    assertThat(answer.body()).isEqualTo("{\"replanned\":1,\"failed\":[]}");
    assertThat(desk.deadlines(before).limitAt()).isEqualTo("2026-11-23T15:00:00Z");
    assertThat(limitTimer(before, "FrontLine")).isEqualTo("2026-11-23T15:00:00Z");
    assertThat(desk.entries(before, REPLANNED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("owner");
      assertThat(entry.note()).isEqualTo("new contract");
    });
    assertThat(clock(before, "tier", 1).terms())
        .extracting(Explanation.TermView::why)
        .containsExactly("start", "replanned");
  }

  @Test
  void aNewCalendarReachesClocksThatStartLaterAndRunningOnesOnlyByCommand() {
    var id = "c" + UUID.randomUUID().toString().substring(0, 8);
    var week =
        new CalendarDefinition("Europe/Berlin", "mon-fri 09:00-17:00", null, List.of(), List.of());
    calendars.save(id, 0, week, "owner", "");
    deployPolicy(Map.of("<text>\"office\"</text>", "<text>\"" + id + "\"</text>"));
    var before = desk.opens(aCase());
    calendars.save(
        id,
        1,
        new CalendarDefinition("Europe/Berlin", "mon-fri 09:00-19:00", null, List.of(), List.of()),
        "owner",
        "longer days");
    var after = desk.opens(aCase());

    assertThat(desk.deadlines(before).limitAt()).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(desk.deadlines(after).limitAt()).isEqualTo("2026-11-23T17:00:00Z");
    assertThat(clock(before, "tier", 1).terms().get(0).calendar()).isEqualTo(id + ":1");

    assertThat(Http.as(port, "owner")
            .post("/api/cases/" + before + "/replanning", "{\"why\": \"longer days\"}")
            .statusCode())
        .isEqualTo(200);
    assertThat(desk.deadlines(before).limitAt()).isEqualTo("2026-11-23T17:00:00Z");
    assertThat(limitTimer(before, "FrontLine")).isEqualTo("2026-11-23T17:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"agent, 403", "auditor, 403", "owner, 200"})
  void onlyWhoPlansTheDeskReplans(String person, int status) {
    var number = desk.opens(aCase());
    var body = "{\"why\": \"w\", \"cases\": [\"" + number + "\"]}";

    assertThat(Http.as(port, person).post("/api/replanning", body).statusCode()).isEqualTo(status);
    assertThat(Http.as(port, person)
            .post("/api/cases/" + number + "/replanning", "{\"why\": \"w\"}")
            .statusCode())
        .isEqualTo(status);
  }

  @Test
  void replanningSaysWhatIsMissingAndListsWhatCouldNotBeDone() {
    var ended = desk.opens(aCase());
    desk.customer(ended, () -> desk.escalation.withdraw(ended, null, "customer"));
    var owner = Http.as(port, "owner");

    assertThat(owner.post("/api/replanning", "{}").body()).contains("'why' is missing");
    assertThat(owner
            .post("/api/replanning", "{\"why\": \"w\", \"cases\": [\"C-999999\"]}")
            .statusCode())
        .isEqualTo(404);
    assertThat(owner
            .post("/api/replanning", "{\"why\": \"w\", \"cases\": [\"" + ended + "\"]}")
            .body())
        .isEqualTo("{\"replanned\":0,\"failed\":[\"" + ended + "\"]}");
    assertThat(owner
            .post("/api/cases/" + ended + "/replanning", "{\"why\": \"w\"}")
            .statusCode())
        .isEqualTo(409);
  }

  @Test
  void severalRemindersOfThePolicyGoToTheTimersThatAreDrawnForThem() {
    deployPolicy(
        Map.of(
            "<text>\"PT2H\"</text>\n        </outputEntry>\n        <outputEntry id=\"outputEntry_service-levels_3_3\">",
            "<text>\"50%, PT1H\"</text>\n        </outputEntry>\n        <outputEntry id=\"outputEntry_service-levels_3_3\">"));
    var number = desk.opens(aCase());

    assertThat(desk.deadlines(number).remindersAt())
        .containsExactly(
            Instant.parse("2026-11-23T13:00:00Z"), Instant.parse("2026-11-23T16:00:00Z"));
    var path = desk.task(number).getProcessInstanceId();
    assertThat(desk.runtime.getVariable(path, "tierReminder2At"))
        .isEqualTo(java.util.Date.from(desk.deadlines(number).reminderAt(2)));
    assertThat(desk.runtime.getVariable(path, "tierReminder3At"))
        .isEqualTo(java.util.Date.from(Instant.parse("9999-12-31T00:00:00Z")));
  }

  @Test
  void moreRemindersThanAPathCanDrawAreRefusedWithTheirRow() {
    assertThatThrownBy(
            () -> deployPolicy(
                Map.of(
                    "<text>\"PT2H\"</text>\n        </outputEntry>\n        <outputEntry id=\"outputEntry_service-levels_3_3\">",
                    "<text>\"25%, 50%, 75%, PT1H\"</text>\n        </outputEntry>\n        <outputEntry id=\"outputEntry_service-levels_3_3\">")))
        .hasMessageContaining("has 4 reminders in rule 3; the most is 3");
  }

  @Test
  void aMistakeInThePolicyOfTheOtherClocksKeepsNobodyFromWriting() {
    // the door cannot compute such a cell, and lets it pass with a warning
    deployPolicy(
        Map.of("<text>\"next-response\"</text>", "<text>starts with(?, \"no-response\")</text>"));
    var number = desk.opens(aCase());

    customerWrites(number, false);

    assertThat(running(number)).doesNotContain("next-response 1").contains("tier 1");
  }

  @Test
  void theDeadlinesOfACaseAreExplainedOverHttpAndAddUp() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(3));
    replies(number, true);
    desk.fastForward(Duration.ofHours(30));
    customerWrites(number, false);
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, COMPLEX_PROBLEM, TEAM_LEAD);
    desk.fastForward(Duration.ofMinutes(20));

    var body =
        Http.as(port, "auditor").get("/api/cases/" + number + "/deadlines").body();

    assertThat(JsonPath.<Boolean>read(body, "$.paused")).isFalse();
    assertThat(JsonPath.<String>read(body, "$.tierLimitAt"))
        .isEqualTo(desk.deadlines(number).limitAt().toString());
    assertThat(JsonPath.<String>read(body, "$.promisedAt")).isNotNull();
    List<Map<String, Object>> clocks = JsonPath.read(body, "$.clocks[*]");
    assertThat(clocks)
        .extracting(each -> each.get("clock"))
        .contains("tier", "resolution", "first-response", "next-response", "update");
    for (var each : clocks) {
      addsUp(each);
    }
    Map<String, Object> visit = JsonPath.<List<Map<String, Object>>>read(
            body, "$.clocks[?(@.clock == 'tier' && @.run == 1)]")
        .get(0);
    assertThat(visit)
        .containsEntry("tier", "front-line")
        .containsEntry("state", "stopped")
        .containsEntry("met", true);
    assertThat(visit).containsEntry("pausedSeconds", 30 * 3_600);
    List<Map<String, Object>> intervals = JsonPath.read(visit, "$.intervals");
    assertThat(intervals)
        .extracting(each -> each.get("kind"))
        .containsExactly("working", "paused", "closed");
    assertThat(intervals.get(1))
        .containsEntry("by", "agent")
        .containsEntry("reason", "waiting for the customer")
        .containsEntry("seconds", 30 * 3_600)
        .containsEntry("counts", false);
  }

  /** The intervals lie end to end; the working ones add up to what is used, and to the limit where it is to come. */
  static void addsUp(Map<String, Object> clock) {
    List<Map<String, Object>> intervals = JsonPath.read(clock, "$.intervals");
    var used = 0L;
    var untilLimit = 0L;
    var cursor = String.valueOf(clock.get("startedAt"));
    for (var each : intervals) {
      assertThat(each.get("from")).isEqualTo(cursor);
      cursor = String.valueOf(each.get("to"));
      var seconds = ((Number) each.get("seconds")).longValue();
      assertThat(Duration.between(Instant.parse((String) each.get("from")), Instant.parse(cursor)))
          .hasSeconds(seconds);
      if (each.get("kind").equals("working")) {
        used += Boolean.TRUE.equals(each.get("planned")) ? 0 : seconds;
        untilLimit += Boolean.TRUE.equals(each.get("overdue")) ? 0 : seconds;
      }
    }
    assertThat(used).isEqualTo(((Number) clock.get("usedSeconds")).longValue());
    if (clock.get("state").equals("running")) {
      assertThat(untilLimit).isEqualTo(((Number) clock.get("limitSeconds")).longValue());
    }
  }

  @Test
  void eachTierLearnsWhatItUsedAndHowLongNobodyHadClaimedTheCase() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.fastForward(Duration.ofHours(2));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofHours(2));

    assertThat(clock(number, "tier", 1).usedSeconds()).isEqualTo(3 * 3_600);
    assertThat(clock(number, "tier", 1).unclaimedSeconds()).isEqualTo(3_600);
    assertThat(clock(number, "tier", 2).usedSeconds()).isEqualTo(2 * 3_600);
    assertThat(clock(number, "tier", 2).unclaimedSeconds()).isEqualTo(2 * 3_600);
    assertThat(desk.now()).isEqualTo(MONDAY_MORNING.plus(Duration.ofHours(5)));
  }

  @Test
  void aTierReachedByTimerCountsFromTheLimitThatPassedAndNotFromTheMomentOfTheJob() {
    var number = desk.opens(aCase());
    var limitAt = desk.deadlines(number).limitAt();
    org.camunda.bpm.engine.impl.util.ClockUtil.setCurrentTime(
        java.util.Date.from(limitAt.plusSeconds(40)));

    desk.fastForward(desk.now());

    desk.expect(number).at(TEAM_LEAD);
    assertThat(clock(number, "tier", 2).startedAt()).isEqualTo(limitAt);
    assertThat(clock(number, "tier", 1).stoppedAt()).isEqualTo(limitAt);
    assertThat(clock(number, "tier", 1).isMet())
        .as("its limit took the case on, to the second when it passed")
        .isFalse();
    assertThat(desk.deadlines(number).limitAt()).isEqualTo("2026-11-25T09:00:00Z");
  }

  @Test
  void aVisitThatWasInTimeStaysSoWhenALaterOneIsNot() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofHours(1));
    desk.returns(number, null);
    desk.fastForward(desk.deadlines(number).limitAt());

    assertThat(clock(number, "tier", 1).isMet()).isTrue();
    assertThat(clock(number, "tier", 2).isMet()).isTrue();
    assertThat(clock(number, "tier", 3).isMet()).isFalse();
  }

  @Test
  void afterAMissedPromiseTheNextOneIsRemindedOfAgain() {
    var number = desk.opens(aCase());
    withTheLastTierAndOwnedByTheAgent(number);
    replies(number, false);
    desk.fastForward(Instant.parse("2026-11-25T10:00:00Z"));
    replies(number, false);
    desk.purgeMails();

    // 16 working hours from Wednesday 11:00, the reminder four before
    desk.fastForward(Instant.parse("2026-11-26T13:59:59Z"));
    assertThat(promiseMails()).isEmpty();
    desk.fastForward(Duration.ofSeconds(1));

    assertThat(promiseMails()).hasSize(1);
  }

  @Test
  void whoeverAsksForEscalationIsOwedAResponseInTime() {
    var number = desk.opens(aCase());
    desk.customer(
        number,
        () -> desk.escalation.customerEscalates(
            number, org.escalationpath.cases.Reason.CUSTOMER_REQUEST, "please", null, "customer"));

    var path = desk.task(number).getProcessInstanceId();
    assertThat(desk.management
            .createJobQuery()
            .processInstanceId(path)
            .activityId("event_promiseDueSoon")
            .singleResult()
            .getDuedate())
        .isEqualTo(
            java.util.Date.from(clock(number, "first-response", 1).reminders().get(0)));
    assertThat(running(number)).contains("next-response 1");
  }
}
