package org.escalationpath.escalation;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Published;

/**
 * Stops the clocks and timers while the case waits for the customer, or those of them that the policy lets stand still while it waits
 * for a third party. The box's input {@code awaited} says which; without it the case waits for the customer.
 */
@Published(
    does =
        "stops clocks and timers while we wait for the customer, or those that the policy lets stand still for a third party",
    inputs = {
      @Published.Input(
          name = "awaited",
          label = "Whom we wait for",
          does = "the customer where it is empty",
          choices = {"customer", "third-party"})
    },
    readsIfSet = "note",
    writes = {"answerReminderAt", "answerLimitAt", "thirdPartyLimitAt"})
class PauseClocks implements JavaDelegate {

  private final Waiting waiting;
  private final Clocks clocks;
  private final TierTimers timers;
  private final Clock clock;

  PauseClocks(Waiting waiting, Clocks clocks, TierTimers timers, Clock clock) {
    this.waiting = waiting;
    this.clocks = clocks;
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    switch (EscalationModel.AWAITED.in(execution).orElse(AwaitedParty.CUSTOMER)) {
      case CUSTOMER -> {
        waiting.beginForCustomer(number, execution.getProcessDefinitionId());
        var answer = clocks.answer(number);
        EscalationModel.ANSWER_REMINDER_AT.set(execution, answer.reminderAt());
        EscalationModel.ANSWER_LIMIT_AT.set(execution, answer.limitAt());
      }
      case THIRD_PARTY -> {
        var until = clocks
            .thirdParty(number, clock.instant())
            .orElseThrow(
                () -> new WrongState(number, "the policy lets no case wait for a third party"));
        var note = EscalationModel.NOTE.in(execution).orElse(null);
        waiting.beginForThirdParty(number, note, until, execution.getProcessDefinitionId());
        execution.removeVariable(EscalationModel.NOTE.name());
        EscalationModel.THIRD_PARTY_LIMIT_AT.set(execution, until);
      }
    }
    timers.moveTier(number, execution.getProcessInstanceId());
  }
}
