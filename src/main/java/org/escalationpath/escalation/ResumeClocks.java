package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Lateness;
import org.escalationpath.engine.Published;

/**
 * Lets the clocks run on after a wait, with the working time that was left. The box's input {@code awaited} says whom the case has
 * waited for; without it that was the customer.
 */
@Published(
    does = "lets clocks and timers run on with the time that was left",
    inputs = {
      @Published.Input(
          name = "awaited",
          label = "Whom we wait for",
          does = "the customer where it is empty",
          choices = {"customer", "third-party"})
    },
    readsIfSet = {"note", "thirdPartyLimitAt"},
    writes = {"tierLimitAt", "tierReminderAt", "thirdPartyLate"})
class ResumeClocks implements JavaDelegate {

  private final Waiting waiting;
  private final TierTimers timers;
  private final Lateness lateness;

  ResumeClocks(Waiting waiting, TierTimers timers, Lateness lateness) {
    this.waiting = waiting;
    this.timers = timers;
    this.lateness = lateness;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    switch (EscalationModel.AWAITED.in(execution).orElse(AwaitedParty.CUSTOMER)) {
      case CUSTOMER -> waiting.endForCustomer(number, execution.getProcessDefinitionId());
      case THIRD_PARTY -> {
        var note = EscalationModel.NOTE.in(execution).orElse(null);
        waiting.endForThirdParty(number, note, execution.getProcessDefinitionId());
        execution.removeVariable(EscalationModel.NOTE.name());
        EscalationModel.THIRD_PARTY_LATE.set(
            execution, lateness.isLate(EscalationModel.THIRD_PARTY_LIMIT_AT.from(execution)));
      }
    }
    timers.moveTier(number, execution.getProcessInstanceId());
  }
}
