package org.escalationpath.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/customer-notification.bpmn}, and what its steps read of other models. */
@ModelInterface(
    process = NotificationModel.KEY,
    startsWith = {"caseNumber", "notificationId", "recipient", "preferredChannel", "template"},
    topics =
        @ModelInterface.Topic(
            name = NotificationModel.DELIVER,
            does = "sends the message",
            reads = {"notificationId", "firstRetry", "longestRetry", "giveUpAfter"},
            writes = {"delivered", "tryAgain", "nextTryAt"}))
final class NotificationModel {

  static final String KEY = "customer-notification";
  static final String DELIVER = "deliver";

  static final Variable<String> NOTIFICATION = Variable.text("notificationId");
  static final Variable<String> RECIPIENT = Variable.text("recipient");
  static final Variable<String> PREFERRED_CHANNEL = Variable.text("preferredChannel");
  static final Variable<Duration> FIRST_RETRY = Variable.text("firstRetry", Duration::parse);
  static final Variable<Duration> LONGEST_RETRY = Variable.text("longestRetry", Duration::parse);
  static final Variable<Duration> GIVE_UP_AFTER = Variable.text("giveUpAfter", Duration::parse);
  /** What is done for a customer whom no mail reaches: {@link #NOTHING}, or else somebody phones. */
  static final Variable<String> WHEN_UNDELIVERED = Variable.text("whenUndelivered");

  static final String NOTHING = "nothing";
  static final Variable<Boolean> DELIVERED = Variable.flag("delivered");
  static final Variable<Boolean> TRY_AGAIN = Variable.flag("tryAgain");
  static final Variable<Instant> NEXT_TRY_AT = Variable.moment("nextTryAt");
  static final Variable<String> OUTCOME = Variable.text("outcome");
  static final Variable<String> NOTE = Variable.text("note");

  /** Inputs of the steps that ask for messages. */
  static final Variable<String> TEMPLATE = Variable.text("template");

  static final Variable<String> RECIPIENTS = Variable.text("recipients");
  static final Variable<Boolean> DIGEST = Variable.flag("digest");
  static final Variable<Instant> UNTIL = Variable.moment("until");
  static final Variable<String> PASSED_TIERS = Variable.text("passedTiers");
  static final Variable<Tier> TIER = Variable.text("tier", Tier::of);
  static final Variable<Instant> TIER_REMINDER_AT = Variable.moment("tierReminderAt");
  static final Variable<Instant> TIER_REMINDER_2_AT = Variable.moment("tierReminder2At");
  static final Variable<Instant> TIER_REMINDER_3_AT = Variable.moment("tierReminder3At");
  static final Variable<Instant> TIER_LIMIT_AT = Variable.moment("tierLimitAt");
  static final Variable<Instant> ANSWER_LIMIT_AT = Variable.moment("answerLimitAt");
  static final Variable<String> SURVEY = Variable.text("surveyId");

  private NotificationModel() {}

  /** The latest of the reminders that the policy has set that has come by {@code now}. */
  static Optional<Instant> latestReminder(VariableScope scope, Instant now) {
    return Stream.of(TIER_REMINDER_AT, TIER_REMINDER_2_AT, TIER_REMINDER_3_AT)
        .flatMap(variable -> variable.in(scope).stream())
        .filter(at -> !at.isAfter(now))
        .max(Comparator.naturalOrder());
  }
}
