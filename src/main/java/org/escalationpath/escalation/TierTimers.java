package org.escalationpath.escalation;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Moves a tier's timers and its task's due date to new deadlines. It finds the timers by the variables that their dates are
 * drawn with, so that owners may draw more of them under any name.
 */
@Component
class TierTimers {

  private static final List<String> VARIABLES = List.of(
      EscalationModel.TIER_LIMIT_AT.name(),
      EscalationModel.TIER_REMINDER_AT.name(),
      EscalationModel.NEXT_ALARM_AT.name());

  private final ManagementService management;
  private final TaskService tasks;
  private final Cases cases;

  TierTimers(@Lazy ManagementService management, @Lazy TaskService tasks, Cases cases) {
    this.management = management;
    this.tasks = tasks;
    this.cases = cases;
  }

  /**
   * @param followUpAt until when the case waits for the customer; null if it does not
   */
  void moveTo(Deadlines deadlines, @Nullable Instant followUpAt, DelegateExecution execution) {
    EscalationModel.TIER_LIMIT_AT.set(execution, deadlines.limitAt());
    EscalationModel.TIER_REMINDER_AT.set(execution, deadlines.reminderAt());
    if (EscalationModel.NEXT_ALARM_AT.in(execution).isPresent()) {
      EscalationModel.NEXT_ALARM_AT.set(execution, deadlines.limitAt());
    }
    moveTimers(execution);
    moveTasks(deadlines, followUpAt, execution);
  }

  private void moveTimers(DelegateExecution execution) {
    var drawn = management
        .createJobDefinitionQuery()
        .processDefinitionId(execution.getProcessDefinitionId())
        .list()
        .stream()
        .filter(definition -> variableOf(definition) != null)
        .collect(Collectors.toMap(JobDefinition::getId, TierTimers::variableOf));
    for (var timer : timers(execution)) {
      var variable = drawn.get(timer.getJobDefinitionId());
      if (variable != null) {
        management.setJobDuedate(timer.getId(), (Date) execution.getVariable(variable));
      }
    }
  }

  private List<Job> timers(DelegateExecution execution) {
    return management
        .createJobQuery()
        .processInstanceId(execution.getProcessInstanceId())
        .timers()
        .list();
  }

  private static @Nullable String variableOf(JobDefinition definition) {
    var drawnWith = String.valueOf(definition.getJobConfiguration());
    return VARIABLES.stream()
        .filter(variable -> drawnWith.contains("${" + variable + "}"))
        .findFirst()
        .orElse(null);
  }

  private void moveTasks(
      Deadlines deadlines, @Nullable Instant followUpAt, DelegateExecution execution) {
    var priority = cases.require(CaseNumber.VARIABLE.from(execution)).priority();
    EscalationModel.TASK_PRIORITY.set(execution, EscalationModel.taskPriority(priority));
    for (var task : tasks
        .createTaskQuery()
        .processInstanceId(execution.getProcessInstanceId())
        .list()) {
      task.setDueDate(
          deadlines.limitAt().equals(Clocks.NEVER) ? null : Date.from(deadlines.limitAt()));
      task.setFollowUpDate(followUpAt == null ? null : Date.from(followUpAt));
      task.setPriority(EscalationModel.taskPriority(priority));
      tasks.saveTask(task);
    }
  }
}
