package org.escalationpath.engine;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.cfg.DefaultBpmnParseFactory;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;

/** What the engine itself says to a BPMN file when it reads it, without deploying it and without a running engine. */
public final class EngineParse {

  private EngineParse() {}

  /** @param line where in the file, from 1; 0 if that is not known */
  public record Problem(String message, String elementId, int line) {}

  /** Why the engine would refuse the file; nothing if it would take it. */
  public static List<Problem> problems(String file, byte[] bpmn) {
    var engine = configuration();
    Context.setProcessEngineConfiguration(engine);
    try {
      new BpmnParser(engine.getExpressionManager(), new DefaultBpmnParseFactory())
          .createParse()
          .sourceInputStream(new ByteArrayInputStream(bpmn))
          .deployment(new DeploymentEntity())
          .name(file)
          .execute();
      return List.of();
    } catch (ParseException e) {
      return e.getResorceReports().stream()
          .flatMap(report -> report.getErrors().stream())
          .map(problem -> new Problem(
              problem.getMessage(),
              problem.getMainElementId() == null ? "" : problem.getMainElementId(),
              Math.max(0, problem.getLine())))
          .toList();
    } catch (ProcessEngineException e) {
      return List.of(new Problem(String.valueOf(e.getMessage()), "", 0));
    } finally {
      Context.removeProcessEngineConfiguration();
    }
  }

  private static ProcessEngineConfigurationImpl configuration() {
    var engine = new StandaloneInMemProcessEngineConfiguration();
    engine.setExpressionManager(new GuardedExpressions(new CompositeELResolver()));
    return engine;
  }
}
