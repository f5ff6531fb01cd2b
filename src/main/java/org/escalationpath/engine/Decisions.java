package org.escalationpath.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
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

  private static final int MOST_ANSWERS = 2_000;
  private static final Pattern CLOCK =
      Pattern.compile("\\b(?:now|today|dateTime|currentUser|currentUserGroups)\\s*\\(");

  private final ProcessEngine engine;
  private final Commands commands;
  private final ThreadLocal<String> firedRule = new ThreadLocal<>();
  private final Map<String, Boolean> clockReaders = new ConcurrentHashMap<>();
  private final Map<Question, Answer> answers =
      Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > MOST_ANSWERS;
        }
      });
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

  /** What was asked: of which version of which table. */
  private record Question(String decision, Map<String, Object> inputs) {}

  private record Answer(List<Map<String, Object>> rows, String firstRule) {}

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
        var answer = answer(decision, inputs);
        if (answer.rows().size() > 1) {
          throw new IllegalStateException(answer.rows().size() + " rows apply instead of one");
        }
        return answer.rows().stream()
            .findFirst()
            .map(row -> new Row(row, key + ":" + decision.getVersion() + " " + answer.firstRule()));
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
    return commands.run(() -> answer(latest(key), inputs).rows());
  }

  private DecisionDefinitionEntity latest(String key) {
    return (DecisionDefinitionEntity)
        configuration().getDeploymentCache().findDeployedLatestDecisionDefinitionByKey(key);
  }

  /**
   * A version of a table answers the same question always alike, so it is asked once; unless it looks at the clock. Reading its
   * expressions is what takes long.
   */
  private Answer answer(DecisionDefinitionEntity decision, Map<String, Object> inputs) {
    if (looksAtTheClock(decision.getId())) {
      return evaluate(decision, inputs);
    }
    var question = new Question(decision.getId(), new HashMap<>(inputs));
    var known = answers.get(question);
    if (known == null) {
      known = evaluate(decision, inputs);
      answers.put(question, known);
    }
    return known;
  }

  private boolean looksAtTheClock(String decision) {
    return clockReaders.computeIfAbsent(decision, id -> {
      try (var model = engine.getRepositoryService().getDecisionModel(id)) {
        return CLOCK
            .matcher(new String(model.readAllBytes(), StandardCharsets.UTF_8))
            .find();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private Answer evaluate(DecisionDefinitionEntity decision, Map<String, Object> inputs) {
    var rows = tables()
        .evaluateDecisionTable(decision, Variables.fromMap(inputs).asVariableContext())
        .getResultList()
        .stream()
        .map(Collections::unmodifiableMap)
        .toList();
    return new Answer(rows, firedRule.get());
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
