package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Stops the clocks and timers while the case waits for the customer. */
@Published
class PauseClocks implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Clocks clocks;
  private final TierTimers timers;
  private final Actor actor;

  PauseClocks(Cases cases, Ledger ledger, Clocks clocks, TierTimers timers, Actor actor) {
    this.cases = cases;
    this.ledger = ledger;
    this.clocks = clocks;
    this.timers = timers;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var tier = cases.lock(number).tier();
    ledger.append(
        number,
        LedgerEntry.of(What.PAUSED, actor.name())
            .from(tier)
            .to(tier)
            .under(execution.getProcessDefinitionId()));
    cases.changeState(number, CaseState.WAITING);
    var answer = clocks.answer(number);
    EscalationModel.ANSWER_REMINDER_AT.set(execution, answer.reminderAt());
    EscalationModel.ANSWER_LIMIT_AT.set(execution, answer.limitAt());
    clocks
        .tier(number)
        .ifPresent(deadlines -> timers.moveTier(deadlines, answer.limitAt(), execution));
  }
}
