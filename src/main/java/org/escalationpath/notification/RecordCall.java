package org.escalationpath.notification;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Writes into the ledger whether the customer was reached by phone. */
@Published(
    does = "writes down a phone call",
    reads = {"notificationId", "outcome"},
    readsIfSet = "note")
class RecordCall implements JavaDelegate {

  private final Notifications notifications;
  private final Ledger ledger;
  private final Actor actor;

  RecordCall(Notifications notifications, Ledger ledger, Actor actor) {
    this.notifications = notifications;
    this.ledger = ledger;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var id = NotificationModel.NOTIFICATION.from(execution);
    var wasReached = NotificationModel.OUTCOME.from(execution).equals("reached");
    ledger.append(
        CaseNumber.VARIABLE.from(execution),
        LedgerEntry.of(wasReached ? What.MESSAGE_SENT : What.NOTE_ADDED, actor.name())
            .noting(NotificationModel.NOTE.in(execution).orElse(null))
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of(
                "channel",
                "phone",
                "template",
                notifications.require(id).template(),
                "reached",
                wasReached)));
    if (wasReached) {
      notifications.delivered(id, "phone");
    } else {
      notifications.undelivered(id, "phone");
    }
  }
}
