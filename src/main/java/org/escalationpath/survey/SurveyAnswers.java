package org.escalationpath.survey;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.Commands;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Takes customers' answers. */
@Component
public class SurveyAnswers {

  private final Surveys surveys;
  private final Cases cases;
  private final RuntimeService runtime;
  private final Commands commands;

  SurveyAnswers(Surveys surveys, Cases cases, @Lazy RuntimeService runtime, Commands commands) {
    this.surveys = surveys;
    this.cases = cases;
    this.runtime = runtime;
    this.commands = commands;
  }

  public Survey find(String id) {
    return surveys.require(id);
  }

  /** All surveys about a case, the oldest first. */
  public List<Survey> of(CaseNumber number) {
    return surveys.of(number);
  }

  /**
   * Keeps the answer. The first one goes on with the survey's process; until that has settled the rating, another answer
   * replaces it.
   *
   * @return false if the survey takes no answer any more; nothing is changed then
   */
  public boolean answer(String id, Answer answer) {
    return keep(id, () -> surveys.answered(id, answer));
  }

  /** As {@link #answer(String, Answer)}, of a survey of kind {@link Survey#NPS}. */
  public boolean answer(String id, Recommendation answer) {
    return keep(id, () -> surveys.answered(id, answer));
  }

  private boolean keep(String id, Runnable answered) {
    return commands.run(() -> {
      cases.lock(surveys.require(id).caseNumber());
      var survey = surveys.require(id);
      if (!survey.isOpen()) {
        return false;
      }
      answered.run();
      if (!survey.isAnswered()) {
        runtime
            .createMessageCorrelation(SurveyModel.SURVEY_ANSWERED)
            .processInstanceVariableEquals(SurveyModel.SURVEY.name(), id)
            .correlateAll();
      }
      return true;
    });
  }
}
