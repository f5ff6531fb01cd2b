package org.escalationpath.survey;

import java.time.Duration;
import java.time.Instant;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/follow-up-survey.bpmn}. */
@ModelInterface(
    process = SurveyModel.KEY,
    startsWith = {"caseNumber", "surveyId", "ending", "segment", "daysSinceLastSurvey", "repeated"},
    messages = {
      @ModelInterface.Message(name = SurveyModel.SURVEY_ANSWERED),
      @ModelInterface.Message(
          name = SurveyModel.CASE_REOPENED,
          brings = {"mover", "note", "toTier", "reason"})
    })
final class SurveyModel {

  static final String KEY = "follow-up-survey";
  static final String SURVEY_ANSWERED = "surveyAnswered";
  static final String CASE_REOPENED = "caseReopened";

  static final Variable<String> SURVEY = Variable.text("surveyId");
  static final Variable<String> ENDING = Variable.text("ending");
  static final Variable<Boolean> ASK = Variable.flag("ask");
  static final Variable<String> WHY = Variable.text("why");
  static final Variable<Duration> WAIT = Variable.text("surveyWait", Duration::parse);
  static final Variable<Duration> REMINDER = Variable.text("surveyReminder", Duration::parse);
  static final Variable<Duration> EXPIRY = Variable.text("surveyExpiry", Duration::parse);
  static final Variable<Integer> CALL_BACK_AT = Variable.number("callBackAt");
  static final Variable<Duration> CALL_BACK_WITHIN =
      Variable.text("callBackWithin", Duration::parse);
  static final Variable<Instant> SURVEY_AT = Variable.moment("surveyAt");
  static final Variable<Instant> REMINDER_AT = Variable.moment("surveyReminderAt");
  static final Variable<Instant> EXPIRES_AT = Variable.moment("surveyExpiresAt");
  static final Variable<Instant> CALL_BACK_UNTIL = Variable.moment("callBackUntil");
  static final Variable<Integer> RATING = Variable.number("rating");
  static final Variable<Boolean> BAD_RATING = Variable.flag("badRating");
  static final Variable<String> STATE = Variable.text("surveyState");
  static final Variable<String> OUTCOME = Variable.text("outcome");
  static final Variable<String> NOTE = Variable.text("note");
  static final Variable<Tier> TO_TIER = Variable.text("toTier", Tier::of);

  private SurveyModel() {}
}
