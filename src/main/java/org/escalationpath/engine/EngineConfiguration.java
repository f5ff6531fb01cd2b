package org.escalationpath.engine;

import java.util.ArrayList;
import java.util.List;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the engine is told in Java because no setting says it; the rest is in {@code application.yaml}. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EngineConfiguration extends AbstractProcessEnginePlugin {

  private final ApplicationContext context;
  private final Checks checks;
  private final DeploymentDoor door;

  EngineConfiguration(ApplicationContext context, Checks checks, DeploymentDoor door) {
    this.context = context;
    this.checks = checks;
    this.door = door;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setIdGenerator(new TimeOrderedIds());
    engine.setExpressionManager(new GuardedExpressions(new PublishedBeans(context)));
    engine.setTaskService(new CheckedTaskService(checks));
    engine.setFormService(
        new CheckedFormService(checks, engine.getTaskService(), engine.getRepositoryService()));
    engine.setCustomPreDeployers(new ArrayList<>(List.of(door)));
    engine.setEnableDefaultDbHistoryEventHandler(false);
    engine.setCustomHistoryEventHandlers(
        List.of(new HistoryWithoutTexts(), new ChangesByHand(context)));
    // so that what nobody signed in has done is noticed too
    engine.setRestrictUserOperationLogToAuthenticatedUsers(false);
    engine.setFailedJobCommandFactory(new RetriesKeepDates());
    withoutScripts(engine);
  }

  /** A manager that looks for script engines nowhere finds none, whatever lies on the class path. */
  private static void withoutScripts(ProcessEngineConfigurationImpl engine) {
    engine.setScriptEngineResolver(new DefaultScriptEngineResolver(new ScriptEngineManager(null) {
      @Override
      public javax.script.ScriptEngine getEngineByName(String name) {
        return null;
      }
    }));
  }
}
