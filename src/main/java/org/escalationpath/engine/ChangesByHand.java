package org.escalationpath.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells of what the engine's operation log notes and none of our own code has done. Our steps and commands run without the engine's
 * authorizations, since their rights have been checked; by that they are told apart. What they do they record themselves.
 */
class ChangesByHand implements HistoryEventHandler {

  /** Taking and completing a task are what Tasklist is for; the model's listeners and steps record them. */
  private static final Set<String> RECORDED_BY_THE_MODEL = Set.of(
      UserOperationLogEntry.OPERATION_TYPE_CLAIM, UserOperationLogEntry.OPERATION_TYPE_COMPLETE);

  /** Whose values are ids, dates and numbers. Of others the name alone is told, because their values may be somebody's words. */
  private static final Set<String> TOLD_WITH_VALUES = Set.of(
      "assignee",
      "owner",
      "delegation",
      "dueDate",
      "followUpDate",
      "priority",
      "candidate",
      "type",
      "retries",
      "suspensionState",
      "processDefinitionVersionTag",
      "newProcessDefinitionId",
      "processDefinitionId",
      "processDefinitionKey",
      "nrOfInstances",
      "async",
      "nrOfVariables",
      "duplicateFilterEnabled",
      "deployChangedOnly",
      "cascade",
      "permissions",
      "permissionBits",
      "resource",
      "resourceId",
      "userId",
      "groupId",
      "activityId",
      "messageName",
      "duedate",
      "jobDefinitionId",
      "incidentType",
      "historyTimeToLive");

  private static final int LONGEST = 100;

  private final ApplicationEventPublisher listeners;

  ChangesByHand(ApplicationEventPublisher listeners) {
    this.listeners = listeners;
  }

  @Override
  public void handleEvent(HistoryEvent event) {
    handleEvents(List.of(event));
  }

  /** What is handed over together is one operation, an entry for each property. */
  @Override
  public void handleEvents(List<HistoryEvent> events) {
    var entries = events.stream()
        .filter(UserOperationLogEntryEventEntity.class::isInstance)
        .map(UserOperationLogEntryEventEntity.class::cast)
        .toList();
    if (!entries.isEmpty() && isByHand(entries.get(0))) {
      listeners.publishEvent(change(entries));
    }
  }

  private static boolean isByHand(UserOperationLogEntryEventEntity entry) {
    var isOurs = !Context.getCommandContext().isAuthorizationCheckEnabled();
    var isRecorded = EntityTypes.TASK.equals(entry.getEntityType())
        && RECORDED_BY_THE_MODEL.contains(entry.getOperationType())
        && !isTakenFromSomebody(entry);
    // a job that nobody signed in runs is run by the job executor, or by who stands in for it
    var isAJobOfTheEngine =
        entry.getUserId() == null && EntityTypes.JOB.equals(entry.getEntityType());
    return !isOurs && !isRecorded && !isAJobOfTheEngine;
  }

  /** A claim for nobody. */
  private static boolean isTakenFromSomebody(UserOperationLogEntryEventEntity entry) {
    return UserOperationLogEntry.OPERATION_TYPE_CLAIM.equals(entry.getOperationType())
        && entry.getNewValue() == null;
  }

  private static EngineChanged change(List<UserOperationLogEntryEventEntity> entries) {
    var first = entries.get(0);
    var facts = new LinkedHashMap<String, Object>();
    entries.forEach(entry -> add(entry, facts));
    put("task", first.getTaskId(), facts);
    put("job", first.getJobId(), facts);
    put("jobDefinition", first.getJobDefinitionId(), facts);
    put("deployment", first.getDeploymentId(), facts);
    put("externalTask", first.getExternalTaskId(), facts);
    put("batch", first.getBatchId(), facts);
    put("process", first.getProcessInstanceId(), facts);
    return new EngineChanged(
        first.getOperationType(),
        first.getEntityType(),
        businessKey(first.getProcessInstanceId()),
        first.getProcessDefinitionId(),
        facts);
  }

  private static void add(UserOperationLogEntryEventEntity entry, Map<String, Object> facts) {
    var property = entry.getProperty();
    if (property == null) {
      return;
    }
    // the property of an operation on a variable is called name and is no text of a person
    var isTold = TOLD_WITH_VALUES.contains(property)
        || EntityTypes.VARIABLE.equals(entry.getEntityType())
        || EntityTypes.DEPLOYMENT.equals(entry.getEntityType());
    var from = isTold ? entry.getOrgValue() : null;
    var to = isTold ? entry.getNewValue() : "changed";
    facts.put(
        property,
        (from == null ? "" : shortened(from) + " -> ") + (to == null ? "none" : shortened(to)));
  }

  private static void put(String name, @Nullable String value, Map<String, Object> facts) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
  }

  private static @Nullable String businessKey(@Nullable String processInstanceId) {
    if (processInstanceId == null) {
      return null;
    }
    var running =
        Context.getCommandContext().getExecutionManager().findExecutionById(processInstanceId);
    if (running != null) {
      return running.getBusinessKey();
    }
    var ended = Context.getCommandContext()
        .getHistoricProcessInstanceManager()
        .findHistoricProcessInstance(processInstanceId);
    return ended == null ? null : ended.getBusinessKey();
  }
}
