package org.escalationpath.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.TaskQuery;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.BeforeOpening;
import org.escalationpath.engine.SetUpLock;
import org.escalationpath.security.Groups;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Tasklist's ready-made filters, with colours and the variables an agent needs in the list. Existing ones stay as they are. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class TasklistFilters implements BeforeOpening {

  private static final List<Map<String, String>> IN_THE_LIST = List.of(
      variable("caseNumber", "Case"),
      variable("subject", "Subject"),
      variable("customer", "Customer"),
      variable("tier", "Tier"),
      variable("reason", "Reason"));

  private final FilterService filters;
  private final TaskService tasks;
  private final AuthorizationService authorizations;
  private final Tiers tiers;
  private final SetUpLock lock;

  TasklistFilters(
      FilterService filters,
      TaskService tasks,
      AuthorizationService authorizations,
      Tiers tiers,
      SetUpLock lock) {
    this.filters = filters;
    this.tasks = tasks;
    this.authorizations = authorizations;
    this.tiers = tiers;
    this.lock = lock;
  }

  @Override
  public void prepare() {
    lock.run(this::makeWhatIsMissing);
  }

  private void makeWhatIsMissing() {
    rename("Waiting for the customer", "Waiting for an answer");
    var staff = new java.util.ArrayList<>(tiers.all().stream().map(Tier::group).toList());
    staff.add(Groups.PROCESS_OWNER);
    ensure("My cases", "#1f6feb", -85, query().taskAssigneeExpression("${currentUser()}"), staff);
    var priority = -90;
    for (var tier : tiers.all()) {
      var atTier = query()
          .taskCandidateGroup(tier.group())
          .includeAssignedTasks()
          .processDefinitionKey("escalation-path");
      ensure(capital(tiers.name(tier)), "#6e7781", priority++, atTier, List.of(tier.group()));
    }
    ensure("Overdue", "#cf222e", -80, query().dueBeforeExpression("${now()}"), staff);
    ensure(
        "Waiting for an answer",
        "#9a6700",
        -70,
        query().followUpAfterExpression("${now()}"),
        staff);
    ensure(
        "Phone calls",
        "#8250df",
        -60,
        query().taskDefinitionKey("userTask_reachCustomerByPhone"),
        staff);
    ensure(
        "Call-backs",
        "#8250df",
        -50,
        query().taskDefinitionKey("userTask_callCustomerBack"),
        staff);
    ensure("Debriefs", "#1a7f37", -40, query().taskDefinitionKey("userTask_holdDebrief"), staff);
    ensure(
        "Improvement actions",
        "#1a7f37",
        -30,
        query().taskDefinitionKey("userTask_improve"),
        staff);
    var everybody = new java.util.ArrayList<>(staff);
    everybody.add(Groups.ADMINISTRATOR);
    ensure(
        "Changes of models",
        "#8250df",
        -25,
        query().processDefinitionKey("procedure-change"),
        everybody);
    ensure(
        "Effectiveness reviews",
        "#1a7f37",
        -22,
        query().taskDefinitionKey("userTask_holdReview"),
        List.of(Groups.PROCESS_OWNER, Groups.ADMINISTRATOR));
    ensure(
        "Worksheets",
        "#8250df",
        -20,
        query().taskDefinitionKey("userTask_examineCase"),
        List.of(Groups.AUDITOR));
  }

  /** A filter that an earlier version made under another name. */
  private void rename(String before, String now) {
    var isThere = filters.createFilterQuery().filterName(now).count() > 0;
    filters.createFilterQuery().filterName(before).list().stream()
        .filter(filter -> !isThere && filter.getOwner() == null)
        .forEach(filter -> {
          filter.setName(now);
          filters.saveFilter(filter);
        });
  }

  private TaskQuery query() {
    return tasks.createTaskQuery();
  }

  private void ensure(
      String name, String color, int priority, TaskQuery query, List<String> groups) {
    if (filters.createFilterQuery().filterName(name).count() > 0) {
      return;
    }
    var filter = filters.newTaskFilter(name);
    filter.setQuery(query);
    var properties = new HashMap<String, Object>();
    properties.put("color", color);
    properties.put("priority", priority);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    properties.put("variables", IN_THE_LIST);
    filter.setProperties(properties);
    var id = filters.saveFilter(filter).getId();
    groups.forEach(group -> grant(group, id));
  }

  private void grant(String group, String filterId) {
    var grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setGroupId(group);
    grant.setResource(Resources.FILTER);
    grant.setResourceId(filterId);
    grant.addPermission(Permissions.READ);
    authorizations.saveAuthorization(grant);
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Map<String, String> variable(String name, String label) {
    return Map.of("name", name, "label", label);
  }
}
