package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Ends a case that the customer takes back. */
@Published(
    does = "ends the case for the customer, who takes it back",
    reads = "mover",
    readsIfSet = "note")
class RecordWithdrawal implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Waiting waiting;

  RecordWithdrawal(Cases cases, Ledger ledger, Waiting waiting) {
    this.cases = cases;
    this.ledger = ledger;
    this.waiting = waiting;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    waiting.end(number, execution.getProcessDefinitionId());
    var tier = cases.require(number).tier();
    ledger.append(
        number,
        LedgerEntry.of(What.WITHDRAWN, EscalationModel.MOVER.from(execution))
            .from(tier)
            .to(tier)
            .triggeredBy(Trigger.CUSTOMER)
            .noting(EscalationModel.NOTE.in(execution).orElse(null))
            .under(execution.getProcessDefinitionId()));
    cases.changeState(number, CaseState.WITHDRAWN);
    execution.removeVariable(EscalationModel.NOTE.name());
  }
}
