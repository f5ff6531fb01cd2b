package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the phone task whom to call and the message to read out. */
@Published(
    does = "writes the message that is read out on the phone (create)",
    reads = "notificationId",
    writes = "brief")
class WriteMessageToRead implements TaskListener {

  private final Cases cases;
  private final Notifications notifications;
  private final Renderer renderer;
  private final Links links;

  WriteMessageToRead(Cases cases, Notifications notifications, Renderer renderer, Links links) {
    this.cases = cases;
    this.notifications = notifications;
    this.renderer = renderer;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var number = CaseNumber.VARIABLE.from(task);
    var customerCase = cases.require(number);
    var customer = customerCase.customer();
    var message = renderer.spoken(notifications.require(NotificationModel.NOTIFICATION.from(task)));
    var brief = "Case %s: %s\nCall %s at %s\n\nTell them:\n%s"
        .formatted(
            number,
            customerCase.subject(),
            customer.name(),
            customer.phone() == null
                ? "(no number known; e-mail " + customer.email() + ")"
                : customer.phone(),
            message);
    TaskTexts.show(
        task, brief, customerCase.title(), customer.name(), links.to("/cases/" + number));
  }
}
