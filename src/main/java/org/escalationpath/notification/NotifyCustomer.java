package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Asks for a message to the customer, by the template that the box names. */
@Published(
    does = "asks for a message to the customer",
    inputs = {
      @Published.Input(
          name = "template",
          label = "Message",
          does =
              "the name of its text in `notifications.properties`, without `.subject` and `.body`",
          isTemplate = true,
          isRequired = true),
      @Published.Input(
          name = "until",
          label = "Names the date",
          does = "a date that the message tells, like ${tierLimitAt}"),
      @Published.Input(
          name = "digest",
          label = "Waits for a digest",
          does =
              "whether it waits until an outage is caught up with and is told together with others, like ${late}")
    },
    readsIfSet = {"tier", "passedTiers", "tierLimitAt", "answerLimitAt", "surveyId"})
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
