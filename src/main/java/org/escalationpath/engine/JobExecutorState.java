package org.escalationpath.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Whether this node's job executor runs, without which no limit passes. */
@Component
public class JobExecutorState {

  private final ProcessEngine engine;

  JobExecutorState(@Lazy ProcessEngine engine) {
    this.engine = engine;
  }

  public boolean isRunning() {
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    return configuration.getJobExecutor() != null
        && configuration.getJobExecutor().isActive();
  }
}
