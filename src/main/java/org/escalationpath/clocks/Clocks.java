package org.escalationpath.clocks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Tier;
import org.springframework.stereotype.Component;

/**
 * The clocks of cases. When they run and pause is read out of the ledger each time; what they are held to, {@link ClockTerms} has
 * frozen.
 */
@Component
public class Clocks {

  private final Clock clock;
  private final Cases cases;
  private final Ledger ledger;
  private final Terms terms;
  private final ServiceLevels serviceLevels;

  Clocks(Clock clock, Cases cases, Ledger ledger, Terms terms, ServiceLevels serviceLevels) {
    this.clock = clock;
    this.cases = cases;
    this.ledger = ledger;
    this.terms = terms;
    this.serviceLevels = serviceLevels;
  }

  /**
   * When the limit of {@code tier} would pass if it began at {@code since}, by the policy of now and with the case's pauses; nothing
   * while one lasts that began before.
   */
  public Optional<Instant> tierLimit(CaseNumber number, Tier tier, Instant since) {
    var level = serviceLevels.require(ClockKind.TIER.toString(), cases.require(number), tier);
    return level
        .calendar()
        .deadline(since.truncatedTo(ChronoUnit.SECONDS), level.limit(), pauses(number, level));
  }

  private Breaks pauses(CaseNumber number, ServiceLevel level) {
    return Gap.breaks(Timeline.pauses(ledger.of(number), now()), level);
  }

  /** The deadlines of the tier now working on the case, or that worked on it last; nothing before the first tier. */
  public Optional<Deadlines> tier(CaseNumber number) {
    return tierClock(number).map(RunningClock::deadlines);
  }

  /** When the limit of the tier now working on the case passes; nothing while it stands still, or has stopped. */
  Optional<Instant> runningTierLimit(CaseNumber number) {
    return tierClock(number)
        .filter(running -> running.run().isRunning())
        .map(RunningClock::deadlines)
        .filter(deadlines -> !deadlines.arePaused())
        .map(Deadlines::limitAt);
  }

  private Optional<RunningClock> tierClock(CaseNumber number) {
    return RunningClock.of(ledger.of(number), terms.of(number), now()).stream()
        .filter(running -> running.run().kind() == ClockKind.TIER)
        .max(Comparator.comparing(running -> running.run().number()));
  }

  /** How long the case may wait for the customer's answer, and when to remind, counted from now. */
  public Deadlines answer(CaseNumber number) {
    return fromNow("answer", number);
  }

  /** Until when the case waits if the customer is reminded only now: as long as the policy has between the two. */
  public Instant answerAfterReminder(CaseNumber number) {
    var customerCase = cases.require(number);
    var level = serviceLevels.require("answer", customerCase, customerCase.tier());
    var reminder = level.reminders().of(level.limit()).stream().findFirst().orElse(Duration.ZERO);
    return level.calendar().deadline(now(), level.limit().minus(reminder));
  }

  /** Until when the case may wait for a third party; nothing where the policy has no row for that. */
  public Optional<Instant> thirdParty(CaseNumber number, Instant since) {
    var customerCase = cases.require(number);
    return serviceLevels
        .find("third-party", customerCase, customerCase.tier())
        .map(level ->
            level.calendar().deadline(since.truncatedTo(ChronoUnit.SECONDS), level.limit()));
  }

  /** Until when the customer may object to a solution, counted from now. */
  public Deadlines acceptance(CaseNumber number) {
    return fromNow("acceptance", number);
  }

  private Deadlines fromNow(String wait, CaseNumber number) {
    var customerCase = cases.require(number);
    var level = serviceLevels.require(wait, customerCase, customerCase.tier());
    return new Deadlines(
        level.reminders().of(level.limit()).stream()
            .map(point -> level.calendar().deadline(now(), point))
            .toList(),
        level.calendar().deadline(now(), level.limit()),
        false);
  }

  /**
   * When the last tier's alarm rings for the {@code n}th time, 1 being when the limit passes; nothing after the longest time
   * that the owners let it ring, or while the case waits.
   */
  public Optional<Instant> alarm(CaseNumber number, int n) {
    var customerCase = cases.require(number);
    var alarm = serviceLevels.require("alarm", customerCase, customerCase.tier());
    var since = alarm.limit().multipliedBy(n - 1L);
    return tierClock(number)
        .filter(running -> since.compareTo(longest(alarm)) <= 0)
        .filter(running -> !running.deadlines().arePaused())
        .flatMap(running ->
            alarm.calendar().deadline(running.deadlines().limitAt(), since, running.breaks()));
  }

  /** In the rows of the alarm the column of reminders says how long it rings at most. */
  private static Duration longest(ServiceLevel alarm) {
    return Duration.parse(alarm.reminders().text().strip());
  }

  /** Every run of every clock of a case, explained as of now, the running ones first. */
  public List<Explanation> explain(CaseNumber number) {
    var entries = ledger.of(number);
    return RunningClock.of(entries, terms.of(number), now()).stream()
        .map(running -> Explanation.of(running, entries, now()))
        .sorted(Comparator.comparing((Explanation each) -> !each.isRunning())
            .thenComparing(Explanation::clock)
            .thenComparing(Explanation::run))
        .toList();
  }

  /** The pauses of a case that are not what they should be. */
  public List<PauseFinding> badPauses(CaseNumber number) {
    return PauseFinding.of(ledger.of(number));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
