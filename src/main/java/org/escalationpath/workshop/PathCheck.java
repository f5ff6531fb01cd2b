package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.escalationpath.engine.Expressions;

/** What makes an escalation path of a process: each tier can be left in time, upwards and with a solution, and the customer hears of it. */
class PathCheck implements Check {

  /** The process that is the path. */
  static final String KEY = "escalation-path";

  private static final String LIMIT = "${tierLimitAt}";
  private static final String REMINDER = "\\$\\{tierReminder[23]?At}";

  @Override
  public void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    if (drawing.key().equals(KEY)) {
      new Path(drawing, library, surroundings, findings).check();
    }
  }

  /** The check of one drawing. */
  private static final class Path {

    private final Drawing drawing;
    private final Library library;
    private final Surroundings surroundings;
    private final Consumer<Finding> findings;
    private final List<String> tiers;
    private final Map<String, List<UserTask>> tasks = new LinkedHashMap<>();

    Path(Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
      this.drawing = drawing;
      this.library = library;
      this.surroundings = surroundings;
      this.findings = findings;
      this.tiers = library.tiers();
    }

    void check() {
      var hub = withStep(Walk.HUB);
      if (hub.isEmpty()) {
        find(Rule.NO_HUB, null);
        return;
      }
      tiers.forEach(tier -> findTask(tier, hub.get()));
      tasks.forEach((tier, all) -> all.forEach(task -> checkTier(tier, task)));
      checkRounds();
      checkAfterwards();
    }

    private void find(
        Rule rule, @org.jspecify.annotations.Nullable FlowNode node, Object... facts) {
      findings.accept(drawing.finding(rule, node, facts));
    }

    private Optional<ServiceTask> withStep(String step) {
      return drawing.all(ServiceTask.class).stream()
          .filter(task -> Drawing.step(task).filter(step::equals).isPresent())
          .findFirst();
    }

    private Walk walk() {
      return new Walk(drawing, library, surroundings);
    }

    /** The task that a case reaches from the hub when it is that tier's turn. */
    private void findTask(String tier, ServiceTask hub) {
      var reached = walk().from(hub, new HashMap<>(Map.of("tier", tier))).stream()
          .map(Walk.Arrival::at)
          .filter(UserTask.class::isInstance)
          .map(UserTask.class::cast)
          .toList();
      var right = reached.stream()
          .filter(task -> Drawing.groups(task).contains(tier))
          .distinct()
          .toList();
      var elsewhere = drawing.all(UserTask.class).stream()
          .filter(task -> Drawing.groups(task).contains(tier))
          .findFirst();
      if (!right.isEmpty()) {
        tasks.put(tier, right);
      } else if (elsewhere.isPresent() && !reached.isEmpty()) {
        find(Rule.WRONG_TURN, elsewhere.get(), tier, Drawing.label(reached.get(0)));
      } else {
        find(Rule.TIER_WITHOUT_TASK, null, tier);
      }
    }

    private void checkTier(String tier, UserTask task) {
      var isLast = tier.equals(tiers.get(tiers.size() - 1));
      var timers = timers(task);
      timers.stream()
          .flatMap(event -> Drawing.time(event).stream()
              .filter(time -> !Expressions.isExpression(time))
              .map(time -> drawing.finding(Rule.LITERAL_LIMIT, event, time)))
          .forEach(findings);
      if (timers.stream()
          .noneMatch(event -> !event.cancelActivity() && time(event).matches(REMINDER))) {
        find(Rule.TIER_WITHOUT_REMINDER, task);
      }
      if (isLast) {
        checkAlarm(task, timers);
      } else {
        checkLimit(tier, task, timers);
        checkEscalation(tier, task);
      }
      checkResolution(tier, task);
      checkTask(task);
    }

    private List<BoundaryEvent> timers(UserTask task) {
      return drawing.boundaries(task).stream()
          .filter(event -> Drawing.definition(event)
              .filter(TimerEventDefinition.class::isInstance)
              .isPresent())
          .toList();
    }

    private static String time(BoundaryEvent event) {
      return Drawing.time(event).orElse("").replace(" ", "");
    }

    private void checkAlarm(UserTask task, List<BoundaryEvent> timers) {
      var rings = timers.stream()
          .filter(event -> !event.cancelActivity() && time(event).equals(LIMIT))
          .anyMatch(event -> walk().from(event, Map.of()).stream()
              .anyMatch(arrival -> arrival.passed().contains("raiseAlarm")));
      if (!rings) {
        find(Rule.LAST_TIER_WITHOUT_ALARM, task);
      }
    }

    private void checkLimit(String tier, UserTask task, List<BoundaryEvent> timers) {
      var limits = timers.stream().filter(BoundaryEvent::cancelActivity).toList();
      if (limits.stream().noneMatch(event -> time(event).equals(LIMIT))) {
        find(Rule.TIER_WITHOUT_LIMIT, task);
      }
      for (var limit : limits) {
        var known = new HashMap<>(Map.of("tier", tier));
        checkClimb(tier, limit, walk().from(limit, known), "its time is up");
      }
    }

    private void checkEscalation(String tier, UserTask task) {
      var known = new HashMap<>(Map.of(
          "tier", tier, "outcome", "escalate", "reason", "complex-problem", "trigger", "agent"));
      Walk.empty("toTier", known);
      checkClimb(tier, task, walk().from(task, known), "the outcome is 'escalate'");
    }

    /** All ways lead to the next tier, with a reason, and the customer is told on each. */
    private void checkClimb(String tier, FlowNode from, List<Walk.Arrival> arrivals, String when) {
      var next = tiers.get(tiers.indexOf(tier) + 1);
      if (!tasks.containsKey(next)) {
        return;
      }
      var higher = tiers.subList(tiers.indexOf(next), tiers.size()).stream()
          .flatMap(each -> tasks.getOrDefault(each, List.of()).stream())
          .toList();
      var lost =
          arrivals.stream().filter(arrival -> !higher.contains(arrival.at())).findFirst();
      if (lost.isPresent() || arrivals.isEmpty()) {
        find(
            Rule.TIER_WITHOUT_WAY_UP,
            from,
            next,
            when,
            lost.map(Walk.Arrival::place).orElse("nowhere"));
      }
      var climbs =
          arrivals.stream().filter(arrival -> higher.contains(arrival.at())).toList();
      if (climbs.stream()
          .anyMatch(arrival -> arrival.atHub() != null
              && !(Walk.isSet(arrival.atHub(), "reason")
                  && Walk.isSet(arrival.atHub(), "trigger")))) {
        find(Rule.REASON_NOT_SET, from);
      }
      climbs.stream()
          .filter(arrival -> !arrival.sinceHub().contains("notifyCustomer"))
          .findFirst()
          .ifPresent(arrival -> find(Rule.CUSTOMER_NOT_TOLD, arrival.at(), Drawing.label(from)));
    }

    private void checkResolution(String tier, UserTask task) {
      var arrivals = walk()
          .from(task, new HashMap<>(Map.of("tier", tier, "outcome", "resolve", "solution", "…")));
      arrivals.stream()
          .filter(arrival -> !arrival.passed().contains("proposeSolution"))
          .findFirst()
          .ifPresent(arrival -> find(Rule.TIER_WITHOUT_RESOLUTION, task, arrival.place()));
    }

    private void checkTask(UserTask task) {
      checkListener(
          task,
          "writeBrief",
          "create",
          "Whoever opens the task would not see why it is here and what was tried.");
      checkListener(
          task, "recordClaim", "assignment", "Nobody could say afterwards who had the case.");
      if (!LIMIT.equals(String.valueOf(task.getCamundaDueDate()).replace(" ", ""))) {
        find(Rule.TIER_WITHOUT_DUE_DATE, task);
      }
    }

    private void checkListener(UserTask task, String listener, String event, String why) {
      var isThere = task.getExtensionElements() != null
          && task.getExtensionElements().getChildElementsByType(CamundaTaskListener.class).stream()
              .anyMatch(each -> event.equals(each.getCamundaEvent())
                  && ("${" + listener + "}").equals(each.getCamundaDelegateExpression()));
      if (!isThere) {
        find(Rule.TIER_WITHOUT_BRIEF, task, listener, event, why);
      }
    }

    /** Follows time limits alone, from tier to tier: none may come twice. */
    private void checkRounds() {
      var next = new HashMap<UserTask, List<UserTask>>();
      tasks.forEach((tier, all) -> all.forEach(task -> next.put(
          task,
          drawing.boundaries(task).stream()
              .filter(BoundaryEvent::cancelActivity)
              .filter(event -> Drawing.definition(event)
                  .filter(TimerEventDefinition.class::isInstance)
                  .isPresent())
              .flatMap(event -> walk().from(event, new HashMap<>(Map.of("tier", tier))).stream())
              .map(Walk.Arrival::at)
              .filter(UserTask.class::isInstance)
              .map(UserTask.class::cast)
              .toList())));
      var reported = new LinkedHashSet<UserTask>();
      for (var task : tasks.values().stream().flatMap(List::stream).toList()) {
        round(task, List.of(task), next)
            .filter(way -> way.stream().noneMatch(reported::contains))
            .ifPresent(way -> {
              reported.addAll(way);
              find(
                  Rule.LIMIT_COMES_BACK,
                  task,
                  way.stream().map(Drawing::label).collect(Collectors.joining(" → ")));
            });
      }
    }

    private static Optional<List<UserTask>> round(
        UserTask goal, List<UserTask> way, Map<UserTask, List<UserTask>> next) {
      for (var task : next.getOrDefault(way.get(way.size() - 1), List.of())) {
        var longer = new ArrayList<>(way);
        longer.add(task);
        if (task.equals(goal)) {
          return Optional.of(longer);
        }
        if (!way.contains(task)) {
          var found = round(goal, longer, next);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    private void checkAfterwards() {
      var rejected = drawing.all(CatchEvent.class).stream()
          .filter(event -> Drawing.definition(event)
              .filter(MessageEventDefinition.class::isInstance)
              .map(MessageEventDefinition.class::cast)
              .filter(each -> each.getMessage() != null
                  && "solutionRejected".equals(each.getMessage().getName()))
              .isPresent())
          .findFirst();
      var leadsSomewhere = rejected
          .filter(event -> walk().from(event, new HashMap<>()).stream()
              .anyMatch(
                  arrival -> tasks.values().stream().anyMatch(all -> all.contains(arrival.at()))))
          .isPresent();
      if (!leadsSomewhere) {
        find(Rule.REJECTION_LEADS_NOWHERE, rejected.map(FlowNode.class::cast).orElse(null));
      }
      if (withStep("startSurvey").isEmpty()) {
        find(Rule.NO_SURVEY, null);
      }
      if (withStep("startDebrief").isEmpty()) {
        find(Rule.NO_DEBRIEF, null);
      }
    }
  }
}
