package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Tells the customer that the case is with us, and writes that into the ledger. */
@Published(does = "tells the customer that the case is with us, its number and where to follow it")
class AcknowledgeCase implements JavaDelegate {

  private static final String TEMPLATE = "case-acknowledged";

  private final Notifications notifications;
  private final Parameters parameters;
  private final Ledger ledger;

  AcknowledgeCase(Notifications notifications, Parameters parameters, Ledger ledger) {
    this.notifications = notifications;
    this.parameters = parameters;
    this.ledger = ledger;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    notifications.tellCustomer(number, TEMPLATE, parameters.of(number, TEMPLATE, execution), false);
    ledger.append(
        number,
        LedgerEntry.of(What.ACKNOWLEDGED, Actor.SYSTEM).under(execution.getProcessDefinitionId()));
  }
}
