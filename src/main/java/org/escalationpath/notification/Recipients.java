package org.escalationpath.notification;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Which members of staff a message goes to. */
@Component
class Recipients {

  private final TaskService tasks;
  private final IdentityService identities;

  Recipients(@Lazy TaskService tasks, @Lazy IdentityService identities) {
    this.tasks = tasks;
    this.identities = identities;
  }

  /** Whoever works on the case; the whole tier where nobody has taken it. */
  List<String> assignee(DelegateExecution execution) {
    var assigned = tasks
        .createTaskQuery()
        .processInstanceId(execution.getProcessInstanceId())
        .taskAssigned()
        .list()
        .stream()
        .map(Task::getAssignee)
        .distinct()
        .toList();
    return assigned.isEmpty() ? tier(execution) : assigned;
  }

  /** All people of the tier that the case is at. */
  List<String> tier(DelegateExecution execution) {
    return NotificationModel.TIER.in(execution).stream()
        .flatMap(tier -> identities.createUserQuery().memberOfGroup(tier.group()).list().stream())
        .map(User::getId)
        .toList();
  }

  Optional<User> user(String person) {
    return Optional.ofNullable(identities.createUserQuery().userId(person).singleResult());
  }
}
