package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Asks for a message to the customer, by the template that the box names. */
@Published
class NotifyCustomer implements JavaDelegate {

  private final Notifications notifications;
  private final Parameters parameters;

  NotifyCustomer(Notifications notifications, Parameters parameters) {
    this.notifications = notifications;
    this.parameters = parameters;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var template = NotificationModel.TEMPLATE.from(execution);
    notifications.tellCustomer(
        number,
        template,
        parameters.of(number, template, execution),
        NotificationModel.DIGEST.in(execution).orElse(false));
  }
}
