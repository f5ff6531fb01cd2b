package org.escalationpath.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets the demo tell stories that happened before its first start, through the real process, and take them away again. The engine has
 * one clock for the whole JVM, so that this must never run where real cases are, and only while no job executor does.
 */
@Component
public class PastTime {

  private static final Duration QUIET = Duration.ofMinutes(10);

  private final IdentityService identities;
  private final TaskService tasks;
  private final ManagementService management;
  private final HistoryService history;
  private final boolean isDemo;

  PastTime(
      @Lazy IdentityService identities,
      @Lazy TaskService tasks,
      @Lazy ManagementService management,
      @Lazy HistoryService history,
      @Value("${escalation.demo.people:false}") boolean isDemo) {
    this.identities = identities;
    this.tasks = tasks;
    this.management = management;
    this.history = history;
    this.isDemo = isDemo;
  }

  /**
   * Lets {@code action} happen at {@code moment}, and what follows from it at once; done by {@code person} of the group, or by nobody signed in where that is null.
   *
   * @throws IllegalStateException outside the demo
   */
  public void at(Instant moment, @Nullable String person, String group, Runnable action) {
    mustBeDemo();
    ClockUtil.setCurrentTime(Date.from(moment));
    if (person != null) {
      identities.setAuthentication(person, List.of(group));
    }
    try {
      action.run();
      identities.clearAuthentication();
      for (var jobs = waiting(); !jobs.isEmpty(); jobs = waiting()) {
        jobs.forEach(job -> management.executeJob(job.getId()));
      }
    } finally {
      identities.clearAuthentication();
      ClockUtil.reset();
    }
  }

  /**
   * Lets all timers that are due until {@code moment} fire, each at its own time.
   *
   * @param from what has happened before this moment has been settled
   * @param messagesLeave what else happens by itself; not after each timer, but before time goes on by more than ten minutes
   */
  public void pass(Instant from, Instant moment, Runnable messagesLeave) {
    mustBeDemo();
    var now = from;
    for (var due = firstDue(moment); due != null; due = firstDue(moment)) {
      var next = due.getDuedate().toInstant();
      settle(now, next, messagesLeave);
      now = next.isBefore(now) ? now : next;
      fire(now, due);
    }
    settle(now, moment, messagesLeave);
  }

  private void fire(Instant now, Job timer) {
    ClockUtil.setCurrentTime(Date.from(now));
    try {
      management.executeJob(timer.getId());
      for (var jobs = waiting(); !jobs.isEmpty(); jobs = waiting()) {
        jobs.forEach(job -> management.executeJob(job.getId()));
      }
    } finally {
      ClockUtil.reset();
    }
  }

  private List<Job> waiting() {
    return management.createJobQuery().messages().withRetriesLeft().list();
  }

  private void settle(Instant now, Instant next, Runnable messagesLeave) {
    if (Duration.between(now, next).compareTo(QUIET) > 0) {
      ClockUtil.setCurrentTime(Date.from(now));
      try {
        messagesLeave.run();
      } finally {
        ClockUtil.reset();
      }
    }
  }

  private @Nullable Job firstDue(Instant moment) {
    return management
        .createJobQuery()
        .timers()
        .duedateLowerThan(Date.from(moment))
        .withRetriesLeft()
        .orderByJobDuedate()
        .asc()
        .listPage(0, 10)
        .stream()
        // the cleaning of the history is no part of any story
        .filter(job -> job.getProcessInstanceId() != null)
        .findFirst()
        .orElse(null);
  }

  /** The person takes the one task of the case with this number. */
  public void claim(String businessKey, String person) {
    tasks
        .createTaskQuery()
        .processInstanceBusinessKey(businessKey)
        .list()
        .forEach(task -> tasks.claim(task.getId(), person));
  }

  /** The person does the first task of this name about the case. */
  public void complete(
      String businessKey, String taskKey, String person, Map<String, Object> answers) {
    mustBeDemo();
    var task = tasks
        .createTaskQuery()
        .processInstanceBusinessKey(businessKey)
        .taskDefinitionKey(taskKey)
        .list()
        .stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "There is no task %s about %s".formatted(taskKey, businessKey)));
    tasks.claim(task.getId(), person);
    tasks.complete(task.getId(), answers);
  }

  /** Takes away what the engine remembers of these cases, about which nothing runs any more. */
  public void forget(List<String> businessKeys) {
    mustBeDemo();
    for (var businessKey : businessKeys) {
      history
          .createHistoricProcessInstanceQuery()
          .processInstanceBusinessKey(businessKey)
          .list()
          .forEach(each -> history.deleteHistoricProcessInstanceIfExists(each.getId()));
    }
  }

  private void mustBeDemo() {
    if (!isDemo) {
      throw new IllegalStateException("Time is moved in the demo only");
    }
  }
}
