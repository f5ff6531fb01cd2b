package org.escalationpath.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Moves running process instances from one version of a model to another with the engine's own migration. Timers keep their dates to the
 * second. A timer that has rung already is armed again by the engine (camunda-bpm-platform#3713); that one is taken away, so that nothing
 * rings twice.
 */
@Component
public class Migrations {

  private final RuntimeService runtime;
  private final RepositoryService repository;
  private final ManagementService management;
  private final Commands commands;

  Migrations(
      @Lazy RuntimeService runtime,
      @Lazy RepositoryService repository,
      @Lazy ManagementService management,
      Commands commands) {
    this.runtime = runtime;
    this.repository = repository;
    this.management = management;
    this.commands = commands;
  }

  /**
   * An element where instances stand.
   *
   * @param instances how many
   * @param target where they would go on; null where nothing says
   */
  public record Place(
      String element, String name, int instances, @Nullable String target) {}

  /**
   * What a migration would do.
   *
   * @param instances how many run under the version that is left
   * @param problems instructions that the engine refuses, in its words
   */
  public record Preview(int instances, List<Place> places, List<String> problems) {

    /** Whether each place leads somewhere and the engine takes all instructions. */
    public boolean isWhole() {
      return problems.isEmpty() && places.stream().allMatch(place -> place.target() != null);
    }
  }

  /** A timer of an instance. */
  public record Timer(String element, @Nullable Instant dueAt) {}

  /** The timers of one instance before and after. */
  public record Moved(List<Timer> before, List<Timer> after) {}

  /** The instance has ended, or runs under another version by now. */
  public static class Gone extends Impossible {

    Gone() {
      super("it does not run under that version any more");
    }
  }

  /** The instance cannot be moved; the message says why. */
  public static class Impossible extends RuntimeException {

    Impossible(String message) {
      super(message);
    }
  }

  /**
   * What moving all instances from the definition {@code from} to {@code to} would do; elements of the same id and kind go to one
   * another.
   *
   * @param mapping where elements go that have no counterpart of the same id
   */
  public Preview preview(String from, String to, Map<String, String> mapping) {
    var problems = new ArrayList<String>();
    var targets = new HashMap<String, String>();
    try {
      // in a transaction of its own, which the engine rolls back if it refuses the plan
      targets.putAll(commands.run(() -> targets(plan(from, to, mapping))));
    } catch (MigrationPlanValidationException e) {
      problems.addAll(problems(e));
    } catch (BadUserRequestException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return commands.run(() -> new Preview(
        (int) runtime.createProcessInstanceQuery().processDefinitionId(from).count(),
        places(from, targets),
        problems));
  }

  private List<Place> places(String from, Map<String, String> targets) {
    return management.createActivityStatisticsQuery(from).list().stream()
        .filter(each -> each.getInstances() > 0)
        .map(each -> new Place(
            each.getId(), name(from, each.getId()), each.getInstances(), targets.get(each.getId())))
        .sorted(Comparator.comparing(Place::element))
        .toList();
  }

  /**
   * The timers of one element, over all instances.
   *
   * @param next when the first of them rings
   */
  public record Ringing(
      String element, String name, int timers, @Nullable Instant next) {}

  /** The timers of all instances that run under {@code from}, by element, the next to ring first. */
  public List<Ringing> ringing(String from) {
    return commands.run(() ->
        management.createJobDefinitionQuery().processDefinitionId(from).list().stream()
            .map(definition -> {
              var timers = management
                  .createJobQuery()
                  .jobDefinitionId(definition.getId())
                  .timers()
                  .orderByJobDuedate()
                  .asc();
              var first = timers.listPage(0, 1);
              return new Ringing(
                  definition.getActivityId(),
                  name(from, definition.getActivityId()),
                  (int) timers.count(),
                  first.isEmpty() ? null : instant(first.get(0)));
            })
            .filter(each -> each.timers() > 0)
            .sorted(Comparator.comparing(
                Ringing::next, Comparator.nullsFirst(Comparator.naturalOrder())))
            .toList());
  }

  /** The ids of the instances that run under {@code from}, with their business keys, the oldest first. */
  public Map<String, @Nullable String> instances(String from) {
    return commands.run(() -> {
      var instances = new LinkedHashMap<String, @Nullable String>();
      runtime
          .createProcessInstanceQuery()
          .processDefinitionId(from)
          .orderByProcessInstanceId()
          .asc()
          .list()
          .forEach(each -> instances.put(each.getId(), each.getBusinessKey()));
      return instances;
    });
  }

  /**
   * Moves one instance, in the caller's transaction.
   *
   * @throws Impossible if it cannot be moved as it stands, or a deadline of it would change; the caller rolls back
   */
  public Moved migrate(String from, String to, Map<String, String> mapping, String instance) {
    return commands.run(() -> {
      var running =
          runtime.createProcessInstanceQuery().processInstanceId(instance).singleResult();
      if (running == null || !running.getProcessDefinitionId().equals(from)) {
        throw new Gone();
      }
      try {
        return move(plan(from, to, mapping), running);
      } catch (MigratingProcessInstanceValidationException e) {
        throw new Impossible(
            e.getValidationReport().getFailures().isEmpty()
                ? activityProblems(e)
                : String.join("; ", e.getValidationReport().getFailures()));
      } catch (MigrationPlanValidationException e) {
        throw new Impossible(String.join("; ", problems(e)));
      }
    });
  }

  private Moved move(MigrationPlan plan, ProcessInstance instance) {
    var before = timers(instance.getId());
    runtime.newMigration(plan).processInstanceIds(instance.getId()).execute();
    var kept = before.stream().map(Job::getId).collect(Collectors.toSet());
    var source = elements(plan.getSourceProcessDefinitionId());
    var back = new HashMap<String, String>();
    targets(plan).forEach((old, now) -> back.put(now, old));
    for (var timer : timers(instance.getId())) {
      var isArmedAgain =
          !kept.contains(timer.getId()) && source.contains(back.getOrDefault(element(timer), ""));
      if (isArmedAgain) {
        management.deleteJob(timer.getId());
      }
    }
    var after = timers(instance.getId());
    mustBeKept(before, after);
    return new Moved(described(before), described(after));
  }

  /** A timer that goes on rings when it would have rung. */
  private static void mustBeKept(List<Job> before, List<Job> after) {
    var dates = new HashMap<String, @Nullable Instant>();
    before.forEach(timer -> dates.put(timer.getId(), instant(timer)));
    for (var timer : after) {
      if (dates.containsKey(timer.getId())
          && !java.util.Objects.equals(dates.get(timer.getId()), instant(timer))) {
        throw new Impossible("a deadline would change");
      }
    }
  }

  private MigrationPlan plan(String from, String to, Map<String, String> mapping) {
    var builder = runtime.createMigrationPlan(from, to).mapEqualActivities();
    mapping.forEach(builder::mapActivities);
    return builder.build();
  }

  private static Map<String, String> targets(MigrationPlan plan) {
    return plan.getInstructions().stream()
        .collect(Collectors.toMap(
            MigrationInstruction::getSourceActivityId,
            MigrationInstruction::getTargetActivityId,
            (one, other) -> other));
  }

  private static List<String> problems(MigrationPlanValidationException e) {
    return e.getValidationReport().getInstructionReports().stream()
        .map(report -> "%s → %s: %s"
            .formatted(
                report.getMigrationInstruction().getSourceActivityId(),
                report.getMigrationInstruction().getTargetActivityId(),
                String.join("; ", report.getFailures())))
        .toList();
  }

  private static String activityProblems(MigratingProcessInstanceValidationException e) {
    return e.getValidationReport().getActivityInstanceReports().stream()
        .map(report -> report.getSourceScopeId() + ": " + String.join("; ", report.getFailures()))
        .collect(Collectors.joining("; "));
  }

  private List<Job> timers(String instance) {
    return management.createJobQuery().processInstanceId(instance).timers().list();
  }

  private List<Timer> described(List<Job> jobs) {
    return jobs.stream()
        .map(job -> new Timer(element(job), instant(job)))
        .sorted(Comparator.comparing(Timer::element))
        .toList();
  }

  private String element(Job job) {
    return management
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult()
        .getActivityId();
  }

  private static @Nullable Instant instant(Job job) {
    return job.getDuedate() == null ? null : job.getDuedate().toInstant();
  }

  private Set<String> elements(String definition) {
    return repository
        .getBpmnModelInstance(definition)
        .getModelElementsByType(FlowElement.class)
        .stream()
        .map(FlowElement::getId)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private String name(String definition, String element) {
    return repository.getBpmnModelInstance(definition).getModelElementById(element)
                instanceof FlowElement found
            && found.getName() != null
        ? found.getName()
        : element;
  }
}
