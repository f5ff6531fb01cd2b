package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Lateness;
import org.escalationpath.engine.Published;

/**
 * Where the reminder of our question comes late, after an outage, gives the customer as long to answer as the policy has between
 * reminder and end: nobody's case is closed in the moment in which they are reminded.
 */
@Published(
    does =
        "gives a customer who is reminded late as long to answer as the policy has between reminder and end",
    reads = "answerReminderAt",
    writes = "answerLimitAt")
class GrantTimeToAnswer implements JavaDelegate {

  private final Clocks clocks;
  private final Lateness lateness;

  GrantTimeToAnswer(Clocks clocks, Lateness lateness) {
    this.clocks = clocks;
    this.lateness = lateness;
  }

  @Override
  public void execute(DelegateExecution execution) {
    if (lateness.isLate(EscalationModel.ANSWER_REMINDER_AT.from(execution))) {
      EscalationModel.ANSWER_LIMIT_AT.set(
          execution, clocks.answerAfterReminder(CaseNumber.VARIABLE.from(execution)));
    }
  }
}
