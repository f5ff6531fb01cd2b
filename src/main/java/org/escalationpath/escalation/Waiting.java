package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.springframework.stereotype.Component;

/** The end of a wait for the customer, whether by an answer or because the case moved on without one. */
@Component
class Waiting {

  private final Cases cases;
  private final Ledger ledger;

  Waiting(Cases cases, Ledger ledger) {
    this.cases = cases;
    this.ledger = ledger;
  }

  /** Ends the wait of the case, if it waits. */
  void end(CaseNumber number, DelegateExecution execution) {
    var customerCase = cases.lock(number);
    if (customerCase.state() == CaseState.WAITING) {
      ledger.append(
          number,
          LedgerEntry.of(What.RESUMED, Actor.SYSTEM)
              .from(customerCase.tier())
              .to(customerCase.tier())
              .under(execution.getProcessDefinitionId()));
      cases.changeState(number, CaseState.OPEN);
    }
  }
}
