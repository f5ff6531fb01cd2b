package org.escalationpath.survey;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Marks an unanswered survey as what the box says: cancelled or expired. */
@Published(
    does = "marks a survey that was not answered",
    inputs = {
      @Published.Input(
          name = "surveyState",
          label = "How it ended",
          choices = {"cancelled", "expired"},
          isRequired = true)
    },
    reads = "surveyId")
class EndSurvey implements JavaDelegate {

  private final Surveys surveys;

  EndSurvey(Surveys surveys) {
    this.surveys = surveys;
  }

  @Override
  public void execute(DelegateExecution execution) {
    surveys.ended(SurveyModel.SURVEY.from(execution), SurveyModel.STATE.from(execution));
  }
}
