package org.escalationpath.escalation;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.TaskCheck;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Checks what a tier submits: an outcome, and what that outcome needs. */
@Component
class OutcomeCheck implements TaskCheck {

  static final int LONGEST_NOTE = 2_000;
  static final int LONGEST_SOLUTION = 4_000;

  private static final String PREFIX = "userTask_resolveAt";
  private static final Set<String> FIELDS =
      Set.of("outcome", "reason", "note", "toTier", "solution");

  private final Tiers tiers;
  private final Cases cases;
  private final RuntimeService runtime;
  private final Commands commands;

  OutcomeCheck(Tiers tiers, Cases cases, @Lazy RuntimeService runtime, Commands commands) {
    this.tiers = tiers;
    this.cases = cases;
    this.runtime = runtime;
    this.commands = commands;
  }

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    if (!task.getTaskDefinitionKey().startsWith(PREFIX)) {
      return;
    }
    check(tierOf(task), submitted);
  }

  private Tier tierOf(Task task) {
    var number = commands.run(() ->
        (String) runtime.getVariable(task.getProcessInstanceId(), CaseNumber.VARIABLE.name()));
    var tier = cases.require(CaseNumber.of(number)).tier();
    return tier == null ? tiers.lowest() : tier;
  }

  private void check(Tier tier, Map<String, Object> submitted) {
    TaskCheck.refuseOthers(submitted, FIELDS);
    checkWhateverIsThere(submitted);
    var outcome = FreeText.require("outcome", submitted.get("outcome"), 20);
    switch (outcome) {
      case "resolve" -> FreeText.require("solution", submitted.get("solution"), LONGEST_SOLUTION);
      case "escalate" -> {
        Reason.of(FreeText.require("reason", submitted.get("reason"), 40));
        FreeText.require("note", submitted.get("note"), LONGEST_NOTE);
        checkTarget(tier, submitted, 1);
      }
      case "return" -> {
        FreeText.require("note", submitted.get("note"), LONGEST_NOTE);
        checkTarget(tier, submitted, -1);
      }
      default ->
        throw new IllegalArgumentException(
            "'%s' is no outcome; use one of resolve, escalate, return".formatted(outcome));
    }
  }

  /** Also what the outcome does not need becomes a variable, and must be fit for one. */
  private void checkWhateverIsThere(Map<String, Object> submitted) {
    FreeText.optional("solution", submitted.get("solution"), LONGEST_SOLUTION);
    FreeText.optional("note", submitted.get("note"), LONGEST_NOTE);
    var reason = FreeText.optional("reason", submitted.get("reason"), 40);
    if (reason != null) {
      Reason.of(reason);
    }
    FreeText.optional("toTier", submitted.get("toTier"), 64);
  }

  /** @param direction 1 for up, -1 for down */
  private void checkTarget(Tier tier, Map<String, Object> submitted, int direction) {
    var word = direction > 0 ? "above" : "below";
    var target = FreeText.optional("toTier", submitted.get("toTier"), 64);
    if (target == null) {
      var neighbour = direction > 0 ? tiers.above(tier) : tiers.below(tier);
      neighbour.orElseThrow(() -> new IllegalArgumentException(
          "There is no tier %s %s; choose another outcome".formatted(word, tier)));
    } else if (!tiers.exists(Tier.of(target))
        || tiers.compare(Tier.of(target), tier) * direction <= 0) {
      throw new IllegalArgumentException("'%s' is no tier %s %s; choose one of %s"
          .formatted(
              target,
              word,
              tier,
              tiers.all().stream()
                  .filter(each -> tiers.compare(each, tier) * direction > 0)
                  .toList()));
    }
  }
}
