package org.escalationpath.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Runs what a person wants as one engine command: one transaction with our own tables, recorded in the operation log under the
 * signed-in person, and without the engine's authorizations, because our own rights have been checked and are finer.
 */
@Component
public class Commands {

  private final ProcessEngine engine;

  Commands(@Lazy ProcessEngine engine) {
    this.engine = engine;
  }

  public <T> T run(Supplier<T> command) {
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    return configuration
        .getCommandExecutorTxRequired()
        .execute(context -> context.runWithoutAuthorization(command::get));
  }

  public void run(Runnable command) {
    run(() -> {
      command.run();
      return true;
    });
  }
}
