package org.escalationpath.survey;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.TaskCheck;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Checks what somebody submits who has called a dissatisfied customer back. */
@Component
class CallBackCheck implements TaskCheck {

  private static final Set<String> FIELDS = Set.of("outcome", "note", "toTier");

  private final RuntimeService runtime;
  private final Cases cases;
  private final Tiers tiers;
  private final Commands commands;

  CallBackCheck(@Lazy RuntimeService runtime, Cases cases, Tiers tiers, Commands commands) {
    this.runtime = runtime;
    this.cases = cases;
    this.tiers = tiers;
    this.commands = commands;
  }

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    if (!task.getTaskDefinitionKey().equals("userTask_callCustomerBack")) {
      return;
    }
    TaskCheck.refuseOthers(submitted, FIELDS);
    FreeText.require("note", submitted.get("note"), 2_000);
    checkTier(submitted);
    switch (FreeText.require("outcome", submitted.get("outcome"), 20)) {
      case "settled" -> {}
      case "reopen" -> checkReopening(task);
      default -> throw new IllegalArgumentException("The outcome must be settled or reopen");
    }
  }

  private void checkTier(Map<String, Object> submitted) {
    var toTier = FreeText.optional("toTier", submitted.get("toTier"), 64);
    if (toTier != null && !tiers.exists(Tier.of(toTier))) {
      throw new IllegalArgumentException(
          "'%s' is no tier; use one of %s".formatted(toTier, tiers.all()));
    }
  }

  private void checkReopening(Task task) {
    var number = commands.run(() ->
        (String) runtime.getVariable(task.getProcessInstanceId(), CaseNumber.VARIABLE.name()));
    if (!cases.require(CaseNumber.of(number)).state().isEnded()) {
      throw new IllegalArgumentException(
          "The case has been reopened already; choose settled and say what you agreed with the customer");
    }
  }
}
