package org.escalationpath.escalation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Puts a path's timers right: wakes what is suspended, tries again what has failed, removes what is armed twice, and where a timer is
 * missing lets the path wait anew at the same place. Dates are put right after that, by {@link TierTimers}.
 */
@Component
class Repair {

  private static final int TRIES = 5;

  private final RuntimeService runtime;
  private final ManagementService management;
  private final RepositoryService repository;
  private final TaskService tasks;

  Repair(
      @Lazy RuntimeService runtime,
      @Lazy ManagementService management,
      @Lazy RepositoryService repository,
      @Lazy TaskService tasks) {
    this.runtime = runtime;
    this.management = management;
    this.repository = repository;
    this.tasks = tasks;
  }

  /**
   * What was done.
   *
   * @param words what, for the ledger
   * @param assignees who had the tasks that wait anew, by the task's key
   */
  record Done(List<String> words, Map<String, String> assignees) {}

  /** @param expected the variables with which the timers are drawn that should be armed */
  Done timers(ProcessInstance path, Set<String> expected) {
    var done = new ArrayList<String>();
    if (path.isSuspended()) {
      runtime.activateProcessInstanceById(path.getId());
      done.add("path activated");
    }
    var armed = new HashSet<String>();
    for (var timer : timersOf(path)) {
      if (!armed.add(timer.getJobDefinitionId() + " " + timer.getExecutionId())) {
        management.deleteJob(timer.getId());
        done.add("second timer removed");
        continue;
      }
      if (timer.isSuspended() && !path.isSuspended()) {
        management.activateJobById(timer.getId());
        done.add("timer activated");
      }
      if (timer.getRetries() == 0) {
        management.setJobRetries(timer.getId(), TRIES);
        done.add("timer to be tried again");
      }
    }
    var assignees = new HashMap<String, String>();
    for (var place : missing(path, armed, expected).values()) {
      assignee(path, place.getActivityId())
          .ifPresent(person -> assignees.put(place.getActivityId(), person));
      waitAnew(path, place);
      done.add("waits anew at " + place.getActivityId());
    }
    return new Done(done, assignees);
  }

  private List<Job> timersOf(ProcessInstance path) {
    return management.createJobQuery().processInstanceId(path.getId()).timers().list();
  }

  /** Where the path waits for a timer that is not armed, by the place's id. */
  private Map<String, ActivityInstance> missing(
      ProcessInstance path, Set<String> armed, Set<String> expected) {
    var places = leaves(runtime.getActivityInstance(path.getId()));
    var missing = new LinkedHashMap<String, ActivityInstance>();
    management
        .createJobDefinitionQuery()
        .processDefinitionId(path.getProcessDefinitionId())
        .list()
        .stream()
        .filter(definition -> expected.stream()
            .anyMatch(each -> definition.getJobConfiguration().contains("${" + each + "}")))
        .filter(definition ->
            armed.stream().noneMatch(each -> each.startsWith(definition.getId() + " ")))
        .forEach(definition -> places.stream()
            .filter(place -> waitsAt(path, definition).contains(place.getActivityId()))
            .forEach(place -> missing.put(place.getId(), place)));
    return missing;
  }

  /** The activities at which a token waits for a timer: its event, what it hangs on, or the gateway before it. */
  private List<String> waitsAt(ProcessInstance path, JobDefinition definition) {
    FlowNode event = repository
        .getBpmnModelInstance(path.getProcessDefinitionId())
        .getModelElementById(definition.getActivityId());
    if (event instanceof BoundaryEvent boundary) {
      return List.of(boundary.getAttachedTo().getId());
    }
    var waits = new ArrayList<>(List.of(event.getId()));
    event.getPreviousNodes().list().stream()
        .filter(EventBasedGateway.class::isInstance)
        .forEach(gateway -> waits.add(gateway.getId()));
    return waits;
  }

  private static List<ActivityInstance> leaves(ActivityInstance instance) {
    if (instance.getChildActivityInstances().length == 0) {
      return List.of(instance);
    }
    var leaves = new ArrayList<ActivityInstance>();
    for (var child : instance.getChildActivityInstances()) {
      leaves.addAll(leaves(child));
    }
    return leaves;
  }

  private Optional<String> assignee(ProcessInstance path, String activity) {
    return tasks.createTaskQuery().processInstanceId(path.getId()).list().stream()
        .filter(task -> task.getTaskDefinitionKey().equals(activity))
        .map(Task::getAssignee)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private void waitAnew(ProcessInstance path, ActivityInstance place) {
    runtime
        .createProcessInstanceModification(path.getId())
        .startBeforeActivity(place.getActivityId())
        .cancelActivityInstance(place.getId())
        .execute();
  }

  /** Gives tasks that wait anew back to those who had them. */
  void giveBack(ProcessInstance path, Map<String, String> assignees) {
    for (var task : tasks.createTaskQuery().processInstanceId(path.getId()).list()) {
      if (assignees.containsKey(task.getTaskDefinitionKey()) && task.getAssignee() == null) {
        tasks.setAssignee(task.getId(), assignees.get(task.getTaskDefinitionKey()));
      }
    }
  }
}
