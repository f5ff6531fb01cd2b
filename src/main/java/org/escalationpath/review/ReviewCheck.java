package org.escalationpath.review;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.TaskCheck;
import org.springframework.stereotype.Component;

/** Checks what is submitted with a review; its improvement actions are checked as those of a debrief. */
@Component
class ReviewCheck implements TaskCheck {

  private static final Set<String> FIELDS = Set.of(
      "conclusion",
      "action1",
      "owner1",
      "due1",
      "action2",
      "owner2",
      "due2",
      "action3",
      "owner3",
      "due3");

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    if (task.getTaskDefinitionKey().equals(ReviewModel.TASK)) {
      TaskCheck.refuseOthers(submitted, FIELDS);
      FreeText.require("conclusion", submitted.get("conclusion"), 4_000);
    }
  }
}
