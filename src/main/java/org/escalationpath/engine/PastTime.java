package org.escalationpath.engine;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets the demo tell a story that happened before its first start, through the real process. The engine has one clock for the whole
 * JVM, so that this must never run where real cases are.
 */
@Component
public class PastTime {

  private final IdentityService identities;
  private final TaskService tasks;
  private final boolean isDemo;

  PastTime(
      @Lazy IdentityService identities,
      @Lazy TaskService tasks,
      @Value("${escalation.demo.people:false}") boolean isDemo) {
    this.identities = identities;
    this.tasks = tasks;
    this.isDemo = isDemo;
  }

  /**
   * Lets {@code action} happen at {@code moment}, done by {@code person} of the group.
   *
   * @throws IllegalStateException outside the demo
   */
  public void at(Instant moment, String person, String group, Runnable action) {
    if (!isDemo) {
      throw new IllegalStateException("Time is moved in the demo only");
    }
    ClockUtil.setCurrentTime(Date.from(moment));
    identities.setAuthentication(person, List.of(group));
    try {
      action.run();
    } finally {
      identities.clearAuthentication();
      ClockUtil.reset();
    }
  }

  /** The person takes the one task of the case with this number. */
  public void claim(String businessKey, String person) {
    tasks
        .createTaskQuery()
        .processInstanceBusinessKey(businessKey)
        .list()
        .forEach(task -> tasks.claim(task.getId(), person));
  }
}
