package org.escalationpath.engine;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
   * @param caseNumber the business key of its process
   * @param subject what the list in Tasklist says it is about
   */
  public record Work(
      String taskId,
      String name,
      @Nullable String caseNumber,
      @Nullable String subject,
      @Nullable String assignee,
      @Nullable Instant dueAt) {}

  /** What the person has claimed, what is due first coming first. */
  public List<Work> of(String person, int most) {
    return commands.run(() -> tasks
        .createTaskQuery()
        .taskAssignee(person)
        .initializeFormKeys()
        .orderByDueDate()
        .asc()
        .listPage(0, most)
        .stream()
        .map(this::work)
        .toList());
  }

  public long countOf(String person) {
    return commands.run(() -> tasks.createTaskQuery().taskAssignee(person).count());
  }

  /** What nobody of these groups has claimed yet, what is due first coming first. */
  public List<Work> unclaimed(List<String> groups, int most) {
    return groups.isEmpty()
        ? List.of()
        : commands.run(() -> tasks
            .createTaskQuery()
            .taskCandidateGroupIn(groups)
            .taskUnassigned()
            .orderByDueDate()
            .asc()
            .listPage(0, most)
            .stream()
            .map(this::work)
            .toList());
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
    return commands.run(() -> tasks
        .createTaskQuery()
        .processDefinitionKey(process)
        .processInstanceBusinessKey(caseNumber)
        .list()
        .stream()
        .findFirst()
        .map(this::work));
  }

  /** The person takes the task of the case; whoever had it has it no longer. */
  public void take(String process, String caseNumber, String person) {
    commands.run(() ->
        onPath(process, caseNumber).ifPresent(work -> tasks.setAssignee(work.taskId(), person)));
  }

  private Work work(Task task) {
    return new Work(
        task.getId(),
        task.getName(),
        runtime
            .createProcessInstanceQuery()
            .processInstanceId(task.getProcessInstanceId())
            .singleResult()
            .getBusinessKey(),
        (String) tasks.getVariableLocal(task.getId(), "subject"),
        task.getAssignee(),
        instant(task.getDueDate()));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
