package org.escalationpath.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All checks of submitted forms, found late because the engine is built before the steps that bring them. */
@Component
class Checks {

  private static final String BRIEF = "brief";

  private final ObjectProvider<TaskCheck> taskChecks;
  private final ObjectProvider<StartCheck> startChecks;

  Checks(ObjectProvider<TaskCheck> taskChecks, ObjectProvider<StartCheck> startChecks) {
    this.taskChecks = taskChecks;
    this.startChecks = startChecks;
  }

  /** The submission without the brief, which a form only shows and Tasklist sends back all the same. */
  static @Nullable Map<String, Object> withoutBrief(@Nullable Map<String, Object> submitted) {
    if (submitted == null || !submitted.containsKey(BRIEF)) {
      return submitted;
    }
    var rest = new HashMap<>(submitted);
    rest.remove(BRIEF);
    return rest;
  }

  /** A task that is gone or not the caller's is left to the engine, which answers that itself. */
  void beforeCompletion(TaskService tasks, String taskId, Map<String, Object> submitted) {
    var task = taskId == null ? null : tasks.createTaskQuery().taskId(taskId).singleResult();
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
      refuseMistakes(() -> startChecks.forEach(
          check -> check.check(definition.getKey(), submitted == null ? Map.of() : submitted)));
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
