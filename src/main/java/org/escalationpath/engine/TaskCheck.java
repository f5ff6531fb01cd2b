package org.escalationpath.engine;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.task.Task;

/**
 * A look at what a person submits with a task, before the engine acts, so that the answer to a mistake is a sentence and
 * not a server error. Every check is asked about every task, whichever way the task is completed.
 */
public interface TaskCheck {

  /**
   * @param task the task about to be completed
   * @param submitted what the form or the client sends, by variable name
   * @throws IllegalArgumentException saying what to change; REST and Tasklist answer 400 with it
   */
  void check(Task task, Map<String, Object> submitted);

  /** @throws IllegalArgumentException if anything is submitted that the form has no field for */
  static void refuseOthers(Map<String, Object> submitted, Set<String> fields) {
    submitted.keySet().stream()
        .filter(field -> !fields.contains(field))
        .findFirst()
        .ifPresent(field -> {
          throw new IllegalArgumentException("There is no field '" + field + "'; remove it");
        });
  }
}
