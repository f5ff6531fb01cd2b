package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.Published;

/** Moves the timers and the task of the running tier to what its clock says under the case's new priority. */
@Published(
    does = "sets new limits after a change of priority, and keeps the time used",
    writes = {"tierLimitAt", "tierReminderAt", "taskPriority"})
class ReplanDeadlines implements JavaDelegate {

  private final Cases cases;
  private final Waiting waiting;
  private final TierTimers timers;

  ReplanDeadlines(Cases cases, Waiting waiting, TierTimers timers) {
    this.cases = cases;
    this.waiting = waiting;
    this.timers = timers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var customerCase = cases.lock(number);
    var isWorkedOn =
        customerCase.state() == CaseState.OPEN || customerCase.state() == CaseState.WAITING;
    if (isWorkedOn && customerCase.tier() != null) {
      waiting.shortenForThirdParty(number, execution.getProcessDefinitionId());
      timers.moveTier(number, execution.getProcessInstanceId());
    }
  }
}
