package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Opens a closed case again, at the tier asked for or where it was last, with all that is known of it. */
@Published(
    does = "opens a closed case again, with all that is known of it",
    reads = "mover",
    readsIfSet = {"toTier", "note", "reason"},
    writes = {"toTier", "trigger", "outcome", "priority"})
class ReopenCase implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;

  ReopenCase(Cases cases, Ledger ledger, Tiers tiers) {
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var customerCase = cases.lock(number);
    if (!customerCase.state().isEnded()) {
      throw new WrongState(number, "it is not closed, so it cannot be reopened");
    }
    var last = customerCase.tier() == null ? tiers.lowest() : customerCase.tier();
    var to = EscalationModel.TO_TIER.in(execution).orElse(last);
    ledger.append(
        number,
        LedgerEntry.of(What.REOPENED, EscalationModel.MOVER.from(execution))
            .from(last)
            .to(to)
            .because(EscalationModel.REASON.in(execution).orElse(null))
            .triggeredBy(Trigger.CUSTOMER)
            .noting(EscalationModel.NOTE.in(execution).orElse(null))
            .under(execution.getProcessDefinitionId()));
    cases.changeState(number, CaseState.OPEN);
    EscalationModel.TO_TIER.set(execution, to);
    EscalationModel.TRIGGER.set(execution, Trigger.CUSTOMER);
    EscalationModel.OUTCOME.set(execution, EscalationModel.REOPEN);
    EscalationModel.PRIORITY.set(execution, customerCase.priority());
    execution.removeVariable(EscalationModel.NOTE.name());
  }
}
