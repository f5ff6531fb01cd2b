package org.escalationpath.notification;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Conversation;
import org.springframework.stereotype.Component;

/** What a message needs of the moment in which it is asked for, since it may be written later. */
@Component
class Parameters {

  static final String TIER = "tier";
  static final String UNTIL = "until";
  static final String TEXT = "text";
  static final String SURVEY = "surveyId";

  private final Conversation conversation;

  Parameters(Conversation conversation) {
    this.conversation = conversation;
  }

  Map<String, String> of(CaseNumber number, VariableScope scope) {
    var parameters = new HashMap<String, String>();
    NotificationModel.TIER.in(scope).ifPresent(tier -> parameters.put(TIER, tier.group()));
    NotificationModel.ANSWER_LIMIT_AT
        .in(scope)
        .or(() -> NotificationModel.TIER_LIMIT_AT.in(scope))
        .ifPresent(until -> parameters.put(UNTIL, until.toString()));
    NotificationModel.SURVEY.in(scope).ifPresent(survey -> parameters.put(SURVEY, survey));
    lastPublicReply(number, parameters);
    return parameters;
  }

  private void lastPublicReply(CaseNumber number, Map<String, String> parameters) {
    conversation.of(number).stream()
        .filter(message -> !message.isFromCustomer() && message.isPublic())
        .reduce((earlier, later) -> later)
        .ifPresent(message -> parameters.put(TEXT, message.text()));
  }
}
