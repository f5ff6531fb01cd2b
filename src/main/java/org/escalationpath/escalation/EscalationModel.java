package org.escalationpath.escalation;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/escalation-path.bpmn}; ModelContractTest holds it to that. */
@ModelInterface(
    process = EscalationModel.KEY,
    startsWith = {"caseNumber", "reason"},
    messages = {
      @ModelInterface.Message(
          name = EscalationModel.CASE_REOPENED,
          brings = {"caseNumber", "mover", "note", "toTier", "reason"}),
      @ModelInterface.Message(name = EscalationModel.CUSTOMER_WROTE),
      @ModelInterface.Message(name = EscalationModel.CUSTOMER_ASKED),
      @ModelInterface.Message(name = EscalationModel.THIRD_PARTY_ASKED, brings = "note"),
      @ModelInterface.Message(name = EscalationModel.THIRD_PARTY_ANSWERED, brings = "note"),
      @ModelInterface.Message(
          name = EscalationModel.ESCALATION_REQUESTED,
          brings = {"mover", "note", "toTier", "reason", "trigger", "outcome"}),
      @ModelInterface.Message(
          name = EscalationModel.CASE_WITHDRAWN,
          brings = {"mover", "note", "toTier"}),
      @ModelInterface.Message(name = EscalationModel.PRIORITY_CHANGED, brings = "priority"),
      @ModelInterface.Message(
          name = EscalationModel.SOLUTION_ACCEPTED,
          brings = {"mover", "note", "toTier"}),
      @ModelInterface.Message(
          name = EscalationModel.SOLUTION_REJECTED,
          brings = {"mover", "note", "toTier", "reason"})
    })
final class EscalationModel {

  static final String KEY = "escalation-path";

  static final String CASE_REOPENED = "caseReopened";
  static final String CUSTOMER_WROTE = "customerWrote";
  static final String CUSTOMER_ASKED = "customerAsked";
  static final String THIRD_PARTY_ASKED = "thirdPartyAsked";
  static final String THIRD_PARTY_ANSWERED = "thirdPartyAnswered";
  static final String ESCALATION_REQUESTED = "escalationRequested";
  static final String CASE_WITHDRAWN = "caseWithdrawn";
  static final String PRIORITY_CHANGED = "priorityChanged";
  static final String SOLUTION_ACCEPTED = "solutionAccepted";
  static final String SOLUTION_REJECTED = "solutionRejected";

  static final Variable<Priority> PRIORITY = Variable.text("priority", Priority::of);
  static final Variable<Integer> TASK_PRIORITY = Variable.number("taskPriority");
  static final Variable<Tier> TIER = Variable.text("tier", Tier::of);
  static final Variable<Tier> TO_TIER = Variable.text("toTier", Tier::of);
  static final Variable<String> OUTCOME = Variable.text("outcome");
  static final Variable<Reason> REASON = Variable.text("reason", Reason::of);
  static final Variable<Trigger> TRIGGER = Variable.text("trigger", Trigger::of);
  static final Variable<String> NOTE = Variable.text("note");
  static final Variable<String> SOLUTION = Variable.text("solution");

  /** The input of a box that says whom a wait is for. */
  static final Variable<AwaitedParty> AWAITED = Variable.text("awaited", AwaitedParty::of);

  /** Who sent the message that moves the case: a user id or {@code customer}. */
  static final Variable<String> MOVER = Variable.text("mover");

  /** How the hub moved the case: {@code escalated}, {@code returned}, {@code reopened} or {@code no}. */
  static final Variable<String> MOVED = Variable.text("moved");

  /** From when the tier's clock counts, where that is not now: the deadline by which the case should have come. */
  static final Variable<Instant> TIER_SINCE = Variable.moment("tierSince");

  /** The tiers that the case passed after an outage, as their groups with commas between them; empty where it passed none. */
  static final Variable<String> PASSED_TIERS = Variable.text("passedTiers");

  /** Whether the last move or alarm came late enough to be told in a digest. */
  static final Variable<Boolean> LATE = Variable.flag("late");

  static final Variable<Instant> TIER_LIMIT_AT = Variable.moment("tierLimitAt");

  /** When the policy's reminders are due, for as many reminder timers as the owners draw; never where it has fewer points. */
  static final List<Variable<Instant>> TIER_REMINDERS_AT = List.of(
      Variable.moment("tierReminderAt"),
      Variable.moment("tierReminder2At"),
      Variable.moment("tierReminder3At"));

  static final Variable<Instant> PROMISE_REMINDER_AT = Variable.moment("promiseReminderAt");
  static final Variable<Instant> PROMISE_LIMIT_AT = Variable.moment("promiseLimitAt");
  static final Variable<Boolean> PROMISE_LATE = Variable.flag("promiseLate");
  static final Variable<Boolean> PROMISE_DUE = Variable.flag("promiseDue");
  static final Variable<Instant> ANSWER_REMINDER_AT = Variable.moment("answerReminderAt");
  static final Variable<Instant> ANSWER_LIMIT_AT = Variable.moment("answerLimitAt");
  static final Variable<Instant> THIRD_PARTY_LIMIT_AT = Variable.moment("thirdPartyLimitAt");
  static final Variable<Boolean> THIRD_PARTY_LATE = Variable.flag("thirdPartyLate");
  static final Variable<Instant> ACCEPTANCE_LIMIT_AT = Variable.moment("acceptanceLimitAt");
  static final Variable<Instant> NEXT_ALARM_AT = Variable.moment("nextAlarmAt");
  static final Variable<Boolean> RANG = Variable.flag("rang");
  static final Variable<Boolean> RING_AGAIN = Variable.flag("ringAgain");
  static final Variable<Boolean> TIER_ABOVE = Variable.flag("tierAbove");

  /** How the case ends: {@code accepted}, {@code silence}, {@code no-answer} or {@code unresolved}. */
  static final Variable<String> ENDING = Variable.text("ending");

  static final String CUSTOMER = "customer";

  /** The outcome with which a closed case comes back to the hub. */
  static final String REOPEN = "reopen";

  private EscalationModel() {}
}
