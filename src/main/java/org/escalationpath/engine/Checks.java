package org.escalationpath.engine;

import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All checks of submitted forms, found late because the engine is built before the steps that bring them. */
@Component
class Checks {

  private final ObjectProvider<TaskCheck> taskChecks;
  private final ObjectProvider<StartCheck> startChecks;

  Checks(ObjectProvider<TaskCheck> taskChecks, ObjectProvider<StartCheck> startChecks) {
    this.taskChecks = taskChecks;
    this.startChecks = startChecks;
  }

  /** A task that is gone or not the caller's is left to the engine, which answers that itself. */
  void beforeCompletion(TaskService tasks, String taskId, Map<String, Object> submitted) {
    var task = taskId == null
        ? null
        : tasks.createTaskQuery().taskId(taskId).initializeFormKeys().singleResult();
    if (task != null) {
      refuseMistakes(() ->
          taskChecks.forEach(check -> check.check(task, submitted == null ? Map.of() : submitted)));
    }
  }

  void beforeStart(
      RepositoryService repository, String processDefinitionId, Map<String, Object> submitted) {
    var definition = repository
        .createProcessDefinitionQuery()
        .processDefinitionId(processDefinitionId)
        .singleResult();
    if (definition != null) {
      startChecks.forEach(
          check -> check.check(definition.getKey(), submitted == null ? Map.of() : submitted));
    }
  }

  private static void refuseMistakes(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException mistake) {
      throw new Refused(mistake);
    }
  }
}
