package org.escalationpath.survey;

import java.util.HashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Reason;
import org.escalationpath.engine.Published;
import org.springframework.context.annotation.Lazy;

/** Reopens the case with what the customer said on the phone, by the message that starts its path again. */
@Published(
    does = "reopens the case after a call-back",
    readsIfSet = {"note", "toTier"})
class ReopenFromSurvey implements JavaDelegate {

  private final RuntimeService runtime;

  ReopenFromSurvey(@Lazy RuntimeService runtime) {
    this.runtime = runtime;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var variables = new HashMap<String, Object>();
    variables.put(CaseNumber.VARIABLE.name(), number.value());
    variables.put("mover", "customer");
    variables.put("reason", Reason.CUSTOMER_DISSATISFACTION.toString());
    variables.put("note", SurveyModel.NOTE.in(execution).orElse(null));
    variables.put(
        "toTier", SurveyModel.TO_TIER.in(execution).map(Object::toString).orElse(null));
    runtime
        .createMessageCorrelation(SurveyModel.CASE_REOPENED)
        .processInstanceBusinessKey(number.value())
        .setVariables(variables)
        .correlateAll();
  }
}
