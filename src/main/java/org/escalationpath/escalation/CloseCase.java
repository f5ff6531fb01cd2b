package org.escalationpath.escalation;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Ends the case and writes down how: accepted, by silence, without an answer, or unresolved. */
@Published(
    does = "ends the case and writes how into the ledger",
    reads = "ending",
    readsIfSet = "mover")
class CloseCase implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Waiting waiting;

  CloseCase(Cases cases, Ledger ledger, Waiting waiting) {
    this.cases = cases;
    this.ledger = ledger;
    this.waiting = waiting;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var ending = EscalationModel.ENDING.from(execution);
    waiting.end(number, execution.getProcessDefinitionId());
    if (ending.equals("accepted")) {
      append(
          number, LedgerEntry.of(What.ACCEPTED, EscalationModel.MOVER.from(execution)), execution);
    }
    var isUnresolved = ending.equals("unresolved");
    append(
        number,
        LedgerEntry.of(isUnresolved ? What.CLOSED_UNRESOLVED : What.CLOSED, Actor.SYSTEM)
            .detailing(Map.of("ending", ending)),
        execution);
    cases.changeState(number, isUnresolved ? CaseState.CLOSED_UNRESOLVED : CaseState.CLOSED);
  }

  private void append(CaseNumber number, LedgerEntry.Draft entry, DelegateExecution execution) {
    var tier = cases.require(number).tier();
    ledger.append(number, entry.from(tier).to(tier).under(execution.getProcessDefinitionId()));
  }
}
