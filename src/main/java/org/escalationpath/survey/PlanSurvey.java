package org.escalationpath.survey;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Works out when to ask, to remind and to stop waiting; writes down a survey that is not sent, and why. */
@Published(
    does = "works out when to ask, remind and stop",
    reads = {"surveyId", "ask", "why", "surveyWait", "surveyExpiry"},
    readsIfSet = "surveyReminder",
    writes = {"surveyAt", "surveyReminderAt", "surveyExpiresAt"})
class PlanSurvey implements JavaDelegate {

  private final Surveys surveys;
  private final Clock clock;

  PlanSurvey(Surveys surveys, Clock clock) {
    this.surveys = surveys;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    if (!SurveyModel.ASK.from(execution)) {
      surveys.suppressed(SurveyModel.SURVEY.from(execution), SurveyModel.WHY.from(execution));
      return;
    }
    var askAt = clock.instant().plus(SurveyModel.WAIT.from(execution));
    surveys.planned(SurveyModel.SURVEY.from(execution), askAt);
    SurveyModel.SURVEY_AT.set(execution, askAt);
    SurveyModel.REMINDER
        .in(execution)
        .ifPresent(after -> SurveyModel.REMINDER_AT.set(execution, askAt.plus(after)));
    SurveyModel.EXPIRES_AT.set(execution, askAt.plus(SurveyModel.EXPIRY.from(execution)));
  }
}
