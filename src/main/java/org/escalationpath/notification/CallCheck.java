package org.escalationpath.notification;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.TaskCheck;
import org.springframework.stereotype.Component;

/** Checks what somebody submits who has called a customer. */
@Component
class CallCheck implements TaskCheck {

  private static final Set<String> FIELDS = Set.of("outcome", "note");
  private static final Set<String> OUTCOMES = Set.of("reached", "not-reached");

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    if (!task.getTaskDefinitionKey().equals("userTask_reachCustomerByPhone")) {
      return;
    }
    TaskCheck.refuseOthers(submitted, FIELDS);
    if (!OUTCOMES.contains(FreeText.require("outcome", submitted.get("outcome"), 20))) {
      throw new IllegalArgumentException("The outcome must be reached or not-reached");
    }
    FreeText.optional("note", submitted.get("note"), 2_000);
  }
}
