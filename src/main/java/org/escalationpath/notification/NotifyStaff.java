package org.escalationpath.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Asks for a message to each of the recipients that the box names: {@code tier}, {@code passed-tiers}, {@code
 * assignee} or {@code owner}. With {@code digest} it waits until an outage is caught up with, and goes out in one message. */
@Published(
    does = "asks for messages to staff",
    inputs = {
      @Published.Input(
          name = "template",
          label = "Message",
          does =
              "the name of its text in `notifications.properties`, without `.subject` and `.body`",
          isTemplate = true,
          isRequired = true),
      @Published.Input(
          name = "recipients",
          label = "Who is told",
          does =
              "the people of the tier, those of tiers that were passed, whoever has the task, or the owner of the case",
          choices = {"tier", "passed-tiers", "assignee", "owner"},
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
    readsIfSet = {"tier", "passedTiers", "tierLimitAt"})
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
      case "passed-tiers" -> recipients.passedTiers(execution);
      case "assignee" -> recipients.assignee(execution);
      case "owner" -> recipients.owner(number, execution);
      default ->
        throw new IllegalArgumentException(
            "'%s' are no recipients; use tier, passed-tiers, assignee or owner".formatted(wanted));
    };
    var template = NotificationModel.TEMPLATE.from(execution);
    var isForDigest = NotificationModel.DIGEST.in(execution).orElse(false);
    people.forEach(person -> notifications.tellStaff(
        number, person, template, parameters.of(number, template, execution), isForDigest));
  }
}
