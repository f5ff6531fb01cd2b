package org.escalationpath.escalation;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.clocks.ClockTerms;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Published;

/** Gives the tier now working on the case its deadline and reminders, counted in working time. */
@Published(
    does = "gives the tier its deadline and its reminders in working time",
    readsIfSet = "tierSince",
    writes = {"tierLimitAt", "tierReminderAt", "tierReminder2At", "tierReminder3At", "taskPriority"
    })
class StartTierClock implements JavaDelegate {

  private final ClockTerms terms;
  private final Clocks clocks;
  private final Cases cases;
  private final TaskPriorities priorities;
  private final Clock clock;

  StartTierClock(
      ClockTerms terms, Clocks clocks, Cases cases, TaskPriorities priorities, Clock clock) {
    this.terms = terms;
    this.clocks = clocks;
    this.cases = cases;
    this.priorities = priorities;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var since = EscalationModel.TIER_SINCE.in(execution).orElseGet(clock::instant);
    terms.startTier(number, since);
    var deadlines = clocks.tier(number).orElseThrow();
    EscalationModel.TIER_LIMIT_AT.set(execution, deadlines.limitAt());
    for (var n = 1; n <= EscalationModel.TIER_REMINDERS_AT.size(); n++) {
      EscalationModel.TIER_REMINDERS_AT.get(n - 1).set(execution, deadlines.reminderAt(n));
    }
    EscalationModel.TASK_PRIORITY.set(execution, priorities.of(cases.require(number)));
  }
}
