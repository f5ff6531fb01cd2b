package org.escalationpath.engine;

import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;

/** The engine's form service, which asks our checks before it completes a task or starts a process. */
class CheckedFormService extends FormServiceImpl {

  private final Checks checks;
  private final TaskService tasks;
  private final RepositoryService repository;

  CheckedFormService(Checks checks, TaskService tasks, RepositoryService repository) {
    this.checks = checks;
    this.tasks = tasks;
    this.repository = repository;
  }

  @Override
  public void submitTaskForm(String taskId, Map<String, Object> variables) {
    checks.completing(tasks, taskId, variables, submitted -> {
      super.submitTaskForm(taskId, submitted);
      return submitted;
    });
  }

  @Override
  public VariableMap submitTaskFormWithVariablesInReturn(
      String taskId, Map<String, Object> variables, boolean deserializeValues) {
    return checks.completing(
        tasks,
        taskId,
        variables,
        submitted ->
            super.submitTaskFormWithVariablesInReturn(taskId, submitted, deserializeValues));
  }

  @Override
  public ProcessInstance submitStartForm(
      String processDefinitionId, Map<String, Object> properties) {
    return checks.starting(
        repository,
        processDefinitionId,
        properties,
        submitted -> super.submitStartForm(processDefinitionId, submitted));
  }

  @Override
  public ProcessInstance submitStartForm(
      String processDefinitionId, String businessKey, Map<String, Object> properties) {
    return checks.starting(
        repository,
        processDefinitionId,
        properties,
        submitted -> super.submitStartForm(processDefinitionId, businessKey, submitted));
  }
}
