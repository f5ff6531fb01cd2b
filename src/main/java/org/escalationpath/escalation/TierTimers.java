package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.management.JobDefinition;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.engine.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Moves the path's timers, and its task's dates with them. It finds a timer by the variable that its date is drawn with, so that
 * owners may draw more of them under any name.
 */
@Component
class TierTimers {

  private final ManagementService management;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final Cases cases;
  private final Clock clock;

  TierTimers(
      @Lazy ManagementService management,
      @Lazy RuntimeService runtime,
      @Lazy TaskService tasks,
      Cases cases,
      Clock clock) {
    this.management = management;
    this.runtime = runtime;
    this.tasks = tasks;
    this.cases = cases;
    this.clock = clock;
  }

  /**
   * Moves the running tier to new deadlines. An alarm that is under way sleeps while the case waits and looks anew after that.
   *
   * @param followUpAt until when the case waits for the customer; null if it does not
   */
  void moveTier(Deadlines deadlines, @Nullable Instant followUpAt, DelegateExecution execution) {
    var dates = new HashMap<Variable<Instant>, Instant>();
    dates.put(EscalationModel.TIER_LIMIT_AT, deadlines.limitAt());
    dates.put(EscalationModel.TIER_REMINDER_AT, deadlines.reminderAt());
    if (EscalationModel.NEXT_ALARM_AT.in(execution).isPresent()) {
      dates.put(EscalationModel.NEXT_ALARM_AT, followUpAt == null ? clock.instant() : Clocks.NEVER);
    }
    move(execution.getProcessInstanceId(), dates);
    moveTasks(deadlines, followUpAt, execution);
  }

  /** Sets the variables of a path and moves the timers that are drawn with them. */
  void move(String processInstanceId, Map<Variable<Instant>, Instant> dates) {
    dates.forEach((variable, date) ->
        runtime.setVariable(processInstanceId, variable.name(), variable.stored(date)));
    var timers = management
        .createJobQuery()
        .processInstanceId(processInstanceId)
        .timers()
        .list();
    for (var timer : timers) {
      var drawnWith = drawnWith(timer.getJobDefinitionId());
      dates.forEach((variable, date) -> {
        if (drawnWith.contains("${" + variable.name() + "}")) {
          management.setJobDuedate(timer.getId(), (Date) variable.stored(date));
        }
      });
    }
  }

  private String drawnWith(String jobDefinitionId) {
    return management.createJobDefinitionQuery().jobDefinitionId(jobDefinitionId).list().stream()
        .map(JobDefinition::getJobConfiguration)
        .collect(Collectors.joining());
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
          deadlines.arePaused() || followUpAt != null ? null : Date.from(deadlines.limitAt()));
      task.setFollowUpDate(followUpAt == null ? null : Date.from(followUpAt));
      task.setPriority(EscalationModel.taskPriority(priority));
      tasks.saveTask(task);
    }
  }
}
