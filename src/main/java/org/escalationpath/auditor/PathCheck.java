package org.escalationpath.auditor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.clocks.PauseFinding;
import org.escalationpath.clocks.Standing;
import org.escalationpath.engine.DueDate;
import org.escalationpath.engine.RunningPaths.Path;
import org.escalationpath.engine.RunningPaths.Timer;
import org.escalationpath.engine.RunningPaths.WaitingTask;
import org.escalationpath.escalation.ExpectedTimers;
import org.jspecify.annotations.Nullable;

/**
 * What is promised of each open case: it waits in exactly one tier, for the customer, or for an acceptance; its next deadline is
 * armed as exactly one live timer at exactly the instant that the clock gives; its task shows that date; and no timer is late.
 */
final class PathCheck {

  static final String PATH = "path";
  static final String TASK = "task";
  static final String TASK_DATE = "task-date";
  static final String TIMER_MISSING = "timer-missing";
  static final String TIMER_DUPLICATE = "timer-duplicate";
  static final String TIMER_DATE = "timer-date";
  static final String TIMER_SUSPENDED = "timer-suspended";
  static final String TIMER_FAILED = "timer-failed";
  static final String TIMER_LATE = "timer-late";

  static final List<String> MOMENTS =
      List.of("answerReminderAt", "answerLimitAt", "acceptanceLimitAt", "nextAlarmAt");

  private static final String TIER_TASK = "userTask_resolveAt";
  private static final Duration LATEST = Duration.ofMinutes(1);

  private final CustomerCase customerCase;
  private final Standing standing;
  private final List<Path> paths;
  private final List<WaitingTask> tasks;
  private final List<Timer> timers;
  private final Map<String, Instant> moments;
  private final Set<String> drawn;
  private final Instant now;
  private final boolean isExecutorRunning;
  private final List<Mismatch> mismatches = new ArrayList<>();

  /** What is and what should be. */
  record Mismatch(String kind, String text) {}

  /**
   * @param moments the dates of {@link #MOMENTS} that the path holds
   * @param drawn what the timers of the path's model are drawn with
   */
  PathCheck(
      CustomerCase customerCase,
      Standing standing,
      List<Path> paths,
      List<WaitingTask> tasks,
      List<Timer> timers,
      Map<String, Instant> moments,
      Set<String> drawn,
      Instant now,
      boolean isExecutorRunning) {
    this.customerCase = customerCase;
    this.standing = standing;
    this.paths = paths;
    this.tasks = tasks;
    this.timers = timers;
    this.moments = moments;
    this.drawn = drawn;
    this.now = now;
    this.isExecutorRunning = isExecutorRunning;
  }

  /** What is wrong; one mismatch of a kind at most. */
  List<Mismatch> run() {
    if (paths.size() != 1) {
      add(PATH, "it has %d running paths instead of one".formatted(paths.size()));
      return mismatches;
    }
    checkTimersLive();
    if (customerCase.state() != CaseState.RESOLVED) {
      checkTier();
    }
    // before the first tier there is nothing to compare with
    if (customerCase.state() == CaseState.RESOLVED || standing.tier() != null) {
      checkTimers();
    }
    standing.badPauses().stream()
        .filter(PauseFinding::isLasting)
        .forEach(pause -> add(pause.kind(), pause.text()));
    return mismatches;
  }

  private void checkTier() {
    var named = tasks.stream().filter(task -> task.key().startsWith(TIER_TASK)).toList();
    // an owner may have drawn a tier under any other id
    var atTiers = named.isEmpty() ? tasks : named;
    if (atTiers.size() != 1) {
      add(TASK, "it waits in %d tiers instead of one".formatted(atTiers.size()));
    }
    if (standing.tier() == null) {
      return;
    }
    if (!atTiers.isEmpty() && !isEndOfWaitDue()) {
      checkTaskDate(atTiers.get(0), standing.tier());
    }
  }

  private void checkTimers() {
    var expected =
        ExpectedTimers.of(customerCase.state(), standing, moments.containsKey("nextAlarmAt"), now);
    expected.stream()
        .filter(variable -> !isNotItsTurn(variable))
        .forEach(variable -> checkOne(variable, date(variable)));
    if (!expected.contains("tierReminderAt") && !of("tierReminderAt").isEmpty()) {
      checkOne("tierReminderAt", date("tierReminderAt"));
    }
  }

  /** Of the reminder and the limit of a question the one is armed after the other. */
  private boolean isNotItsTurn(String variable) {
    return variable.equals("answerReminderAt") && of(variable).isEmpty()
        || variable.equals("answerLimitAt") && !of("answerReminderAt").isEmpty();
  }

  /** The clock runs already, and the timer that moves all others with it is about to. */
  private boolean isEndOfWaitDue() {
    return standing.thirdParty() != null && !standing.thirdParty().until().isAfter(now);
  }

  /** At which date a timer must be armed; null where it says nothing. */
  private @Nullable Instant date(String variable) {
    if (isEndOfWaitDue() && variable.startsWith("tier")) {
      return null;
    }
    return switch (variable) {
      case "tierLimitAt" -> standing.tier() == null ? null : standing.tier().limitAt();
      case "tierReminderAt" -> standing.tier() == null ? null : standing.tier().reminderAt();
      // it may ring early and then looks again, so that its date is no promise
      case "promiseReminderAt" -> null;
      case "thirdPartyLimitAt" ->
        standing.thirdParty() == null
            ? null
            : standing.thirdParty().until().truncatedTo(ChronoUnit.SECONDS);
      default -> moments.get(variable);
    };
  }

  private void checkTaskDate(WaitingTask task, Deadlines tier) {
    var isWaiting = customerCase.state() == CaseState.WAITING || tier.arePaused();
    var expected = isWaiting ? null : tier.limitAt();
    if (differ(task.dueDate(), expected)) {
      add(
          TASK_DATE,
          "its task is due %s instead of %s".formatted(shown(task.dueDate()), shown(expected)));
    }
  }

  private void checkOne(String variable, @Nullable Instant expected) {
    var armed = of(variable);
    if (drawn.stream().noneMatch(each -> each.contains("${" + variable + "}"))) {
      return;
    }
    if (armed.isEmpty()) {
      add(TIMER_MISSING, "no timer is armed for %s, due %s".formatted(variable, shown(expected)));
    } else if (armed.size() > 1) {
      add(TIMER_DUPLICATE, "%d timers are armed for %s".formatted(armed.size(), variable));
    } else if (expected != null && differ(armed.get(0).dueAt(), expected)) {
      add(
          TIMER_DATE,
          "the timer for %s is due %s instead of %s"
              .formatted(variable, shown(armed.get(0).dueAt()), shown(expected)));
    }
  }

  /** Clocks that an upgrade converted were counted in milliseconds before, and may be a second off. */
  private boolean differ(@Nullable Instant is, @Nullable Instant expected) {
    return standing.isConverted() && is != null && expected != null
        ? Duration.between(is, expected).abs().compareTo(Duration.ofSeconds(1)) > 0
        : !Objects.equals(is, expected);
  }

  private List<Timer> of(String variable) {
    return timers.stream()
        .filter(timer -> timer.drawnWith().contains("${" + variable + "}"))
        .toList();
  }

  private void checkTimersLive() {
    if (paths.get(0).isSuspended() || timers.stream().anyMatch(Timer::isSuspended)) {
      add(TIMER_SUSPENDED, "a timer or the whole path is suspended, so that no limit can pass");
    }
    if (timers.stream().anyMatch(timer -> timer.retries() == 0)) {
      add(TIMER_FAILED, "a timer has failed and is not tried again");
    }
    timers.stream()
        .filter(this::isLate)
        .findFirst()
        .ifPresent(timer -> add(
            TIMER_LATE,
            "the timer %s was due %s".formatted(timer.drawnWith(), shown(timer.dueAt()))));
  }

  private boolean isLate(Timer timer) {
    var isLive = !timer.isSuspended() && timer.retries() > 0 && !paths.get(0).isSuspended();
    return isLive
        && isExecutorRunning
        && timer.dueAt() != null
        && timer.dueAt().isBefore(now.minus(LATEST));
  }

  private void add(String kind, String text) {
    if (mismatches.stream().noneMatch(mismatch -> mismatch.kind().equals(kind))) {
      mismatches.add(new Mismatch(kind, text));
    }
  }

  private static String shown(@Nullable Instant at) {
    return at == null ? "at no date" : at.equals(DueDate.NEVER) ? "never" : "on " + at;
  }
}
