package org.escalationpath.auditor;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.escalationpath.cases.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Findings as incidents of the engine, so that Cockpit shows them where the case waits. */
@Component
class Incidents {

  static final String TYPE = "escalationAuditor";

  private final RuntimeService runtime;

  Incidents(@Lazy RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Returns the incident's id; null where the case has no path to hang it on. */
  @Nullable
  String raise(CaseNumber number, String kind, String text) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .list()
        .stream()
        .findFirst()
        .map(path -> leaf(runtime.getActivityInstance(path.getId())))
        .map(leaf ->
            runtime.createIncident(TYPE, leaf.getExecutionIds()[0], kind, text).getId())
        .orElse(null);
  }

  private static ActivityInstance leaf(ActivityInstance instance) {
    var children = instance.getChildActivityInstances();
    return children.length == 0 ? instance : leaf(children[0]);
  }

  /** The incident may be gone with the place where it hung. */
  void resolve(@Nullable String incident) {
    if (incident != null && runtime.createIncidentQuery().incidentId(incident).count() > 0) {
      runtime.resolveIncident(incident);
    }
  }
}
