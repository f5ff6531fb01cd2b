package org.escalationpath.auditor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.camunda.bpm.engine.ManagementService;
import org.escalationpath.auditor.PathCheck.Mismatch;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Standing;
import org.escalationpath.clocks.Standings;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.JobExecutorState;
import org.escalationpath.engine.RunningPaths;
import org.escalationpath.engine.RunningPaths.Drawn;
import org.escalationpath.engine.RunningPaths.Moment;
import org.escalationpath.escalation.EscalationProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks every open case, on one node of a cluster at a time. It runs on Spring's schedule and not as an engine's job, because it
 * must notice when the engine's jobs do not run. It reads many cases at once without locking anybody; what looks wrong is looked
 * at again alone, under the case's lock, before it is called a finding.
 */
@Component
public class EscalationAuditor {

  static final String CHECK_FAILED = "check-failed";
  static final String EXECUTOR_STOPPED = "job-executor-stopped";

  private static final Logger log = LoggerFactory.getLogger(EscalationAuditor.class);
  private static final String PROCESS = "escalation-path";
  private static final int CHUNK = 2_000;
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Cases cases;
  private final Standings standings;
  private final Ledger ledger;
  private final RunningPaths paths;
  private final Findings findings;
  private final Incidents incidents;
  private final JobExecutorState executor;
  private final ManagementService management;
  private final EscalationProcess escalation;
  private final Commands commands;
  private final AuditorMetrics metrics;
  private final Clock clock;

  EscalationAuditor(
      Cases cases,
      Standings standings,
      Ledger ledger,
      RunningPaths paths,
      Findings findings,
      Incidents incidents,
      JobExecutorState executor,
      @Lazy ManagementService management,
      EscalationProcess escalation,
      Commands commands,
      AuditorMetrics metrics,
      Clock clock) {
    this.cases = cases;
    this.standings = standings;
    this.ledger = ledger;
    this.paths = paths;
    this.findings = findings;
    this.incidents = incidents;
    this.executor = executor;
    this.management = management;
    this.escalation = escalation;
    this.commands = commands;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Scheduled(
      initialDelayString = "${escalation.auditor.every:PT1M}",
      fixedDelayString = "${escalation.auditor.every:PT1M}")
  @SchedulerLock(name = "escalation-auditor", lockAtMostFor = "PT10M", lockAtLeastFor = "PT30S")
  void runInTheBackground() {
    try {
      run();
    } catch (RuntimeException e) {
      log.error("The escalation auditor could not finish; it tries again in its next run", e);
    }
  }

  /** Checks all open cases and returns how many that were. */
  public synchronized int run() {
    var started = System.nanoTime();
    var drawn = paths.drawn(PROCESS).stream()
        .collect(groupingBy(Drawn::definition, mapping(Drawn::drawnWith, toSet())));
    var checked = 0;
    List<CustomerCase> chunk = cases.notEnded(null, CHUNK);
    while (!chunk.isEmpty()) {
      reconcile(chunk, mismatches(chunk, drawn), drawn);
      checked += chunk.size();
      chunk = cases.notEnded(chunk.get(chunk.size() - 1).number(), CHUNK);
    }
    checkTheSystem();
    var took = Duration.ofNanos(System.nanoTime() - started);
    findings.ran(checked, took.toMillis());
    metrics.ran(took);
    return checked;
  }

  // ---- one chunk

  /** A case that cannot be checked must not keep the others from it, and is a finding itself. */
  private Map<CaseNumber, List<Mismatch>> mismatches(
      List<CustomerCase> chunk, Map<String, Set<String>> drawn) {
    try {
      return check(chunk, drawn);
    } catch (DataAccessException e) {
      // the database is at fault and no case; to ask it for each of them would take hours
      throw e;
    } catch (RuntimeException e) {
      if (chunk.size() == 1) {
        log.error("Case {} cannot be checked", chunk.get(0).number(), e);
        return Map.of(
            chunk.get(0).number(),
            List.of(new Mismatch(CHECK_FAILED, "it cannot be checked: " + e.getMessage())));
      }
      var found = new HashMap<CaseNumber, List<Mismatch>>();
      chunk.forEach(each -> found.putAll(mismatches(List.of(each), drawn)));
      return found;
    }
  }

  private Map<CaseNumber, List<Mismatch>> check(
      List<CustomerCase> chunk, Map<String, Set<String>> drawn) {
    var first = chunk.get(0).number();
    var last = chunk.get(chunk.size() - 1).number();
    var standingsOf = standings.between(first, last);
    var pathsOf =
        byKey(paths.paths(PROCESS, first.value(), last.value()), RunningPaths.Path::businessKey);
    var tasksOf = byKey(
        paths.tasks(PROCESS, first.value(), last.value()), RunningPaths.WaitingTask::businessKey);
    var timersOf =
        byKey(paths.timers(PROCESS, first.value(), last.value()), RunningPaths.Timer::businessKey);
    var momentsOf = byKey(
        paths.moments(PROCESS, first.value(), last.value(), PathCheck.MOMENTS),
        Moment::businessKey);
    var found = new HashMap<CaseNumber, List<Mismatch>>();
    for (var each : chunk) {
      var key = each.number().value();
      var itsPaths = pathsOf.getOrDefault(key, List.of());
      var mismatches = new PathCheck(
              each,
              standingsOf.getOrDefault(each.number(), Standing.NONE),
              itsPaths,
              tasksOf.getOrDefault(key, List.of()),
              timersOf.getOrDefault(key, List.of()),
              momentsOf.getOrDefault(key, List.of()).stream()
                  .collect(toMap(Moment::name, Moment::at, (one, other) -> one)),
              itsPaths.isEmpty()
                  ? Set.of()
                  : drawn.getOrDefault(itsPaths.get(0).definition(), Set.of()),
              clock.instant(),
              executor.isRunning())
          .run();
      if (!mismatches.isEmpty()) {
        found.put(each.number(), mismatches);
      }
    }
    return found;
  }

  private static <T> Map<String, List<T>> byKey(List<T> rows, Function<T, String> key) {
    return rows.stream().collect(groupingBy(key));
  }

  /** Looks again at cases that look wrong and are not known to be, or known to be and no longer look it. */
  private void reconcile(
      List<CustomerCase> chunk,
      Map<CaseNumber, List<Mismatch>> mismatches,
      Map<String, Set<String>> drawn) {
    var known =
        findings.lasting(chunk.get(0).number(), chunk.get(chunk.size() - 1).number()).stream()
            .collect(groupingBy(Finding::caseNumber));
    var toLookAt = new ArrayList<>(mismatches.keySet());
    known.keySet().stream().filter(number -> !toLookAt.contains(number)).forEach(toLookAt::add);
    for (var number : toLookAt) {
      if (!kinds(mismatches.getOrDefault(number, List.of()))
          .equals(
              known.getOrDefault(number, List.of()).stream().map(Finding::kind).collect(toSet()))) {
        confirm(number, drawn);
      }
    }
  }

  private static Set<String> kinds(List<Mismatch> mismatches) {
    return mismatches.stream().map(Mismatch::kind).collect(toSet());
  }

  /** Writes down what one case's check finds under its lock, and that what it no longer finds is gone. */
  private void confirm(CaseNumber number, Map<String, Set<String>> drawn) {
    try {
      commands.run(() -> {
        var customerCase = cases.lock(number);
        var mismatches = customerCase.state().isEnded()
            ? List.<Mismatch>of()
            : mismatches(List.of(customerCase), drawn).getOrDefault(number, List.of());
        var known = findings.lasting(number, number);
        mismatches.stream()
            .filter(
                mismatch -> known.stream().noneMatch(each -> each.kind().equals(mismatch.kind())))
            .forEach(mismatch -> found(customerCase, mismatch));
        known.stream().filter(each -> !kinds(mismatches).contains(each.kind())).forEach(this::gone);
      });
    } catch (RuntimeException e) {
      log.warn("Case {} could not be looked at again; the next run does", number, e);
    }
  }

  private void found(CustomerCase customerCase, Mismatch mismatch) {
    var number = customerCase.number();
    log.warn("Case {}: {}", number, mismatch.text());
    ledger.append(
        number,
        LedgerEntry.of(What.AUDIT_FINDING, Actor.SYSTEM)
            .from(customerCase.tier())
            .to(customerCase.tier())
            .detailing(Map.of("kind", mismatch.kind(), "text", mismatch.text())));
    var incident = incidents.raise(number, mismatch.kind(), mismatch.text());
    findings.add(number, mismatch.kind(), mismatch.text(), incident);
  }

  private void gone(Finding finding) {
    incidents.resolve(finding.incidentId());
    findings.gone(finding);
  }

  // ---- the system

  private void checkTheSystem() {
    findings.lastingOfEndedCases().forEach(each -> commands.run(() -> gone(each)));
    var isStopped = !executor.isRunning() && hasLateTimers();
    commands.run(() -> {
      var known = findings.lastingOfTheSystem();
      if (!isStopped) {
        known.forEach(findings::gone);
      } else if (known.isEmpty()) {
        log.error("The job executor does not run, and limits have passed");
        findings.add(
            null,
            EXECUTOR_STOPPED,
            "the job executor of a node does not run, and limits have passed",
            null);
      }
    });
  }

  private boolean hasLateTimers() {
    return management
            .createJobQuery()
            .timers()
            .active()
            .withRetriesLeft()
            .duedateLowerThan(java.util.Date.from(clock.instant().minus(LATE)))
            .count()
        > 0;
  }

  // ---- repair

  /**
   * Puts the timers and the task of a case right, and looks at it again.
   *
   * @return what is still wrong
   */
  public List<Finding> repair(CaseNumber number, @Nullable String why) {
    escalation.repair(number, why);
    var drawn = paths.drawn(PROCESS).stream()
        .collect(groupingBy(Drawn::definition, mapping(Drawn::drawnWith, toSet())));
    confirm(number, drawn);
    return findings.lasting(number, number);
  }
}
