package org.escalationpath.escalation;

import java.util.Map;
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

/** Writes down that and why the customer rejected the solution, and looks for a tier that can go on. */
@Published(
    does = "writes why the customer rejected the solution, and looks for a tier above",
    reads = {"mover", "reason"},
    readsIfSet = {"note", "toTier"},
    writes = {"tierAbove", "toTier", "ending"})
class RecordRejection implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;

  RecordRejection(Cases cases, Ledger ledger, Tiers tiers) {
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var tier = cases.lock(number).tier();
    var next = EscalationModel.TO_TIER
        .in(execution)
        .or(() -> java.util.Optional.ofNullable(tier).flatMap(tiers::above));
    ledger.append(
        number,
        LedgerEntry.of(What.REJECTED, EscalationModel.MOVER.from(execution))
            .from(tier)
            .to(next.orElse(null))
            .because(EscalationModel.REASON.from(execution))
            .triggeredBy(Trigger.CUSTOMER)
            .noting(EscalationModel.NOTE.in(execution).orElse(null))
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of("tierAbove", next.isPresent())));
    EscalationModel.TIER_ABOVE.set(execution, next.isPresent());
    next.ifPresentOrElse(
        to -> {
          EscalationModel.TO_TIER.set(execution, to);
          cases.changeState(number, CaseState.OPEN);
        },
        () -> EscalationModel.ENDING.set(execution, "unresolved"));
  }
}
