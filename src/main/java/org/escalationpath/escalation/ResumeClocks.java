package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Published;

/** Lets the clocks run on after a wait, with the working time that was left. */
@Published
class ResumeClocks implements JavaDelegate {

  private final Waiting waiting;
  private final Clocks clocks;
  private final TierTimers timers;

  ResumeClocks(Waiting waiting, Clocks clocks, TierTimers timers) {
    this.waiting = waiting;
    this.clocks = clocks;
    this.timers = timers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    waiting.end(number, execution);
    clocks.tier(number).ifPresent(deadlines -> timers.moveTier(deadlines, null, execution));
  }
}
