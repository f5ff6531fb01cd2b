package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;

/** Gives the phone task whom to call and the message to read out. */
@Published
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
    task.setVariableLocal(
        "brief", brief.length() > 2_000 ? brief.substring(0, 1_999) + "…" : brief);
    task.setVariableLocal("subject", customerCase.subject());
    task.setVariableLocal("customer", customer.name());
    task.setVariableLocal("caseLink", links.to("/cases/" + number));
  }
}
