package org.escalationpath.notification;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Conversation;
import org.escalationpath.engine.DueDate;
import org.springframework.stereotype.Component;

/** What a message needs of the moment in which it is asked for, since it may be written later. */
@Component
class Parameters {

  static final String TIER = "tier";
  static final String UNTIL = "until";
  static final String MESSAGE = "message";
  static final String SURVEY = "surveyId";

  /** The one message whose date is that of our waiting and not that of the tier, where the box does not name another. */
  private static final String ANSWER_REMINDER = "answer-reminder";

  private final Conversation conversation;

  Parameters(Conversation conversation) {
    this.conversation = conversation;
  }

  Map<String, String> of(CaseNumber number, String template, VariableScope scope) {
    var parameters = new HashMap<String, String>();
    NotificationModel.TIER.in(scope).ifPresent(tier -> parameters.put(TIER, tier.group()));
    NotificationModel.UNTIL
        .in(scope)
        .or(() -> (template.equals(ANSWER_REMINDER)
                ? NotificationModel.ANSWER_LIMIT_AT
                : NotificationModel.TIER_LIMIT_AT)
            .in(scope))
        .filter(until -> !until.equals(DueDate.NEVER))
        .ifPresent(until -> parameters.put(UNTIL, until.toString()));
    NotificationModel.SURVEY.in(scope).ifPresent(survey -> parameters.put(SURVEY, survey));
    conversation.of(number).stream()
        .filter(message -> !message.isFromCustomer() && message.isPublic())
        .reduce((earlier, later) -> later)
        .ifPresent(message -> parameters.put(MESSAGE, String.valueOf(message.id())));
    return parameters;
  }
}
