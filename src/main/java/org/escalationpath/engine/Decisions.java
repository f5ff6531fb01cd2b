package org.escalationpath.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks the owners' decision tables, always in their latest version, for whoever is signed in. */
@Component
public class Decisions {

  private final DecisionService service;
  private final Commands commands;

  Decisions(@Lazy DecisionService service, Commands commands) {
    this.service = service;
    this.commands = commands;
  }

  /**
   * The one row of decision table {@code key} that applies, its outputs by name.
   *
   * @throws IllegalStateException if no row applies, naming the table and the inputs
   */
  public Map<String, Object> row(String key, Map<String, Object> inputs) {
    var result = commands.run(() -> service.evaluateDecisionTableByKey(key, inputs));
    if (result.isEmpty()) {
      throw new IllegalStateException(
          "Decision table '" + key + "' has no row for " + inputs + "; add one");
    }
    return result.getSingleResult().getEntryMap();
  }

  /** All rows of decision table {@code key} that apply, in the table's order. */
  public List<Map<String, Object>> rows(String key, Map<String, Object> inputs) {
    return commands.run(() -> service.evaluateDecisionTableByKey(key, inputs).getResultList());
  }
}
