package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;
import static org.escalationpath.cases.Reason.CUSTOMER_REQUEST;
import static org.escalationpath.cases.What.ESCALATED;
import static org.escalationpath.cases.What.LIMIT_ALARM;
import static org.escalationpath.cases.What.MESSAGE_RECEIVED;
import static org.escalationpath.cases.What.PAUSED;
import static org.escalationpath.cases.What.RESUMED;
import static org.escalationpath.cases.What.SOLUTION_PROPOSED;
import static org.escalationpath.cases.What.TIER_PASSED;

import com.jayway.jsonpath.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Finding;
import org.escalationpath.auditor.Findings;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.clocks.Explanation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A case waits for somebody outside: a supplier, a carrier, an authority. */
class ThirdPartyTest extends EngineTest {

  private static final String NEVER = "9999-12-31T00:00:00Z";
  private static final String WHOM = "Carrier: search for the parcel";

  @LocalServerPort
  private int port;

  @Autowired
  private EscalationAuditor auditor;

  @Autowired
  private Findings findings;

  @BeforeEach
  @AfterEach
  void withoutOtherCases() {
    desk.forgetAllCases();
  }

  private CaseNumber waitingCase() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.fastForward(Duration.ofHours(3));
    waits(number);
    return number;
  }

  private void waits(CaseNumber number) {
    desk.as(
        desk.worker(number), () -> desk.escalation.waitForThirdParty(desk.theCase(number), WHOM));
  }

  private void thirdPartyAnswers(CaseNumber number) {
    desk.as("agent", () -> desk.escalation.thirdPartyAnswered(number, "It is in Hamburg"));
  }

  private void says(CaseNumber number, String from, boolean isQuestion) {
    assertThat(Http.as(port, "agent")
            .post(
                "/api/cases/" + number + "/messages",
                "{\"from\": \"%s\", \"text\": \"Well\", \"waitForCustomer\": %s}"
                    .formatted(from, isQuestion))
            .statusCode())
        .isEqualTo(200);
    desk.settle();
  }

  private Job timer(CaseNumber number, String activity) {
    return desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId(activity)
        .singleResult();
  }

  private Instant limitTimer(CaseNumber number) {
    return timer(number, "event_limitFrontLine").getDuedate().toInstant();
  }

  private Explanation clock(CaseNumber number, String clock) {
    return desk.clocks.explain(number).stream()
        .filter(each -> each.clock().equals(clock) && each.isRunning())
        .findFirst()
        .orElseThrow();
  }

  private List<LedgerEntry> waits(CaseNumber number, org.escalationpath.cases.What what) {
    return desk.entries(number, what).stream()
        .filter(entry -> "third-party".equals(entry.details().get("awaited")))
        .toList();
  }

  private List<String> found(CaseNumber number) {
    auditor.run();
    return findings.of(number).stream()
        .filter(finding -> finding.goneAt() == null)
        .map(Finding::kind)
        .toList();
  }

  /** What the form of the open task begins with. */
  private String brief(CaseNumber number) {
    return String.valueOf(desk.tasks.getVariableLocal(desk.task(number).getId(), "brief"));
  }

  private Http signedIn(String person) {
    var browser = Http.anonymous(port);
    browser.submit("/login", "/login", Map.of("username", person, "password", "demo"));
    return browser;
  }

  // ---- waiting, and its ends

  @Test
  void theTiersClockStandsStillAndWhatTheCustomerWasPromisedDoesNot() {
    var number = waitingCase();

    desk.expect(number).at(FRONT_LINE).inState("open");
    assertThat(limitTimer(number)).isEqualTo(NEVER);
    assertThat(desk.task(number).getDueDate()).isNull();
    assertThat(desk.task(number).getFollowUpDate())
        .as("forty working hours from Monday 13:00")
        .isEqualTo(Date.from(Instant.parse("2026-11-30T12:00:00Z")));
    assertThat(desk.task(number).getAssignee()).isEqualTo("agent");
    assertThat(brief(number))
        .contains("the clock is stopped while we wait for a third party", WHOM);
    assertThat(clock(number, "tier").state()).isEqualTo("paused");
    assertThat(clock(number, "resolution").state()).isEqualTo("running");
    assertThat(clock(number, "update").state()).isEqualTo("running");
    assertThat(waits(number, PAUSED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("agent");
      assertThat(entry.note()).isEqualTo(WHOM);
      assertThat(entry.details()).containsEntry("until", "2026-11-30T12:00:00Z");
    });
    assertThat(found(number)).isEmpty();
    assertThat(desk.clocks.badPauses(number)).isEmpty();
  }

  @Test
  void whenTheyAnswerTheClockRunsOnWithWhatWasLeft() {
    var number = waitingCase();
    desk.fastForward(Duration.ofHours(2));

    thirdPartyAnswers(number);

    assertThat(limitTimer(number)).isEqualTo("2026-11-24T11:00:00Z");
    assertThat(desk.task(number).getDueDate())
        .isEqualTo(Date.from(Instant.parse("2026-11-24T11:00:00Z")));
    assertThat(desk.task(number).getFollowUpDate()).isNull();
    assertThat(brief(number)).contains("Until when: Tue 24 Nov 2026 12:00 CET");
    assertThat(clock(number, "tier").pausedSeconds()).isEqualTo(2 * 3_600);
    assertThat(clock(number, "resolution").pausedSeconds()).isZero();
    assertThat(waits(number, RESUMED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("agent");
      assertThat(entry.note()).isEqualTo("It is in Hamburg");
    });
    assertThat(found(number)).isEmpty();
    waits(number);
    assertThat(limitTimer(number)).as("and may wait again").isEqualTo(NEVER);
  }

  @Test
  void withoutAnAnswerTheClockRunsOnWhenTheTimeIsOverAndTheAgentIsTold() {
    var number = waitingCase();
    desk.purgeMails();

    desk.fastForward(Instant.parse("2026-11-30T12:00:00Z"));

    assertThat(waits(number, RESUMED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.who()).isEqualTo("system"));
    assertThat(desk.mails("agent@localhost"))
        .filteredOn(mail -> mail.contains("No answer from the third party"))
        .singleElement()
        .asString()
        .contains(number.value(), "November 30, 2026, 1:00");
    assertThat(limitTimer(number)).isEqualTo("2026-12-01T09:00:00Z");
    desk.fastForward(Instant.parse("2026-12-01T09:00:00Z"));
    desk.expect(number).at(TEAM_LEAD);
  }

  @Test
  void whateverTheCustomerWritesEndsTheWait() {
    var number = waitingCase();
    desk.fastForward(Duration.ofHours(1));

    says(number, "customer", false);

    desk.expect(number).inState("open").ledger(PAUSED, MESSAGE_RECEIVED, RESUMED);
    assertThat(limitTimer(number)).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aCaseMayWaitForBothAndTheTimeCountsOnce() {
    var number = waitingCase();
    says(number, "agent", true);
    desk.expect(number).inState("waiting");
    assertThat(desk.task(number).getFollowUpDate())
        .as("the nearer of the two")
        .isEqualTo(Date.from(Instant.parse("2026-11-30T12:00:00Z")));
    assertThat(clock(number, "resolution").state()).isEqualTo("paused");
    assertThat(found(number)).isEmpty();

    desk.fastForward(Duration.ofHours(1));
    thirdPartyAnswers(number);
    desk.expect(number).inState("waiting");
    assertThat(limitTimer(number)).isEqualTo(NEVER);
    assertThat(desk.task(number).getFollowUpDate())
        .isEqualTo(Date.from(Instant.parse("2026-11-30T12:00:00Z")));

    desk.fastForward(Duration.ofHours(1));
    says(number, "customer", false);
    desk.expect(number).inState("open");
    assertThat(clock(number, "tier").pausedSeconds()).isEqualTo(2 * 3_600);
    assertThat(limitTimer(number)).isEqualTo("2026-11-24T11:00:00Z");
    assertThat(found(number)).isEmpty();
  }

  @Test
  void theWaitSurvivesAHandOverAndAChangeOfPriorityAndEndsWithTheSolution() {
    var number = waitingCase();
    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.HIGH, "it is"));
    assertThat(limitTimer(number)).isEqualTo(NEVER);

    desk.escalates(number, COMPLEX_PROBLEM, TEAM_LEAD);

    assertThat(desk.task(number).getDueDate()).isNull();
    assertThat(desk.task(number).getFollowUpDate()).isNotNull();
    assertThat(clock(number, "tier").state()).isEqualTo("paused");
    assertThat(desk.mails("lead@localhost"))
        .last()
        .asString()
        .contains("is now with team lead. It waits for an answer")
        .doesNotContain("9999", "solved by");
    assertThat(desk.mailsToCustomer(number))
        .last()
        .asString()
        .contains("We wait for an answer that they need")
        .doesNotContain("9999", "solve it by");
    assertThat(signedIn("lead").get("/cases/" + number).body())
        .contains("the clock is stopped while we wait for a third party");
    assertThat(found(number)).isEmpty();

    desk.resolves(number);
    desk.expect(number).inState("resolved").ledger(PAUSED, RESUMED, SOLUTION_PROPOSED);
    assertThat(found(number)).isEmpty();
    desk.customer(number, () -> desk.escalation.reject(number, "no", null, "customer"));
    assertThat(desk.clocks.tier(number).orElseThrow().arePaused()).isFalse();
  }

  @Test
  void aCustomerWhoAsksForEscalationIsNotKeptWaitingByAThirdParty() {
    var number = waitingCase();

    desk.customer(
        number,
        () -> desk.escalation.customerEscalates(number, CUSTOMER_REQUEST, "now", null, "customer"));

    desk.expect(number).at(TEAM_LEAD).inState("open").ledger(PAUSED, RESUMED, ESCALATED);
    assertThat(desk.task(number).getDueDate()).isNotNull();
    assertThat(found(number)).isEmpty();
    waits(number);
    assertThat(desk.task(number).getDueDate()).isNull();
  }

  @Test
  void withdrawingTheCaseEndsTheWait() {
    var number = waitingCase();

    desk.customer(number, () -> desk.escalation.withdraw(number, null, "customer"));

    desk.expect(number).inState("withdrawn").ended();
    assertThat(waits(number, RESUMED)).hasSize(1);
  }

  @Test
  void theCustomersAnswerEndsBothWaits() {
    var number = waitingCase();
    says(number, "agent", true);
    desk.fastForward(Duration.ofHours(1));

    says(number, "customer", false);

    desk.expect(number).inState("open");
    assertThat(waits(number, RESUMED)).hasSize(1);
    assertThat(limitTimer(number)).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(found(number)).isEmpty();
  }

  @Test
  void whoDecidedBeforeTheCaseWasHandedOverStopsNobodyElsesClock() {
    var number = desk.opens(aCase());
    var seen = desk.theCase(number);
    desk.fastForward(desk.deadlines(number).limitAt());

    assertThatThrownBy(() -> desk.as("agent", () -> desk.escalation.waitForThirdParty(seen, WHOM)))
        .hasMessageContaining("it has been handed over meanwhile");
    assertThat(desk.deadlines(number).arePaused()).isFalse();
  }

  @Test
  void aHigherPriorityLetsTheWaitEndEarlierAndALowerOneNoLater() {
    var number = waitingCase();
    desk.fastForward(Duration.ofHours(1));

    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.URGENT, "it is"));

    assertThat(timer(number, "event_thirdPartyLimitPassed").getDuedate())
        .as("eight hours from its beginning")
        .isEqualTo(Date.from(Instant.parse("2026-11-23T20:00:00Z")));
    assertThat(desk.task(number).getFollowUpDate())
        .isEqualTo(Date.from(Instant.parse("2026-11-23T20:00:00Z")));
    assertThat(desk.escalation.waitForThirdParty(number).orElseThrow().since())
        .isEqualTo("2026-11-23T12:00:00Z");
    assertThat(desk.escalation.waitForThirdParty(number).orElseThrow().note()).isEqualTo(WHOM);
    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.LOW, "it is not"));
    assertThat(timer(number, "event_thirdPartyLimitPassed").getDuedate())
        .isEqualTo(Date.from(Instant.parse("2026-11-23T20:00:00Z")));
    assertThat(found(number)).isEmpty();
    desk.fastForward(Instant.parse("2026-11-23T20:00:00Z"));
    assertThat(waits(number, RESUMED)).hasSize(1);
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aPriorityUnderWhichTheTimeIsOverEndsTheWaitOnAWholeSecond() {
    var number = waitingCase();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofHours(12)).plusMillis(437)));

    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.URGENT, "it is"));
    assertThat(found(number)).as("between its end and its job").isEmpty();
    // its job runs a moment later
    ClockUtil.setCurrentTime(Date.from(desk.now().plusSeconds(2)));
    desk.fastForward(Duration.ZERO);

    assertThat(waits(number, RESUMED)).hasSize(1);
    assertThat(found(number)).isEmpty();
  }

  @Test
  void betweenTheEndOfAWaitAndItsJobNothingIsFound() {
    var number = waitingCase();
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-30T12:00:20Z")));

    assertThat(found(number)).isEmpty();
    assertThat(desk.deadlines(number).limitAt()).isEqualTo("2026-12-01T09:00:00Z");
    desk.fastForward(Duration.ZERO);
    assertThat(limitTimer(number)).isEqualTo("2026-12-01T09:00:00Z");
    assertThat(found(number)).isEmpty();
  }

  // ---- alarms of the last tier

  private CaseNumber atTheLastTier() {
    var number = desk.opens(aCase().ofSeverity("critical"));
    desk.escalates(number, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    return number;
  }

  @Test
  void anAlarmSleepsWhileAThirdPartyStopsTheClockAndRingsOnAfterThat() {
    var number = atTheLastTier();
    desk.fastForward(desk.deadlines(number).limitAt());
    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(1);
    waits(number);
    desk.fastForward(Duration.ofHours(2));
    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(1);
    assertThat(found(number)).isEmpty();

    thirdPartyAnswers(number);
    desk.fastForward(Duration.ofHours(1));

    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(2);
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aWaitThatBeginsAfterTheLimitAndBeforeItsJobLosesNoAlarm() {
    var number = atTheLastTier();
    ClockUtil.setCurrentTime(
        Date.from(desk.deadlines(number).limitAt().plus(Duration.ofSeconds(30))));
    desk.as("director", () -> desk.escalation.waitForThirdParty(desk.theCase(number), WHOM));
    desk.fastForward(Duration.ofMinutes(10));
    assertThat(desk.entries(number, LIMIT_ALARM)).isEmpty();
    assertThat(found(number)).isEmpty();

    thirdPartyAnswers(number);
    desk.fastForward(Duration.ofSeconds(1));

    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(1);
    assertThat(found(number)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anAlarmEndsWithItsVisitAsleepOrNot(boolean isAsleep) {
    var number = atTheLastTier();
    desk.fastForward(desk.deadlines(number).limitAt());
    if (isAsleep) {
      waits(number);
    }
    desk.returns(number, TEAM_LEAD);
    desk.fastForward(Duration.ofSeconds(1));
    if (isAsleep) {
      thirdPartyAnswers(number);
    }
    assertThat(alarmTimers(number)).isZero();
    assertThat(found(number)).isEmpty();

    desk.escalates(number, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.fastForward(desk.deadlines(number).limitAt());
    assertThat(alarmTimers(number)).isEqualTo(1);
    desk.fastForward(Duration.ofHours(1));
    assertThat(alarmTimers(number)).isEqualTo(1);
    assertThat(desk.entries(number, LIMIT_ALARM)).as("once, and twice").hasSize(3);
    assertThat(found(number)).isEmpty();
  }

  private long alarmTimers(CaseNumber number) {
    return desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId("event_nextAlarmDue")
        .count();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whereTheLastTiersClockRunsOnItsAlarmsRingOn(boolean isWaitingBeforeTheLimit) {
    // rows 13 to 16 are those of senior management
    deployPolicy(Map.of(
        "<outputEntry id=\"outputEntry_service-levels_13_4\">\n          <text>true</text>",
        "<outputEntry id=\"outputEntry_service-levels_13_4\">\n          <text>false</text>"));
    var number = atTheLastTier();
    if (isWaitingBeforeTheLimit) {
      waits(number);
    }
    desk.fastForward(desk.deadlines(number).limitAt());
    if (!isWaitingBeforeTheLimit) {
      waits(number);
    }
    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(1);

    desk.fastForward(Duration.ofHours(1));

    assertThat(desk.entries(number, LIMIT_ALARM)).hasSize(2);
    assertThat(found(number)).isEmpty();
  }

  // ---- the policy

  @Test
  void whereThePolicySaysSoAThirdPartyStopsNoClock() {
    deployPolicy(Map.of("<text>true</text>", "<text>false</text>"));
    var number = waitingCase();

    assertThat(limitTimer(number)).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(desk.task(number).getDueDate())
        .isEqualTo(Date.from(Instant.parse("2026-11-24T09:00:00Z")));
    assertThat(desk.task(number).getFollowUpDate()).isNotNull();
    assertThat(found(number)).isEmpty();
    desk.fastForward(Instant.parse("2026-11-24T09:00:00Z"));
    desk.expect(number).at(TEAM_LEAD);
    assertThat(found(number)).isEmpty();
    thirdPartyAnswers(number);
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aPolicyOfBeforeHasNoSuchColumnAndLetsNoCaseWait() {
    deployPolicy(Map.of(
        "name=\"thirdPartyPauses\"", "name=\"somethingElse\"",
        "\"third-party\"", "\"no-party\""));
    var number = desk.opens(aCase());

    var refused = Http.as(port, "agent")
        .post("/api/cases/" + number + "/third-party-wait", "{\"note\": \"Carrier\"}");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("add a row for 'third-party' to 'service-levels'");
    assertThat(desk.entries(number, PAUSED)).isEmpty();
  }

  @Test
  void whatIsNeitherTrueNorFalseIsRefusedWithItsRow() {
    deployPolicy(Map.of(
        "typeRef=\"boolean\"",
        "typeRef=\"string\"",
        "<text>true</text>",
        "<text>\"perhaps\"</text>"));

    assertThatThrownBy(() -> desk.opens(aCase()))
        .hasStackTraceContaining("rule_service-levels_3")
        .hasStackTraceContaining("is true or false, not 'perhaps'");
  }

  // ---- outages, and the auditor

  @Test
  void afterAnOutageTheWaitHasEndedWhenItShouldHave() {
    var number = waitingCase();
    desk.purgeMails();

    // the system stands still from the first day of the wait until five hours into the team lead's
    // time
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-12-01T14:00:00Z")));
    desk.fastForward(Duration.ZERO);

    desk.expect(number).at(TEAM_LEAD);
    assertThat(desk.deadlines(number).limitAt()).isEqualTo("2026-12-02T09:00:00Z");
    assertThat(waits(number, RESUMED))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.details()).containsEntry("since", "2026-11-30T12:00:00Z"));
    assertThat(desk.entries(number, TIER_PASSED)).isEmpty();
    assertThat(desk.mails("agent@localhost"))
        .as("what comes late is told once")
        .singleElement()
        .asString()
        .contains(
            "One case moved",
            number.value(),
            "the third party was to answer by",
            "should hear from us by");
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aWaitWithoutItsTimerIsFoundAndRepaired() {
    var number = waitingCase();
    desk.management.deleteJob(timer(number, "event_thirdPartyLimitPassed").getId());

    assertThat(found(number)).containsExactly("timer-missing");

    desk.as("admin", () -> assertThat(auditor.repair(number, "as found")).isEmpty());
    assertThat(timer(number, "event_thirdPartyLimitPassed").getDuedate())
        .isEqualTo(Date.from(Instant.parse("2026-11-30T12:00:00Z")));
    thirdPartyAnswers(number);
    assertThat(limitTimer(number)).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aWaitWhoseDateSomebodyChangedIsFoundAndRepaired() {
    var number = waitingCase();
    var wrong = Date.from(Instant.parse("2027-11-30T12:00:00Z"));
    var path = desk.task(number).getProcessInstanceId();
    desk.management.setJobDuedate(timer(number, "event_thirdPartyLimitPassed").getId(), wrong);
    desk.runtime.setVariable(path, "thirdPartyLimitAt", wrong);

    assertThat(found(number)).containsExactly("timer-date");

    desk.as("admin", () -> assertThat(auditor.repair(number, "as found")).isEmpty());
    assertThat(timer(number, "event_thirdPartyLimitPassed").getDuedate())
        .isEqualTo(Date.from(Instant.parse("2026-11-30T12:00:00Z")));
  }

  /** As somebody may do in Cockpit, or a node of a version that knows no such wait. */
  private void cancelInThePath(CaseNumber number) {
    var path = desk.task(number).getProcessInstanceId();
    desk.runtime
        .createProcessInstanceModification(path)
        .cancelAllForActivity("gateway_thirdPartyOrSilence")
        .execute();
  }

  @Test
  void aWaitThatThePathHasForgottenStillEnds() {
    var answered = waitingCase();
    cancelInThePath(answered);
    thirdPartyAnswers(answered);
    assertThat(limitTimer(answered)).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(waits(answered, RESUMED)).hasSize(1);

    var repaired = waitingCase();
    cancelInThePath(repaired);
    assertThat(found(repaired)).containsExactly("timer-missing");
    desk.as("admin", () -> assertThat(auditor.repair(repaired, "as found")).isEmpty());
    assertThat(waits(repaired, RESUMED)).hasSize(1);
    assertThat(desk.deadlines(repaired).arePaused()).isFalse();
  }

  // ---- over HTTP, and on the pages

  @Test
  void aWaitBeginsAndEndsOverHttp() {
    var number = desk.opens(aCase());
    var agent = Http.as(port, "agent");

    assertThat(agent
            .post("/api/cases/" + number + "/third-party-wait", "{\"note\": \"" + WHOM + "\"}")
            .statusCode())
        .isEqualTo(200);
    var deadlines = agent.get("/api/cases/" + number + "/deadlines").body();
    assertThat(JsonPath.<Boolean>read(deadlines, "$.paused")).isTrue();
    assertThat(JsonPath.<String>read(deadlines, "$.thirdPartyWait.note")).isEqualTo(WHOM);
    assertThat(JsonPath.<String>read(deadlines, "$.thirdPartyWait.by")).isEqualTo("agent");
    assertThat(JsonPath.<String>read(deadlines, "$.thirdPartyWait.until"))
        .isEqualTo("2026-11-30T09:00:00Z");

    assertThat(agent
            .post("/api/cases/" + number + "/third-party-answer", "{\"note\": \"found\"}")
            .statusCode())
        .isEqualTo(200);
    deadlines = agent.get("/api/cases/" + number + "/deadlines").body();
    assertThat(JsonPath.<Object>read(deadlines, "$.thirdPartyWait")).isNull();
  }

  @Test
  void aWaitBeginsAndEndsOnThePageOfTheCase() {
    var number = desk.opens(aCase());
    var agent = signedIn("agent");
    var page = "/cases/" + number;

    var began = agent.submit(page, page + "/third-party-wait", Map.of("note", WHOM, "visit", "1"));
    assertThat(began.statusCode()).isEqualTo(302);
    assertThat(agent.get(page).body())
        .contains("until Mon 30 Nov 2026 10:00 CET at the longest: " + WHOM)
        .contains("The third party has answered", "stands still", "paused (third-party)")
        .doesNotContain("Wait for a third party");

    var ended = agent.submit(page, page + "/third-party-answer", Map.of("note", "found"));
    assertThat(ended.statusCode()).isEqualTo(302);
    assertThat(agent.get(page).body())
        .contains("Wait for a third party")
        .doesNotContain("at the longest");

    desk.escalates(number, COMPLEX_PROBLEM, TEAM_LEAD);
    var stale = agent.submit(page, page + "/third-party-wait", Map.of("note", WHOM, "visit", "1"));
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(stale.body()).contains("it has been handed over since you opened the page");
  }

  @Test
  void theCustomerLearnsThatWeWaitAndNotForWhom() {
    var number = desk.opens(aCase());
    waits(number);
    desk.fastForward(Duration.ofHours(1));

    var link = java.net.URI.create(desk.lastLink(number)).getPath();
    var page = Http.anonymous(port).get(link).body();

    assertThat(page)
        .contains("We wait for somebody outside our company", "waiting for a third party")
        .doesNotContain("Carrier");
  }

  @ParameterizedTest
  @CsvSource({
    "third-party-wait,   agent,    {},                     400, 'note' is missing",
    "third-party-wait,   agent,    {\"note\": \" \"},      400, 'note' is missing",
    "third-party-wait,   agent,    {\"note\": 7.5e},       400, no JSON",
    "third-party-wait,   agent,    {\"whom\": \"x\"},      400, There is no property 'whom'",
    "third-party-wait,   lead,     {\"note\": \"x\"},      403, only its people",
    "third-party-wait,   auditor,  {\"note\": \"x\"},      403, Only the people of the tiers",
    "third-party-answer, auditor,  {\"note\": \"x\"},      403, Only the people of the tiers",
    "third-party-answer, agent,    {\"note\": \"x\"},      409, it waits for no third party",
    "third-party-answer, agent,    {},                     400, 'note' is missing"
  })
  void whatCannotBeIsRefusedAndSaysWhy(
      String command, String person, String body, int status, String why) {
    var number = desk.opens(aCase());

    var answer = Http.as(port, person).post("/api/cases/" + number + "/" + command, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
    assertThat(desk.entries(number, PAUSED)).isEmpty();
  }

  @Test
  void twiceTooLongTooLateAndUnknownAreRefused() {
    var number = waitingCase();
    var agent = Http.as(port, "agent");
    var path = "/api/cases/" + number + "/third-party-wait";

    assertThat(agent.post(path, "{\"note\": \"again\"}").body())
        .contains("it waits for a third party already");
    assertThat(agent.post(path, "{\"note\": \"" + "x".repeat(2_001) + "\"}").body())
        .contains("2000");
    assertThat(agent
            .post("/api/cases/C-999999/third-party-wait", "{\"note\": \"x\"}")
            .statusCode())
        .isEqualTo(404);
    desk.customer(number, () -> desk.escalation.withdraw(number, null, "customer"));
    assertThat(agent.post(path, "{\"note\": \"late\"}").statusCode()).isEqualTo(409);
    assertThat(waits(number, PAUSED)).hasSize(1);
  }

  @Test
  void markupIsShownAsItWasWritten() {
    var number = desk.opens(aCase());
    var note = "<script>alert('x')</script>";
    desk.as("agent", () -> desk.escalation.waitForThirdParty(desk.theCase(number), note));

    var page = signedIn("agent").get("/cases/" + number).body();

    assertThat(page).doesNotContain(note).contains("&lt;script&gt;alert(");
  }
}
