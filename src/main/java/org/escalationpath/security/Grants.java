package org.escalationpath.security;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.springframework.stereotype.Component;

/**
 * What each role may do in the engine. A tier gets no grant on tasks: the engine gives each task's candidate group the right to
 * work on that task, so that nobody reaches another tier's.
 */
@Component
class Grants {

  private final AuthorizationService authorizations;

  Grants(AuthorizationService authorizations) {
    this.authorizations = authorizations;
  }

  /** Makes the grants that are missing; what an administrator has added stays. */
  void ensure(List<String> tierGroups) {
    tierGroups.forEach(this::ensureTier);
    ensureProcessOwner();
    ensureAuditor();
    for (var resource : Resources.values()) {
      ensure(Groups.ADMINISTRATOR, resource, Authorization.ANY, Permissions.ALL);
    }
  }

  private void ensureTier(String tier) {
    ensure(tier, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    ensure(
        tier,
        Resources.PROCESS_DEFINITION,
        "escalation-path",
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.CREATE_INSTANCE);
    ensure(tier, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
    for (var key : List.of(
        "customer-notification",
        "follow-up-survey",
        "internal-debrief",
        "procedure-change",
        "effectiveness-review")) {
      ensure(tier, Resources.PROCESS_DEFINITION, key, ProcessDefinitionPermissions.READ);
    }
  }

  private void ensureProcessOwner() {
    var owner = Groups.PROCESS_OWNER;
    ensure(owner, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
    ensure(owner, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    ensure(owner, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ, Permissions.CREATE);
    ensure(
        owner,
        Resources.PROCESS_DEFINITION,
        Authorization.ANY,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE);
    ensure(
        owner,
        Resources.DECISION_DEFINITION,
        Authorization.ANY,
        Permissions.READ,
        Permissions.READ_HISTORY);
    ensure(owner, Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY, Permissions.READ);
  }

  private void ensureAuditor() {
    var auditor = Groups.AUDITOR;
    ensure(auditor, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
    ensure(auditor, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    ensure(auditor, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ);
    ensure(
        auditor,
        Resources.PROCESS_DEFINITION,
        Authorization.ANY,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_TASK,
        ProcessDefinitionPermissions.READ_HISTORY);
    ensure(
        auditor,
        Resources.DECISION_DEFINITION,
        Authorization.ANY,
        Permissions.READ,
        Permissions.READ_HISTORY);
    ensure(
        auditor, Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY, Permissions.READ);
    ensure(
        auditor,
        Resources.OPERATION_LOG_CATEGORY,
        Authorization.ANY,
        UserOperationLogCategoryPermissions.READ);
  }

  private void ensure(String group, Resource resource, String id, Permission... permissions) {
    var exists = authorizations
            .createAuthorizationQuery()
            .groupIdIn(group)
            .resourceType(resource)
            .resourceId(id)
            .count()
        > 0;
    if (!exists) {
      var grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
      grant.setGroupId(group);
      grant.setResource(resource);
      grant.setResourceId(id);
      grant.setPermissions(permissions);
      authorizations.saveAuthorization(grant);
    }
  }
}
