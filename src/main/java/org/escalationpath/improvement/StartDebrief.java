package org.escalationpath.improvement;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;
import org.springframework.context.annotation.Lazy;

/** Starts the internal debrief, which decides by policy whether one is held. */
@Published(does = "starts the internal debrief, which decides by policy whether one is held")
class StartDebrief implements JavaDelegate {

  private final RuntimeService runtime;

  StartDebrief(@Lazy RuntimeService runtime) {
    this.runtime = runtime;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution).value();
    runtime.startProcessInstanceByKey(
        DebriefModel.KEY, number, Map.of(CaseNumber.VARIABLE.name(), number));
  }
}
