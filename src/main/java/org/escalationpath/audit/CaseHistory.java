package org.escalationpath.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.engine.PastPaths;
import org.escalationpath.engine.PastPaths.DecisionAnswer;
import org.escalationpath.engine.PastPaths.Process;
import org.escalationpath.engine.PastPaths.Step;
import org.escalationpath.notification.Notification;
import org.escalationpath.notification.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All that is known of a case, from the ledger, the messages and the engine's history, in the order in which it happened. */
@Component
public class CaseHistory {

  private static final String USER_TASK = "userTask";
  private static final Set<String> DETAILS = Set.of("process", "decision");
  private static final Set<String> OF_VARIABLES_AND_JOBS = Set.of("Variable", "Job");

  private final Ledger ledger;
  private final Notifications notifications;
  private final PastPaths paths;

  CaseHistory(Ledger ledger, Notifications notifications, PastPaths paths) {
    this.ledger = ledger;
    this.notifications = notifications;
    this.paths = paths;
  }

  /**
   * @param processes all of the case, the first started first; none where the engine's history has been cleaned up
   * @param steps what they reached, in order
   * @param happenings everything, in order
   */
  public record History(List<Process> processes, List<Step> steps, List<Happening> happenings) {

    /** The steps of one process. */
    public List<Step> stepsOf(String process) {
      return steps.stream().filter(step -> step.process().equals(process)).toList();
    }
  }

  public History of(CaseNumber number) {
    var key = number.value();
    var processes = paths.processes(key);
    var steps = paths.steps(key);
    var all = new ArrayList<Happening>();
    ledger.of(number).forEach(entry -> all.add(happening(entry)));
    processes.forEach(process -> addProcess(process, all));
    steps.forEach(step -> addStep(step, all));
    paths.decisions(key).stream()
        .collect(Collectors.groupingBy(DecisionAnswer::id, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(answers -> all.add(happening(answers)));
    paths.operations(key).forEach(operation -> all.add(happening(operation)));
    paths.variables(key).forEach(change -> all.add(happening(change)));
    paths.troubles(key).forEach(trouble -> addTrouble(trouble, all));
    notifications.of(number).forEach(message -> addMessage(message, all));
    // how a message was delivered is a step of its process and nothing that happened to the case
    var deliveries =
        processes.stream().filter(Process::isDelivery).map(Process::id).collect(Collectors.toSet());
    all.replaceAll(each -> deliveries.contains(each.process()) && DETAILS.contains(each.kind())
        ? each.as("step")
        : each);
    // what happened in the same millisecond keeps the order of its records
    all.sort(Comparator.comparing(Happening::at));
    return new History(processes, steps, List.copyOf(all));
  }

  private static Happening happening(LedgerEntry entry) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("seq", entry.seq());
    put(facts, "fromTier", entry.fromTier(), Object::toString);
    put(facts, "toTier", entry.toTier(), Object::toString);
    put(facts, "reason", entry.reason(), Object::toString);
    put(facts, "trigger", entry.trigger(), Object::toString);
    put(facts, "note", entry.note(), text -> text);
    put(facts, "modelVersion", entry.modelVersion(), text -> text);
    if (!entry.details().isEmpty()) {
      facts.put("details", entry.details());
    }
    return new Happening(
        entry.at(), "ledger", entry.what().toString(), entry.who(), null, null, null, facts);
  }

  private static <T> void put(
      Map<String, Object> facts, String name, @Nullable T value, Function<T, Object> text) {
    if (value != null) {
      facts.put(name, text.apply(value));
    }
  }

  private static void addProcess(Process process, List<Happening> all) {
    all.add(new Happening(
        process.startedAt(),
        "process",
        "started",
        process.startedBy(),
        process.id(),
        null,
        process.key(),
        Map.of("version", process.version())));
    if (process.endedAt() != null) {
      var facts = new LinkedHashMap<String, Object>();
      facts.put("version", process.version());
      put(facts, "why", process.deleteReason(), text -> text);
      all.add(new Happening(
          process.endedAt(),
          "process",
          process.state().equals("COMPLETED") ? "ended" : "deleted",
          null,
          process.id(),
          null,
          process.key(),
          facts));
    }
  }

  /** Of a user task its beginning and its end are two things. */
  private static void addStep(Step step, List<Happening> all) {
    if (!step.type().equals(USER_TASK)) {
      all.add(step(step, "step", step.type(), null));
      return;
    }
    all.add(step(step, "task", "created", null));
    if (step.endedAt() != null) {
      var what = step.isCancelled() ? "cancelled" : "completed";
      all.add(new Happening(
          step.endedAt(),
          "task",
          what,
          step.isCancelled() ? null : step.assignee(),
          step.process(),
          step.element(),
          step.name(),
          Map.of()));
    }
  }

  private static Happening step(Step step, String kind, String what, @Nullable String who) {
    return new Happening(
        step.startedAt(), kind, what, who, step.process(), step.element(), step.name(), Map.of());
  }

  private static Happening happening(List<DecisionAnswer> answers) {
    var first = answers.get(0);
    var facts = new LinkedHashMap<String, Object>();
    facts.put("table", first.key() + ":" + first.version());
    put(facts, "rule", first.rulePlace(), place -> place);
    put(facts, "ruleId", first.rule(), text -> text);
    facts.put(
        "answer",
        answers.stream()
            .filter(each -> each.name() != null)
            .map(each -> each.name() + " = " + Objects.requireNonNullElse(each.value(), "–"))
            .collect(Collectors.joining(", ")));
    return new Happening(
        first.at(),
        "decision",
        "evaluated",
        null,
        first.process(),
        first.element(),
        first.decision(),
        facts);
  }

  private static Happening happening(PastPaths.Operation operation) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("entity", operation.entity());
    put(facts, "property", operation.property(), text -> text);
    put(facts, "from", operation.from(), CaseHistory::readable);
    put(facts, "to", operation.to(), CaseHistory::readable);
    return new Happening(
        operation.at(),
        // a change of these by hand is in the ledger; all others go with what a person did to a
        // task or a case
        OF_VARIABLES_AND_JOBS.contains(operation.entity()) ? "variable" : "operation",
        operation.operation(),
        operation.who(),
        operation.process(),
        null,
        operation.task(),
        facts);
  }

  /** The operation log writes moments as milliseconds. */
  private static String readable(String value) {
    return value.matches("\\d{13}") || value.matches("2534\\d{11}")
        ? Instant.ofEpochMilli(Long.parseLong(value)).toString()
        : value;
  }

  private static Happening happening(PastPaths.VariableChange change) {
    var facts = new LinkedHashMap<String, Object>();
    put(facts, "value", change.value(), text -> text);
    return new Happening(
        change.at(), "variable", "set", null, change.process(), null, change.name(), facts);
  }

  private static void addTrouble(PastPaths.Trouble trouble, List<Happening> all) {
    var facts = new LinkedHashMap<String, Object>();
    put(facts, "text", trouble.text(), text -> text);
    all.add(new Happening(
        trouble.at(),
        "trouble",
        "began",
        null,
        trouble.process(),
        trouble.element(),
        trouble.type(),
        facts));
    if (trouble.endedAt() != null) {
      all.add(new Happening(
          trouble.endedAt(),
          "trouble",
          "ended",
          null,
          trouble.process(),
          trouble.element(),
          trouble.type(),
          facts));
    }
  }

  private static void addMessage(Notification message, List<Happening> all) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("id", message.id());
    facts.put("to", message.person() == null ? message.recipient() : message.person());
    facts.put("state", message.state());
    all.add(new Happening(
        message.requestedAt(),
        "message",
        "requested",
        null,
        null,
        null,
        message.template(),
        facts));
    if (message.deliveredAt() != null) {
      all.add(new Happening(
          message.deliveredAt(),
          "message",
          "delivered",
          null,
          null,
          null,
          message.template(),
          facts));
    }
  }
}
