package org.escalationpath.engine;

import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.VariableMap;

/**
 * The engine's task service, which asks our checks before a task is completed, refuses the ways out that no model draws, and
 * closes CVE-2026-109432: expressions inside {@code orQueries} passed the ban on expressions in ad-hoc queries. A validator
 * does it, not a subclass of the query, because Tasklist cannot extend a filter with a query of another class.
 */
class CheckedTaskService extends TaskServiceImpl {

  private final Checks checks;

  CheckedTaskService(Checks checks) {
    this.checks = checks;
  }

  @Override
  public TaskQuery createTaskQuery() {
    var query = new TaskQueryImpl(commandExecutor);
    query.addValidator(CheckedTaskService::refuseExpressionsInOrQueries);
    return query;
  }

  private static void refuseExpressionsInOrQueries(
      org.camunda.bpm.engine.impl.AbstractQuery<?, ?> query) {
    for (var part : ((TaskQueryImpl) query).getQueries()) {
      if (part != query && !part.getExpressions().isEmpty()) {
        throw new BadUserRequestException(
            "Expressions are not allowed in orQueries; send values instead");
      }
    }
  }

  /** What a listener refuses is the caller's mistake, not the engine's. */
  @Override
  public void claim(String taskId, String userId) {
    try {
      super.claim(taskId, userId);
    } catch (ProcessEngineException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BadUserRequestException refused) {
          throw refused;
        }
      }
      throw e;
    }
  }

  @Override
  public void complete(String taskId) {
    complete(taskId, null);
  }

  @Override
  public void complete(String taskId, Map<String, Object> variables) {
    checks.completing(this, taskId, variables, submitted -> {
      super.complete(taskId, submitted);
      return submitted;
    });
  }

  @Override
  public VariableMap completeWithVariablesInReturn(
      String taskId, Map<String, Object> variables, boolean deserializeValues) {
    return checks.completing(
        this,
        taskId,
        variables,
        submitted -> super.completeWithVariablesInReturn(taskId, submitted, deserializeValues));
  }

  @Override
  public void handleBpmnError(
      String taskId, String code, String message, Map<String, Object> variables) {
    throw noSuchWay();
  }

  @Override
  public void handleBpmnError(String taskId, String code) {
    throw noSuchWay();
  }

  @Override
  public void handleBpmnError(String taskId, String code, String message) {
    throw noSuchWay();
  }

  /** Sets variables past every check. */
  @Override
  public void resolveTask(String taskId) {
    throw noSuchWay();
  }

  @Override
  public void resolveTask(String taskId, Map<String, Object> variables) {
    throw noSuchWay();
  }

  @Override
  public void handleEscalation(String taskId, String code) {
    throw noSuchWay();
  }

  @Override
  public void handleEscalation(String taskId, String code, Map<String, Object> variables) {
    throw noSuchWay();
  }

  private static BadUserRequestException noSuchWay() {
    return new BadUserRequestException(
        "A task is left through its form: complete it with an outcome, so that the ledger says who did what and why");
  }
}
