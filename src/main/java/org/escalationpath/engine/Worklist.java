package org.escalationpath.engine;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What waits for people in Tasklist. */
@Component
public class Worklist {

  private final TaskService tasks;
  private final RuntimeService runtime;
  private final Commands commands;

  Worklist(@Lazy TaskService tasks, @Lazy RuntimeService runtime, Commands commands) {
    this.tasks = tasks;
    this.runtime = runtime;
    this.commands = commands;
  }

  /**
   * @param definition the id of its process definition
   * @param element its id in the model
   * @param caseNumber the business key of its process
   * @param subject what the list in Tasklist says it is about
   */
  public record Work(
      String taskId,
      String name,
      String definition,
      String element,
      @Nullable String caseNumber,
      @Nullable String subject,
      @Nullable String assignee,
      @Nullable Instant dueAt) {}

  /** What the person has claimed, what is due first coming first. */
  public List<Work> of(String person, int most) {
    return commands.run(() -> work(
        tasks.createTaskQuery().taskAssignee(person).orderByDueDate().asc().listPage(0, most)));
  }

  public long countOf(String person) {
    return commands.run(() -> tasks.createTaskQuery().taskAssignee(person).count());
  }

  /** What nobody of these groups has claimed yet, what is due first coming first. */
  public List<Work> unclaimed(List<String> groups, int most) {
    return groups.isEmpty()
        ? List.of()
        : commands.run(() -> work(tasks
            .createTaskQuery()
            .taskCandidateGroupIn(groups)
            .taskUnassigned()
            .orderByDueDate()
            .asc()
            .listPage(0, most)));
  }

  public long countUnclaimed(List<String> groups) {
    return groups.isEmpty()
        ? 0
        : commands.run(() -> tasks
            .createTaskQuery()
            .taskCandidateGroupIn(groups)
            .taskUnassigned()
            .count());
  }

  /** The task by which people work on a case on its path now. */
  public Optional<Work> onPath(String process, String caseNumber) {
    return commands.run(() -> work(tasks
            .createTaskQuery()
            .processDefinitionKey(process)
            .processInstanceBusinessKey(caseNumber)
            .list())
        .stream()
        .findFirst());
  }

  /** The person takes the task of the case, and whoever had it has it no longer; false if there is none. */
  public boolean take(String process, String caseNumber, String person) {
    return commands.run(() -> {
      var work = onPath(process, caseNumber);
      work.ifPresent(each -> tasks.setAssignee(each.taskId(), person));
      return work.isPresent();
    });
  }

  /** Without those whose process has ended meanwhile. */
  private List<Work> work(List<Task> open) {
    if (open.isEmpty()) {
      return List.of();
    }
    var ids = open.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet());
    var numbers = new HashMap<String, String>();
    runtime
        .createProcessInstanceQuery()
        .processInstanceIds(ids)
        .list()
        .forEach(each -> numbers.put(each.getId(), each.getBusinessKey()));
    return open.stream()
        .filter(task -> numbers.containsKey(task.getProcessInstanceId()))
        .map(task -> new Work(
            task.getId(),
            task.getName(),
            task.getProcessDefinitionId(),
            task.getTaskDefinitionKey(),
            numbers.get(task.getProcessInstanceId()),
            (String) tasks.getVariableLocal(task.getId(), "subject"),
            task.getAssignee(),
            instant(task.getDueDate())))
        .toList();
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
