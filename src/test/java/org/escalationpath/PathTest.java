package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.DEPARTMENT_MANAGER;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.MONDAY_MORNING;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;
import static org.escalationpath.cases.Reason.CUSTOMER_DISSATISFACTION;
import static org.escalationpath.cases.Reason.CUSTOMER_REQUEST;
import static org.escalationpath.cases.Reason.POLICY_EXCEPTION;
import static org.escalationpath.cases.Reason.TIME_SENSITIVITY;
import static org.escalationpath.cases.What.ACCEPTED;
import static org.escalationpath.cases.What.ACKNOWLEDGED;
import static org.escalationpath.cases.What.CLOSED;
import static org.escalationpath.cases.What.CLOSED_UNRESOLVED;
import static org.escalationpath.cases.What.ESCALATED;
import static org.escalationpath.cases.What.LIMIT_ALARM;
import static org.escalationpath.cases.What.OPENED;
import static org.escalationpath.cases.What.PAUSED;
import static org.escalationpath.cases.What.REJECTED;
import static org.escalationpath.cases.What.REMINDED;
import static org.escalationpath.cases.What.REOPENED;
import static org.escalationpath.cases.What.RESUMED;
import static org.escalationpath.cases.What.RETURNED;
import static org.escalationpath.cases.What.SOLUTION_PROPOSED;
import static org.escalationpath.cases.What.TIER_SKIPPED;
import static org.escalationpath.cases.What.TRIAGED;
import static org.escalationpath.cases.What.WITHDRAWN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Trigger;
import org.escalationpath.engine.Refused;
import org.escalationpath.escalation.WrongState;
import org.junit.jupiter.api.Test;

/** A case's way along the path, moved by timer, person and customer. */
class PathTest extends EngineTest {

  @Test
  void aNewCaseIsAcknowledgedAndLiesWithTheFrontLineUntilAWorkingDayHasPassed() {
    var lostParcel = desk.opens(aCase());

    desk.expect(lostParcel).at(FRONT_LINE).ledger(OPENED, TRIAGED, ACKNOWLEDGED);
    // 8 working hours from Monday 10:00, the office is open from 9 to 17 in Berlin
    assertThat(desk.task(lostParcel).getDueDate().toInstant()).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(desk.task(lostParcel).getPriority()).isEqualTo(50);
    assertThat(desk.mailsToCustomer(lostParcel))
        .singleElement()
        .asString()
        .contains("We have received your case");
    assertThat(desk.mails("agent@localhost"))
        .singleElement()
        .asString()
        .contains(lostParcel.value());
  }

  @Test
  void aCaseThatNobodyTouchesClimbsToTheTopByItsTimeLimitsAndThenRingsAlarm() {
    var lostParcel = desk.opens(aCase());

    for (var next : List.of(TEAM_LEAD, DEPARTMENT_MANAGER, SENIOR_MANAGEMENT)) {
      desk.fastForward(desk.deadlines(lostParcel).limitAt().minusSeconds(1));
      assertThat(desk.tierReminders(lostParcel)).last().extracting("toTier").isNotEqualTo(next);
      desk.fastForward(Duration.ofSeconds(1));
      desk.expect(lostParcel).at(next).escalatedBecauseOf(TIME_SENSITIVITY);
    }
    desk.fastForward(desk.deadlines(lostParcel).limitAt());

    desk.expect(lostParcel)
        .at(SENIOR_MANAGEMENT)
        .ledger(REMINDED, ESCALATED, REMINDED, ESCALATED, ESCALATED, LIMIT_ALARM);
    assertThat(desk.entries(lostParcel, ESCALATED)).allSatisfy(entry -> {
      assertThat(entry.trigger()).isEqualTo(Trigger.TIMER);
      assertThat(entry.who()).isEqualTo("system");
      assertThat(entry.modelVersion()).startsWith("escalation-path:");
    });
    assertThat(desk.mailsToCustomer(lostParcel))
        .hasSize(4)
        .anySatisfy(mail -> assertThat(mail).contains("now with our team lead"))
        .anySatisfy(mail -> assertThat(mail).contains("now with our department manager"))
        .anySatisfy(mail -> assertThat(mail).contains("now with our senior management"));
    assertThat(desk.mails("director@localhost"))
        .anySatisfy(mail -> assertThat(mail).contains("ALARM"));
  }

  @Test
  void theAlarmIsRepeatedAndThenFallsSilent() {
    var urgent = desk.opens(aCase().ofSeverity("critical"));
    desk.fastForward(Duration.ofDays(3));

    // the limit passes, then every hour for five hours
    desk.expect(urgent).at(SENIOR_MANAGEMENT);
    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSize(6);
    assertThat(desk.task(urgent)).isNotNull();
  }

  @Test
  void anAlarmDrawnForAnEarlierVisitDoesNotRingInALaterOne() {
    var urgent = desk.opens(aCase().ofSeverity("critical"));
    desk.escalates(urgent, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.fastForward(desk.deadlines(urgent).limitAt());
    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSize(1);

    desk.returns(urgent, null);
    desk.escalates(urgent, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.fastForward(desk.deadlines(urgent).limitAt().minusSeconds(1));

    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSize(1);
  }

  @Test
  void anAgentEscalatesWithAReasonAndANoteToTheNextTierOrAnyHigherOne() {
    var broken = desk.opens(aCase());

    desk.escalates(broken, COMPLEX_PROBLEM, null);
    desk.expect(broken).at(TEAM_LEAD).escalatedBecauseOf(COMPLEX_PROBLEM);

    desk.escalates(broken, POLICY_EXCEPTION, SENIOR_MANAGEMENT);
    desk.expect(broken).at(SENIOR_MANAGEMENT).escalatedBecauseOf(POLICY_EXCEPTION);
    assertThat(desk.entries(broken, ESCALATED)).last().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("lead");
      assertThat(entry.fromTier()).isEqualTo(TEAM_LEAD);
      assertThat(entry.trigger()).isEqualTo(Trigger.AGENT);
      assertThat(entry.note()).isEqualTo("It needs somebody higher.");
    });
    assertThat(desk.theCase(broken).owner()).isEqualTo("agent");
  }

  @Test
  void aTierReturnsACaseWithAJustification() {
    var simple = desk.opens(aCase());
    desk.escalates(simple, COMPLEX_PROBLEM, DEPARTMENT_MANAGER);

    desk.returns(simple, FRONT_LINE);

    desk.expect(simple).at(FRONT_LINE).ledger(ESCALATED, RETURNED);
    assertThat(desk.mailsToCustomer(simple)).last().asString().contains("back with our front line");
  }

  @Test
  void theCustomerAsksForEscalationAndGetsIt() {
    var slow = desk.opens(aCase());

    desk.customer(
        slow,
        () -> desk.escalation.customerEscalates(
            slow, CUSTOMER_REQUEST, "Too slow", null, "customer"));

    desk.expect(slow).at(TEAM_LEAD).escalatedBecauseOf(CUSTOMER_REQUEST);
    assertThat(desk.entries(slow, ESCALATED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("customer");
      assertThat(entry.trigger()).isEqualTo(Trigger.CUSTOMER);
    });
  }

  @Test
  void aTierThatNobodyStaffsIsSkippedAndTheLedgerSaysSo() {
    desk.identities.deleteMembership("lead", "team-lead");
    try {
      var lostParcel = desk.opens(aCase());
      desk.escalates(lostParcel, COMPLEX_PROBLEM, null);

      desk.expect(lostParcel).at(DEPARTMENT_MANAGER).ledger(TIER_SKIPPED, ESCALATED);
      assertThat(desk.entries(lostParcel, TIER_SKIPPED)).singleElement().satisfies(entry -> {
        assertThat(entry.fromTier()).isEqualTo(TEAM_LEAD);
        assertThat(entry.toTier()).isEqualTo(DEPARTMENT_MANAGER);
      });
    } finally {
      desk.identities.createMembership("lead", "team-lead");
    }
  }

  @Test
  void triageStartsASevereCaseAboveTheFrontLine() {
    var outage = desk.opens(aCase().ofSeverity("critical"));

    desk.expect(outage).at(TEAM_LEAD).withoutLedger(ESCALATED);
    assertThat(desk.theCase(outage).priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void aCaseThatWaitsForTheCustomerDoesNotEscalateAndGoesOnWithTheTimeThatWasLeft() {
    var unclear = desk.opens(aCase());
    desk.fastForward(MONDAY_MORNING.plus(Duration.ofHours(3)));
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));

    desk.expect(unclear).inState("waiting").ledger(PAUSED);
    assertThat(desk.task(unclear).getDueDate()).isNull();
    assertThat(desk.task(unclear).getFollowUpDate()).isNotNull();
    desk.fastForward(Duration.ofDays(2));
    desk.expect(unclear).at(FRONT_LINE).withoutLedger(ESCALATED).withoutTierReminder();

    desk.customer(unclear, () -> desk.escalation.customerWrote(unclear));

    // 3 of 8 working hours were used on Monday; it is Wednesday 13:00 in Berlin now: 4 h that day,
    // 1 h on Thursday
    desk.expect(unclear).inState("open").ledger(PAUSED, RESUMED);
    assertThat(desk.deadlines(unclear).limitAt()).isEqualTo("2026-11-26T09:00:00Z");
    assertThat(desk.task(unclear).getDueDate().toInstant()).isEqualTo("2026-11-26T09:00:00Z");
    desk.fastForward(Instant.parse("2026-11-26T09:00:00Z"));
    desk.expect(unclear).at(TEAM_LEAD);
  }

  @Test
  void aCustomerWhoNeverAnswersIsRemindedOnceAndThenTheCaseIsClosed() {
    var silent = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(silent));

    desk.fastForward(Duration.ofDays(7));

    desk.expect(silent).inState("closed").ledger(PAUSED, RESUMED, CLOSED).ended();
    assertThat(desk.mailsToCustomer(silent))
        .anySatisfy(mail -> assertThat(mail).contains("still waiting for your answer"))
        .anySatisfy(mail -> assertThat(mail).contains("for want of an answer"));
  }

  @Test
  void aCaseThatIsHandedOverWhileItWaitsGoesOnWaiting() {
    var unclear = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));

    desk.escalates(unclear, COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofDays(3));

    desk.expect(unclear).at(TEAM_LEAD).inState("waiting");
    assertThat(desk.deadlines(unclear).arePaused()).isTrue();
  }

  @Test
  void aCaseHandedOverWhileItWaitsShowsWhenToLookAgainAndNoDueDate() {
    var unclear = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));
    desk.escalates(unclear, COMPLEX_PROBLEM, null);

    assertThat(desk.task(unclear).getDueDate()).isNull();
    assertThat(desk.task(unclear).getFollowUpDate().toInstant())
        .isEqualTo(MONDAY_MORNING.plus(Duration.ofDays(7)));
  }

  @Test
  void anotherQuestionBeginsTheTimeToAnswerAnew() {
    var unclear = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));
    desk.fastForward(Duration.ofDays(6));
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));

    desk.fastForward(Duration.ofDays(6));
    desk.expect(unclear).inState("waiting");
    desk.fastForward(Duration.ofDays(1));
    desk.expect(unclear).inState("closed");
  }

  @Test
  void aCustomerWhoWritesAboutTheSolutionIsNotTakenForSilent() {
    var lostParcel = desk.opens(aCase());
    desk.resolves(lostParcel);
    desk.fastForward(Duration.ofDays(4));
    desk.customer(lostParcel, () -> desk.escalation.customerWrote(lostParcel));

    desk.fastForward(Duration.ofDays(4));
    desk.expect(lostParcel).inState("resolved");
    desk.fastForward(Duration.ofDays(1));
    desk.expect(lostParcel).inState("closed");
  }

  @Test
  void afterAWaitMailsNameTheDeadlineOfTheTierAgain() {
    var unclear = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(unclear));
    desk.customer(unclear, () -> desk.escalation.customerWrote(unclear));
    desk.escalates(unclear, COMPLEX_PROBLEM, null);

    // a working day from Monday 10:00; the wait would have ended on Monday in a week
    assertThat(desk.mailsToCustomer(unclear))
        .last()
        .asString()
        .contains("Tuesday, November 24, 2026");
  }

  @Test
  void anAlarmSleepsWhileTheCaseWaitsAndRingsOnAfterThat() {
    var urgent = desk.opens(aCase().ofSeverity("critical"));
    desk.escalates(urgent, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.fastForward(desk.deadlines(urgent).limitAt());
    desk.as("director", () -> desk.escalation.waitForCustomer(urgent));
    desk.fastForward(Duration.ofHours(2));
    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSize(1);
    var mails = desk.mails("director@localhost").stream()
        .filter(mail -> mail.contains("ALARM"))
        .count();

    desk.customer(urgent, () -> desk.escalation.customerWrote(urgent));
    desk.fastForward(Duration.ofMinutes(59));
    assertThat(desk.entries(urgent, LIMIT_ALARM)).as("the wait does not count").hasSize(1);
    desk.fastForward(Duration.ofMinutes(1));

    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSizeGreaterThan(1);
    assertThat(desk.mails("director@localhost").stream().filter(mail -> mail.contains("ALARM")))
        .hasSizeGreaterThan((int) mails);
  }

  @Test
  void aHigherPriorityShortensTheRunningLimitByWhatIsAlreadyUsed() {
    var growing = desk.opens(aCase());
    desk.fastForward(MONDAY_MORNING.plus(Duration.ofHours(3)));

    desk.as(
        "agent",
        () -> desk.escalation.changePriority(
            growing, Priority.HIGH, "The customer needs it tomorrow"));

    // 4 working hours for high, 3 of them used
    assertThat(desk.deadlines(growing).limitAt()).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(desk.task(growing).getDueDate().toInstant()).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(desk.task(growing).getPriority()).isEqualTo(75);
    desk.fastForward(Instant.parse("2026-11-23T13:00:00Z"));
    desk.expect(growing).at(TEAM_LEAD);
  }

  @Test
  void theCustomerAcceptsTheSolutionAndTheCaseIsClosed() {
    var lostParcel = desk.opens(aCase());
    desk.resolves(lostParcel);
    desk.expect(lostParcel).inState("resolved").ledger(SOLUTION_PROPOSED);
    assertThat(desk.mailsToCustomer(lostParcel)).last().asString().contains("We send it again.");

    desk.customer(lostParcel, () -> desk.escalation.accept(lostParcel, "customer"));

    desk.expect(lostParcel)
        .inState("closed")
        .ledger(SOLUTION_PROPOSED, ACCEPTED, CLOSED)
        .ended();
    assertThat(passed(lostParcel))
        .contains("userTask_resolveAtFrontLine", "serviceTask_closeCase", "endEvent_caseClosed");
  }

  private List<String> passed(CaseNumber number) {
    var history = BpmnAwareTests.historyService();
    var instance = history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .finished()
        .singleResult();
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance.getId())
        .list()
        .stream()
        .map(org.camunda.bpm.engine.history.HistoricActivityInstance::getActivityId)
        .toList();
  }

  @Test
  void silenceAfterASolutionClosesTheCase() {
    var lostParcel = desk.opens(aCase());
    desk.resolves(lostParcel);

    desk.fastForward(Duration.ofDays(5));

    desk.expect(lostParcel).inState("closed").withoutLedger(ACCEPTED).ended();
  }

  @Test
  void aRejectedSolutionClimbsAndAfterTheLastTierTheCaseIsClosedUnresolvedWithOutsideRecourse() {
    var hopeless = desk.opens(aCase());
    for (var tier : List.of(TEAM_LEAD, DEPARTMENT_MANAGER, SENIOR_MANAGEMENT)) {
      desk.resolves(hopeless);
      desk.customer(
          hopeless, () -> desk.escalation.reject(hopeless, "It does not help", null, "customer"));
      desk.expect(hopeless).at(tier).inState("open").escalatedBecauseOf(CUSTOMER_DISSATISFACTION);
    }
    desk.resolves(hopeless);
    desk.customer(
        hopeless, () -> desk.escalation.reject(hopeless, "Neither does this", null, "customer"));

    desk.expect(hopeless)
        .inState("closed-unresolved")
        .ledger(REJECTED, ESCALATED, REJECTED, CLOSED_UNRESOLVED)
        .ended();
    assertThat(desk.mailsToCustomer(hopeless))
        .anySatisfy(mail -> assertThat(mail).contains("somebody outside our company"));
  }

  @Test
  void theCustomerWithdrawsWhateverIsGoingOn() {
    var mistaken = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(mistaken));

    desk.customer(mistaken, () -> desk.escalation.withdraw(mistaken, "Found it", "customer"));

    desk.expect(mistaken)
        .inState("withdrawn")
        .ledger(PAUSED, RESUMED, WITHDRAWN)
        .ended();
  }

  @Test
  void aClosedCaseIsReopenedUnderTheSameNumberWhereItWasLast() {
    var back = desk.opens(aCase());
    desk.escalates(back, COMPLEX_PROBLEM, null);
    desk.resolves(back);
    desk.customer(back, () -> desk.escalation.accept(back, "customer"));

    desk.customer(back, () -> desk.escalation.reopen(back, "It is broken again", null, "customer"));

    desk.expect(back).at(TEAM_LEAD).inState("open").ledger(CLOSED, REOPENED);
    assertThat(desk.task(back).getDueDate()).isNotNull();
  }

  @Test
  void whatAnOutcomeNeedsIsAskedForInWordsBeforeTheEngineActs() {
    var lostParcel = desk.opens(aCase());
    var task = desk.task(lostParcel).getId();

    assertRefused(task, Map.of(), "'outcome' is missing");
    assertRefused(task, Map.of("outcome", "explode"), "'explode' is no outcome");
    assertRefused(task, Map.of("outcome", "resolve"), "'solution' is missing");
    assertRefused(
        task, Map.of("outcome", "resolve", "solution", "x".repeat(4_001)), "at most 4000");
    assertRefused(
        task,
        Map.of("outcome", "escalate", "reason", "boredom", "note", "n"),
        "'boredom' is no reason");
    assertRefused(
        task, Map.of("outcome", "escalate", "reason", "complex-problem"), "'note' is missing");
    assertRefused(
        task,
        Map.of(
            "outcome",
            "escalate",
            "reason",
            "complex-problem",
            "note",
            "n",
            "toTier",
            "front-line"),
        "'front-line' is no tier above");
    assertRefused(
        task, Map.of("outcome", "return", "note", "n"), "There is no tier below front-line");
    assertRefused(
        task,
        Map.of("outcome", "resolve", "solution", "s", "tierLimitAt", "never"),
        "There is no field 'tierLimitAt'");
    desk.expect(lostParcel).at(FRONT_LINE).inState("open");
  }

  private void assertRefused(String task, Map<String, Object> submitted, String saying) {
    assertThatThrownBy(() -> desk.tasks.complete(task, submitted))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(saying);
  }

  @Test
  void whatCannotBeDoneInTheStateTheCaseIsInIsRefusedAndChangesNothing() {
    var lostParcel = desk.opens(aCase());
    var before = desk.ledger.of(lostParcel).size();

    assertThatThrownBy(() -> desk.escalation.accept(lostParcel, "customer"))
        .isInstanceOf(WrongState.class);
    assertThatThrownBy(() -> desk.escalation.reopen(lostParcel, "why", null, "customer"))
        .isInstanceOf(WrongState.class);
    assertThatThrownBy(() -> desk.escalation.changePriority(lostParcel, Priority.NORMAL, "same"))
        .isInstanceOf(WrongState.class);

    assertThat(desk.ledger.of(lostParcel)).hasSize(before);
  }

  @Test
  void whatPeopleWriteStaysOutOfTheEnginesHistory() {
    var secret = desk.opens(aCase());
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(secret), COMPLEX_PROBLEM, "The password is Xyzzy-4711", null));

    var history = BpmnAwareTests.historyService();
    assertThat(history.createHistoricVariableInstanceQuery().list())
        .isNotEmpty()
        .noneSatisfy(variable -> assertThat(String.valueOf(variable.getValue())).contains("Xyzzy"));
    assertThat(history.createHistoricDetailQuery().variableUpdates().list())
        .isNotEmpty()
        .noneSatisfy(detail -> assertThat(String.valueOf(
                ((org.camunda.bpm.engine.history.HistoricVariableUpdate) detail).getValue()))
            .contains("Xyzzy"));
    assertThat(desk.entries(secret, ESCALATED))
        .singleElement()
        .extracting("note")
        .isEqualTo("The password is Xyzzy-4711");
  }
}
