package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Writes into the ledger who took the case; the first of the lowest tier becomes its owner. */
@Published(does = "writes into the ledger who takes the case (assignment)", reads = "tier")
class RecordClaim implements TaskListener {

  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;
  private final Actor actor;

  RecordClaim(Cases cases, Ledger ledger, Tiers tiers, Actor actor) {
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
    this.actor = actor;
  }

  @Override
  public void notify(DelegateTask task) {
    var assignee = task.getAssignee();
    if (assignee == null) {
      return;
    }
    var number = CaseNumber.VARIABLE.from(task);
    var tier = EscalationModel.TIER.from(task);
    ledger.append(
        number,
        LedgerEntry.of(What.CLAIMED, actor.name())
            .from(tier)
            .to(tier)
            .under(task.getProcessDefinitionId())
            .detailing(java.util.Map.of("assignee", assignee)));
    if (tier.equals(tiers.lowest())) {
      cases.ownedBy(number, assignee);
    }
  }
}
