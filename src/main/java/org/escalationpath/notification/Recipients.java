package org.escalationpath.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Which members of staff a message goes to. */
@Component
class Recipients {

  private final TaskService tasks;
  private final IdentityService identities;
  private final Cases cases;

  Recipients(@Lazy TaskService tasks, @Lazy IdentityService identities, Cases cases) {
    this.cases = cases;
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

  /** Who stays responsible towards the customer; whoever works on the case where nobody does yet. */
  List<String> owner(CaseNumber number, DelegateExecution execution) {
    var owner = cases.require(number).owner();
    return owner == null ? assignee(execution) : List.of(owner);
  }

  /** All people of the tier that the case is at. */
  List<String> tier(DelegateExecution execution) {
    return NotificationModel.TIER.in(execution).stream()
        .flatMap(tier -> members(tier.group()))
        .toList();
  }

  /** All people of the tiers that the case has passed on its last move. */
  List<String> passedTiers(DelegateExecution execution) {
    return NotificationModel.PASSED_TIERS.in(execution).stream()
        .flatMap(tiers -> Arrays.stream(tiers.split(",")))
        .flatMap(this::members)
        .distinct()
        .toList();
  }

  /** All people of a group. */
  Stream<String> members(String group) {
    return identities.createUserQuery().memberOfGroup(group).list().stream().map(User::getId);
  }

  Optional<User> user(String person) {
    return Optional.ofNullable(identities.createUserQuery().userId(person).singleResult());
  }
}
