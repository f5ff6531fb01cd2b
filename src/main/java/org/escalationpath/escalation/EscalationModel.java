package org.escalationpath.escalation;

import java.time.Instant;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/escalation-path.bpmn}; ModelContractTest holds it to that. */
final class EscalationModel {

  static final String KEY = "escalation-path";

  static final String CASE_REOPENED = "caseReopened";
  static final String CUSTOMER_WROTE = "customerWrote";
  static final String CUSTOMER_ASKED = "customerAsked";
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

  /** Who sent the message that moves the case: a user id or {@code customer}. */
  static final Variable<String> MOVER = Variable.text("mover");

  /** How the hub moved the case: {@code escalated}, {@code returned}, {@code reopened} or {@code no}. */
  static final Variable<String> MOVED = Variable.text("moved");

  static final Variable<Instant> TIER_LIMIT_AT = Variable.moment("tierLimitAt");
  static final Variable<Instant> TIER_REMINDER_AT = Variable.moment("tierReminderAt");
  static final Variable<Instant> ANSWER_REMINDER_AT = Variable.moment("answerReminderAt");
  static final Variable<Instant> ANSWER_LIMIT_AT = Variable.moment("answerLimitAt");
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

  /** What Tasklist sorts by: 25 for low to 100 for urgent. */
  static int taskPriority(Priority priority) {
    return 25 * (priority.ordinal() + 1);
  }
}
