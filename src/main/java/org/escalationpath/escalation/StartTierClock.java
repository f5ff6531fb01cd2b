package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Published;

/** Gives the tier now working on the case its deadline and reminder, counted in working time. */
@Published
class StartTierClock implements JavaDelegate {

  private final Clocks clocks;
  private final Cases cases;

  StartTierClock(Clocks clocks, Cases cases) {
    this.clocks = clocks;
    this.cases = cases;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var deadlines = clocks.startTier(number);
    EscalationModel.TIER_LIMIT_AT.set(execution, deadlines.limitAt());
    EscalationModel.TIER_REMINDER_AT.set(execution, deadlines.reminderAt());
    EscalationModel.TASK_PRIORITY.set(
        execution, EscalationModel.taskPriority(cases.require(number).priority()));
  }
}
