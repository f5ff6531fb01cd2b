package org.escalationpath.survey;

import org.escalationpath.engine.ModelInterface;

/** What Java knows about {@code processes/nps-survey.bpmn}; its variables are those of {@link SurveyModel}. */
@ModelInterface(
    process = NpsSurveyModel.KEY,
    startsWith = {
      "caseNumber",
      "surveyId",
      "segment",
      "preferredChannel",
      "openCases",
      "daysSinceLastSurvey",
      "daysSinceLastNps"
    },
    messages = @ModelInterface.Message(name = SurveyModel.SURVEY_ANSWERED))
final class NpsSurveyModel {

  static final String KEY = "nps-survey";

  private NpsSurveyModel() {}
}
