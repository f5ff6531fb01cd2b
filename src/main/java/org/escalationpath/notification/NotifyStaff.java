package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Asks for a message to each of the recipients that the box names: {@code tier} or {@code assignee}. */
@Published
class NotifyStaff implements JavaDelegate {

  private final Notifications notifications;
  private final Parameters parameters;
  private final Recipients recipients;

  NotifyStaff(Notifications notifications, Parameters parameters, Recipients recipients) {
    this.notifications = notifications;
    this.parameters = parameters;
    this.recipients = recipients;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var wanted = NotificationModel.RECIPIENTS.from(execution);
    var people = switch (wanted) {
      case "tier" -> recipients.tier(execution);
      case "assignee" -> recipients.assignee(execution);
      default ->
        throw new IllegalArgumentException(
            "'%s' are no recipients; use tier or assignee".formatted(wanted));
    };
    var template = NotificationModel.TEMPLATE.from(execution);
    people.forEach(person -> notifications.tellStaff(
        number, person, template, parameters.of(number, template, execution)));
  }
}
