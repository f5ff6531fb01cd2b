package org.escalationpath.clocks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Happened;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Lateness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Freezes what clocks are held to: when they start, again when the priority changes, and when somebody says so. What a new policy or
 * calendar says reaches them in no other way.
 */
@Component
public class ClockTerms {

  private static final Logger log = LoggerFactory.getLogger(ClockTerms.class);

  /** What may start a clock other than a tier's. */
  private static final Set<What> STARTS = Set.of(
      What.TRIAGED,
      What.MESSAGE_RECEIVED,
      What.MESSAGE_SENT,
      What.ESCALATED,
      What.REJECTED,
      What.REOPENED);

  private final Clock clock;
  private final Cases cases;
  private final Ledger ledger;
  private final Terms terms;
  private final ServiceLevels serviceLevels;
  private final Lateness lateness;
  private final DueAt dueAt;
  private final @Nullable Duration leastAfterCatchUp;

  ClockTerms(
      Clock clock,
      Cases cases,
      Ledger ledger,
      Terms terms,
      ServiceLevels serviceLevels,
      Lateness lateness,
      DueAt dueAt,
      @Value("${escalation.catch-up:planned}") CatchUp catchUp,
      @Value("${escalation.catch-up-minimum:PT1H}") Duration minimum) {
    this.clock = clock;
    this.cases = cases;
    this.ledger = ledger;
    this.terms = terms;
    this.serviceLevels = serviceLevels;
    this.lateness = lateness;
    this.dueAt = dueAt;
    this.leastAfterCatchUp = catchUp == CatchUp.FAIR ? minimum : null;
  }

  /** What a tier gets that a case reaches late, after the system stood still. */
  enum CatchUp {

    /** What its clock says, counted from the deadline that passed. */
    PLANNED,

    /** At least a while of working time, so that nobody is late before they could begin. */
    FAIR
  }

  /**
   * Starts the clock of the tier that the case has just been handed to.
   *
   * @param since from when it counts: now, or the deadline by which the case should have been handed over
   */
  public void startTier(CaseNumber number, Instant since) {
    var term = begin(number, since);
    var fair = fairLimit(number, term.since(), term.level());
    if (fair.compareTo(term.level().limit()) > 0) {
      var customerCase = cases.require(number);
      var level = term.level().withLimit(fair);
      add(customerCase, tierTerm(customerCase, term.since(), level, 2, Term.CATCH_UP));
    }
    dueAt.renew(number);
  }

  /** As {@link #startTier}, for a tier that the case only passes: it gets what its clock says and no more. */
  public void passTier(CaseNumber number, Instant since) {
    begin(number, since);
  }

  private Term begin(CaseNumber number, Instant since) {
    var customerCase = cases.require(number);
    var level = serviceLevels.require(ClockKind.TIER.toString(), customerCase, customerCase.tier());
    var from = since.truncatedTo(ChronoUnit.SECONDS);
    var term = tierTerm(customerCase, from, level, 1, Term.START);
    add(customerCase, term);
    return term;
  }

  /** The limit by which the tier has its least time from now; the level's own where it has that anyway. */
  private Duration fairLimit(CaseNumber number, Instant since, ServiceLevel level) {
    if (leastAfterCatchUp == null || !lateness.isLate(since)) {
      return level.limit();
    }
    var used = level
        .calendar()
        .workingTime(since, now(), Gap.breaks(Timeline.pauses(ledger.of(number), now()), level));
    var least = leastAfterCatchUp.compareTo(level.limit()) < 0 ? leastAfterCatchUp : level.limit();
    var fair = used.plus(least);
    return fair.compareTo(level.limit()) > 0 ? fair : level.limit();
  }

  private Term tierTerm(
      CustomerCase customerCase, Instant since, ServiceLevel level, int term, String why) {
    return new Term(
        ClockKind.TIER,
        customerCase.visit(),
        term,
        customerCase.tier(),
        customerCase.priority(),
        since,
        ledger.lastSeq(customerCase.number()),
        level,
        why,
        Duration.ZERO);
  }

  /** Freezes what a clock is held to in the transaction in which it starts, and again where the priority changes. */
  @EventListener
  @Order(0)
  void freeze(Happened happened) {
    if (STARTS.contains(happened.what())) {
      freezeNewRuns(happened.number());
    } else if (happened.what() == What.PRIORITY_CHANGED) {
      addTerms(happened.number(), Term.PRIORITY_CHANGED);
    }
  }

  private void freezeNewRuns(CaseNumber number) {
    var entries = ledger.of(number);
    var frozen = terms.of(number);
    for (var run : Timeline.of(entries, List.of(), now())) {
      if (run.isRunning() && frozen.stream().noneMatch(term -> run.isOf(term))) {
        start(number, run, entries.size());
      }
    }
  }

  private void start(CaseNumber number, Run run, int afterSeq) {
    var customerCase = cases.require(number);
    level(run, customerCase)
        .ifPresent(level -> add(
            customerCase,
            new Term(
                run.kind(),
                run.number(),
                1,
                null,
                customerCase.priority(),
                run.startedAt(),
                afterSeq,
                level,
                Term.START,
                Duration.ZERO)));
  }

  /** A mistake in the policy of these clocks must not keep anybody from writing to the other. */
  private Optional<ServiceLevel> level(Run run, CustomerCase customerCase) {
    try {
      return serviceLevels.find(run.kind().toString(), customerCase, customerCase.tier());
    } catch (RuntimeException e) {
      log.error("The clock {} of case {} does not run", run.kind(), customerCase.number(), e);
      return Optional.empty();
    }
  }

  /**
   * Puts the running clocks of a case under the policy and the calendars of now, and keeps what they have used. The caller writes
   * that into the ledger.
   */
  public void replan(CaseNumber number) {
    addTerms(number, Term.REPLANNED);
  }

  private void addTerms(CaseNumber number, String why) {
    var customerCase = cases.require(number);
    for (var running : RunningClock.of(ledger.of(number), terms.of(number), now())) {
      if (running.run().isRunning()) {
        var tier =
            running.run().tier() == null ? customerCase.tier() : running.run().tier();
        serviceLevels
            .find(running.run().kind().toString(), customerCase, tier)
            .ifPresent(level -> add(customerCase, next(running, customerCase, level, why)));
      }
    }
  }

  private Term next(
      RunningClock running, CustomerCase customerCase, ServiceLevel level, String why) {
    return new Term(
        running.run().kind(),
        running.run().number(),
        running.last().number() + 1,
        running.run().tier(),
        customerCase.priority(),
        now(),
        ledger.lastSeq(customerCase.number()),
        level,
        why,
        running.last().carried());
  }

  private void add(CustomerCase customerCase, Term term) {
    terms.add(customerCase.number(), term);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
