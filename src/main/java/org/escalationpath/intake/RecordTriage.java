package org.escalationpath.intake;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.Variable;

/** Writes what triage decided into the case and its ledger. */
@Published(
    does = "writes priority, category and first tier into the case",
    reads = {"priority", "toTier"},
    readsIfSet = {"category", "reason"})
class RecordTriage implements JavaDelegate {

  private static final Variable<Priority> PRIORITY = Variable.text("priority", Priority::of);
  private static final Variable<Tier> TO_TIER = Variable.text("toTier", Tier::of);
  private static final Variable<String> CATEGORY = Variable.text("category");
  private static final Variable<Reason> REASON = Variable.text("reason", Reason::of);

  private final Cases cases;
  private final Ledger ledger;

  RecordTriage(Cases cases, Ledger ledger) {
    this.cases = cases;
    this.ledger = ledger;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var priority = PRIORITY.from(execution);
    cases.triaged(number, priority, CATEGORY.in(execution).orElse(null));
    ledger.append(
        number,
        LedgerEntry.of(What.TRIAGED, Actor.SYSTEM)
            .to(TO_TIER.from(execution))
            .because(REASON.in(execution).orElse(null))
            .triggeredBy(Trigger.TRIAGE)
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of("priority", priority.toString())));
  }
}
