package org.escalationpath.escalation;

import static java.util.Comparator.naturalOrder;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.management.JobDefinition;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.clocks.Standings;
import org.escalationpath.engine.DueDate;
import org.escalationpath.engine.Variable;
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
  private final Clocks clocks;
  private final Standings standings;
  private final Waiting waiting;
  private final Promises promises;
  private final TaskPriorities priorities;
  private final Briefs briefs;
  private final Clock clock;
  private final Map<String, String> drawnWith = new ConcurrentHashMap<>();

  TierTimers(
      @Lazy ManagementService management,
      @Lazy RuntimeService runtime,
      @Lazy TaskService tasks,
      Cases cases,
      Clocks clocks,
      Standings standings,
      Waiting waiting,
      Promises promises,
      TaskPriorities priorities,
      Briefs briefs,
      Clock clock) {
    this.management = management;
    this.runtime = runtime;
    this.tasks = tasks;
    this.cases = cases;
    this.clocks = clocks;
    this.standings = standings;
    this.waiting = waiting;
    this.promises = promises;
    this.priorities = priorities;
    this.briefs = briefs;
    this.clock = clock;
  }

  /**
   * Puts the timers and the task of a case where its clocks say. An alarm that is under way sleeps while the tier's clock is paused and
   * looks anew after that.
   */
  void moveTier(CaseNumber number, String path) {
    clocks.tier(number).ifPresent(deadlines -> moveTier(number, deadlines, path));
  }

  /** Until when a case waits at the longest; nothing if it does not. Tasklist shows it as the day to look at the task again. */
  Optional<Instant> followUpAt(CaseNumber number, String path) {
    var answer = cases.require(number).state() == CaseState.WAITING
        ? date(path, EscalationModel.ANSWER_LIMIT_AT)
        : Optional.<Instant>empty();
    return Stream.concat(
            answer.stream(), waiting.forThirdParty(number).map(ThirdPartyWait::until).stream())
        .min(naturalOrder());
  }

  private Optional<Instant> date(String path, Variable<Instant> variable) {
    return Optional.ofNullable((Date) runtime.getVariable(path, variable.name()))
        .map(Date::toInstant);
  }

  /** As {@link #moveTier(CaseNumber, String)}, and also puts the dates of waits where the path's own variables say. */
  void putRight(CaseNumber number, CaseState state, String path) {
    var dates = new HashMap<Variable<Instant>, Instant>();
    for (var wait : List.of(
        EscalationModel.ANSWER_REMINDER_AT,
        EscalationModel.ANSWER_LIMIT_AT,
        EscalationModel.ACCEPTANCE_LIMIT_AT)) {
      date(path, wait).ifPresent(date -> dates.put(wait, date));
    }
    move(path, dates);
    if (state != CaseState.RESOLVED) {
      moveTier(number, path);
    }
  }

  /** The variables with which the timers are drawn that should be armed. */
  Set<String> expected(CaseNumber number, CaseState state, String path) {
    var isAlarmUnderWay = date(path, EscalationModel.NEXT_ALARM_AT).isPresent();
    return ExpectedTimers.of(state, standings.of(number), isAlarmUnderWay, clock.instant());
  }

  private void moveTier(CaseNumber number, Deadlines deadlines, String path) {
    var dates = new HashMap<Variable<Instant>, Instant>();
    dates.put(EscalationModel.TIER_LIMIT_AT, deadlines.limitAt());
    for (var n = 1; n <= EscalationModel.TIER_REMINDERS_AT.size(); n++) {
      dates.put(EscalationModel.TIER_REMINDERS_AT.get(n - 1), deadlines.reminderAt(n));
    }
    dates.put(EscalationModel.PROMISE_REMINDER_AT, promises.next(number));
    waiting
        .forThirdParty(number)
        .ifPresent(wait -> dates.put(EscalationModel.THIRD_PARTY_LIMIT_AT, wait.until()));
    if (date(path, EscalationModel.NEXT_ALARM_AT).isPresent()) {
      dates.put(
          EscalationModel.NEXT_ALARM_AT, deadlines.arePaused() ? DueDate.NEVER : clock.instant());
    }
    move(path, dates);
    moveTasks(number, deadlines, path);
  }

  /** The alarm of the tier that a case leaves wakes, asleep or not, finds nothing to ring for, and is over. */
  void endAlarm(DelegateExecution execution) {
    if (EscalationModel.NEXT_ALARM_AT.in(execution).isPresent()) {
      move(
          execution.getProcessInstanceId(), Map.of(EscalationModel.NEXT_ALARM_AT, clock.instant()));
      EscalationModel.NEXT_ALARM_AT.clear(execution);
    }
  }

  /** Sets the variables of a path and moves the timers that are drawn with them. */
  void move(String path, Map<Variable<Instant>, Instant> dates) {
    dates.forEach(
        (variable, date) -> runtime.setVariable(path, variable.name(), variable.stored(date)));
    for (var timer :
        management.createJobQuery().processInstanceId(path).timers().list()) {
      var drawnWith = drawnWith(timer.getJobDefinitionId());
      dates.forEach((variable, date) -> {
        if (drawnWith.contains("${" + variable.name() + "}")
            && !variable.stored(date).equals(timer.getDuedate())) {
          management.setJobDuedate(timer.getId(), (Date) variable.stored(date));
        }
      });
    }
  }

  /** A job definition never changes. */
  private String drawnWith(String jobDefinition) {
    return drawnWith.computeIfAbsent(jobDefinition, this::read);
  }

  private String read(String jobDefinitionId) {
    return management.createJobDefinitionQuery().jobDefinitionId(jobDefinitionId).list().stream()
        .map(JobDefinition::getJobConfiguration)
        .collect(Collectors.joining());
  }

  private void moveTasks(CaseNumber number, Deadlines deadlines, String path) {
    var followUpAt = followUpAt(number, path).map(Date::from).orElse(null);
    var priority = priorities.of(cases.require(number));
    runtime.setVariable(path, EscalationModel.TASK_PRIORITY.name(), priority);
    for (var task : tasks.createTaskQuery().processInstanceId(path).list()) {
      task.setDueDate(deadlines.arePaused() ? null : Date.from(deadlines.limitAt()));
      task.setFollowUpDate(followUpAt);
      task.setPriority(priority);
      tasks.saveTask(task);
    }
    briefs.renew(number);
  }
}
