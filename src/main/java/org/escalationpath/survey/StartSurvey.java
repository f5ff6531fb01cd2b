package org.escalationpath.survey;

import java.util.HashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.Published;
import org.springframework.context.annotation.Lazy;

/** Starts the follow-up survey about the case that closes now. */
@Published(does = "starts the follow-up survey", reads = "ending")
class StartSurvey implements JavaDelegate {

  private final Cases cases;
  private final Surveys surveys;
  private final RuntimeService runtime;

  StartSurvey(Cases cases, Surveys surveys, @Lazy RuntimeService runtime) {
    this.cases = cases;
    this.surveys = surveys;
    this.runtime = runtime;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var customerCase = cases.lock(number);
    var isRepeated = !surveys.of(number).stream().allMatch(Survey::isNps);
    var variables = new HashMap<String, Object>();
    variables.put(CaseNumber.VARIABLE.name(), number.value());
    variables.put(SurveyModel.SURVEY.name(), surveys.plan(customerCase));
    variables.put(SurveyModel.ENDING.name(), SurveyModel.ENDING.from(execution));
    variables.put("segment", customerCase.customer().segment());
    variables.put("daysSinceLastSurvey", surveys.daysSinceLast(customerCase).orElse(null));
    variables.put("repeated", isRepeated);
    runtime.startProcessInstanceByKey(SurveyModel.KEY, number.value(), variables);
  }
}
