package org.escalationpath.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionEntity;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Asks the owners' decision tables, always in their latest version, for whoever is signed in. Nothing is written into the
 * engine's history: these tables are asked many times for each case, and whoever freezes an answer keeps its {@link Row#source}.
 */
@Component
public class Decisions {

  private final ProcessEngine engine;
  private final Commands commands;
  private final ThreadLocal<String> firedRule = new ThreadLocal<>();
  private volatile DmnEngine tables;

  Decisions(@Lazy ProcessEngine engine, Commands commands) {
    this.engine = engine;
    this.commands = commands;
  }

  /**
   * A row that applies.
   *
   * @param values its outputs by name
   * @param source which row of which version it is: {@code service-levels:3 rule_service-levels_12}
   */
  public record Row(Map<String, Object> values, String source) {}

  /**
   * The one row of decision table {@code key} that applies; nothing if none does.
   *
   * @throws IllegalStateException if there is no such table, or more than one row applies
   */
  public Optional<Row> find(String key, Map<String, Object> inputs) {
    var mistake = new AtomicReference<RuntimeException>();
    var found = commands.run(() -> {
      try {
        var decision = latest(key);
        var result = evaluate(decision, inputs);
        return result.isEmpty()
            ? Optional.<Row>empty()
            : Optional.of(new Row(
                result.getSingleResult().getEntryMap(),
                key + ":" + decision.getVersion() + " " + firedRule.get()));
      } catch (RuntimeException e) {
        // thrown here it would doom the caller's transaction, who may want to go on without an
        // answer
        mistake.set(e);
        return Optional.<Row>empty();
      }
    });
    if (mistake.get() != null) {
      throw new IllegalStateException(
          "Decision table '%s' cannot be evaluated for %s: %s"
              .formatted(key, inputs, mistake.get().getMessage()),
          mistake.get());
    }
    return found;
  }

  /** All rows of decision table {@code key} that apply, in the table's order. */
  public List<Map<String, Object>> rows(String key, Map<String, Object> inputs) {
    return commands.run(() -> evaluate(latest(key), inputs).getResultList());
  }

  private DecisionDefinitionEntity latest(String key) {
    return (DecisionDefinitionEntity)
        configuration().getDeploymentCache().findDeployedLatestDecisionDefinitionByKey(key);
  }

  private DmnDecisionTableResult evaluate(
      DecisionDefinitionEntity decision, Map<String, Object> inputs) {
    return tables().evaluateDecisionTable(decision, Variables.fromMap(inputs).asVariableContext());
  }

  /** As the engine's own, with its guarded expressions and without scripts, but without its history. */
  private DmnEngine tables() {
    if (tables == null) {
      var guarded = configuration().getDmnEngineConfiguration();
      var own = (DefaultDmnEngineConfiguration)
          DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
      own.setElProvider(guarded.getElProvider());
      own.setScriptEngineResolver(guarded.getScriptEngineResolver());
      own.getCustomPostDecisionTableEvaluationListeners().add(this::remember);
      tables = own.buildEngine();
    }
    return tables;
  }

  private void remember(DmnDecisionTableEvaluationEvent event) {
    var rules = event.getMatchingRules();
    firedRule.set(rules.isEmpty() ? "" : rules.get(0).getId());
  }

  private ProcessEngineConfigurationImpl configuration() {
    return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
  }
}
