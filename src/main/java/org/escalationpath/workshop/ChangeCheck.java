package org.escalationpath.workshop;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.TaskCheck;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What may be answered about a change, and that whoever decides about it did not propose it. */
@Component
class ChangeCheck implements TaskCheck {

  private static final int LONGEST_NOTE = 2000;

  private final RuntimeService runtime;
  private final ProcedureChanges changes;
  private final Actor actor;

  ChangeCheck(@Lazy RuntimeService runtime, ProcedureChanges changes, Actor actor) {
    this.changes = changes;
    this.runtime = runtime;
    this.actor = actor;
  }

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    switch (task.getTaskDefinitionKey()) {
      case ChangeModel.APPROVE -> approval(task, submitted);
      case ChangeModel.REVIEW -> {
        TaskCheck.refuseOthers(submitted, Set.of("outcome", "note"));
        oneOf(submitted.get("outcome"), Set.of("keep", "take-back", "look-again"));
        FreeText.require("note", submitted.get("note"), LONGEST_NOTE);
      }
      case ChangeModel.READ -> TaskCheck.refuseOthers(submitted, Set.of());
      default -> {
        // another process's task
      }
    }
  }

  private void approval(Task task, Map<String, Object> submitted) {
    var change = changes.find(
        String.valueOf(runtime.getVariable(task.getExecutionId(), ChangeModel.CHANGE.name())));
    if (change.filter(each -> !actor.name().equals(each.proposedBy())).isEmpty()) {
      throw new IllegalArgumentException(RefuseProposer.WHY);
    }
    TaskCheck.refuseOthers(submitted, Set.of("outcome", "note"));
    oneOf(submitted.get("outcome"), Set.of("approve", "reject"));
    if ("reject".equals(submitted.get("outcome"))) {
      FreeText.require("note", submitted.get("note"), LONGEST_NOTE);
    } else {
      FreeText.optional("note", submitted.get("note"), LONGEST_NOTE);
    }
  }

  private static void oneOf(@org.jspecify.annotations.Nullable Object value, Set<String> allowed) {
    if (!(value instanceof String text) || !allowed.contains(text)) {
      throw new IllegalArgumentException(
          "'outcome' must be one of " + allowed.stream().sorted().toList());
    }
  }
}
