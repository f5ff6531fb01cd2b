package org.escalationpath.improvement;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.TaskCheck;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Checks what is submitted with a debrief and with an improvement action. */
@Component
class DebriefCheck implements TaskCheck {

  private static final Set<String> DEBRIEF_FIELDS = Set.of(
      "theme",
      "avoidable",
      "whatHappened",
      "whatToChange",
      "action1",
      "owner1",
      "due1",
      "action2",
      "owner2",
      "due2",
      "action3",
      "owner3",
      "due3");
  private static final Set<String> IMPROVEMENT_FIELDS = Set.of("outcome", "note", "realisedBy");

  private final IdentityService identities;
  private final Commands commands;
  private final Debriefs debriefs;

  DebriefCheck(@Lazy IdentityService identities, Commands commands, Debriefs debriefs) {
    this.debriefs = debriefs;
    this.identities = identities;
    this.commands = commands;
  }

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    switch (task.getTaskDefinitionKey()) {
      case "userTask_holdDebrief" -> checkDebrief(submitted);
      case "userTask_improve" -> checkImprovement(submitted);
      case "userTask_examineCase", "userTask_holdReview" -> checkActions(submitted);
      default -> {}
    }
  }

  private void checkDebrief(Map<String, Object> submitted) {
    TaskCheck.refuseOthers(submitted, DEBRIEF_FIELDS);
    FreeText.requireLine("theme", submitted.get("theme"), 60);
    if (!Set.of("yes", "no")
        .contains(FreeText.require("avoidable", submitted.get("avoidable"), 3))) {
      throw new IllegalArgumentException("'avoidable' must be yes or no");
    }
    FreeText.require("whatHappened", submitted.get("whatHappened"), 4_000);
    FreeText.optional("whatToChange", submitted.get("whatToChange"), 4_000);
    checkActions(submitted);
  }

  private void checkActions(Map<String, Object> submitted) {
    for (var action : DebriefForm.actions(submitted)) {
      if (commands.run(() -> identities.createUserQuery().userId(action.owner()).count()) == 0) {
        throw new IllegalArgumentException(
            "There is nobody with the user name '" + action.owner() + "'");
      }
    }
  }

  private void checkImprovement(Map<String, Object> submitted) {
    TaskCheck.refuseOthers(submitted, IMPROVEMENT_FIELDS);
    if (!Set.of("done", "dropped")
        .contains(FreeText.require("outcome", submitted.get("outcome"), 20))) {
      throw new IllegalArgumentException("The outcome must be done or dropped");
    }
    FreeText.require("note", submitted.get("note"), 2_000);
    var version = FreeText.optional("realisedBy", submitted.get("realisedBy"), 255);
    if (version != null) {
      debriefs.since(version);
    }
  }
}
