package org.escalationpath.clocks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Happened;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The clocks of cases. When they run and pause is read out of the ledger each time; what they are held to is frozen as a term when
 * they start, and again when the priority changes or somebody says so.
 */
@Component
public class Clocks {

  /** The due date of what must not happen while a case waits for the customer. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final Logger log = LoggerFactory.getLogger(Clocks.class);

  /** What may start a clock other than a tier's. */
  private static final Set<What> STARTS = Set.of(
      What.TRIAGED,
      What.MESSAGE_RECEIVED,
      What.MESSAGE_SENT,
      What.ESCALATED,
      What.REJECTED,
      What.REOPENED);

  /** The policy of terms that migration V102 made. */
  private static final String CONVERTED = "service-levels";

  private static final Set<ClockKind> TOWARDS_THE_CUSTOMER =
      Set.of(ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.UPDATE);

  private final Clock clock;
  private final Cases cases;
  private final Ledger ledger;
  private final Terms terms;
  private final ServiceLevels serviceLevels;
  private final @Nullable Duration leastAfterCatchUp;
  private final Duration lateAfter;

  Clocks(
      Clock clock,
      Cases cases,
      Ledger ledger,
      Terms terms,
      ServiceLevels serviceLevels,
      @Value("${escalation.catch-up:planned}") CatchUp catchUp,
      @Value("${escalation.catch-up-minimum:PT1H}") Duration minimum,
      @Value("${escalation.digest-after:PT5M}") Duration lateAfter) {
    this.clock = clock;
    this.cases = cases;
    this.ledger = ledger;
    this.terms = terms;
    this.serviceLevels = serviceLevels;
    this.lateAfter = lateAfter;
    this.leastAfterCatchUp = catchUp == CatchUp.FAIR ? minimum : null;
  }

  /** What a tier gets that a case reaches late, after the system stood still. */
  enum CatchUp {

    /** What its clock says, counted from the deadline that passed. */
    PLANNED,

    /** At least a while of working time, so that nobody is late before they could begin. */
    FAIR
  }

  // ---- tiers

  /**
   * Starts the clock of the tier that the case has just been handed to.
   *
   * @param since from when it counts: now, or the deadline by which the case should have been handed over
   */
  public Deadlines startTier(CaseNumber number, Instant since) {
    var term = begin(number, since);
    var fair = fairLimit(number, term.since(), term.level());
    if (fair.compareTo(term.level().limit()) > 0) {
      var customerCase = cases.require(number);
      var level = term.level().withLimit(fair);
      add(customerCase, tierTerm(customerCase, term.since(), level, 2, Term.CATCH_UP));
    }
    return tier(number).orElseThrow();
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
    if (leastAfterCatchUp == null || !since.plus(lateAfter).isBefore(now())) {
      return level.limit();
    }
    var used = level.calendar().workingTime(since, now(), pauses(number, level));
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
    return Gap.breaks(Timeline.pauses(ledger.of(number)), level);
  }

  /** The deadlines of the tier now working on the case, or that worked on it last; nothing before the first tier. */
  public Optional<Deadlines> tier(CaseNumber number) {
    return tierClock(number).map(Clocks::deadlines);
  }

  private Optional<RunningClock> tierClock(CaseNumber number) {
    return of(ledger.of(number), terms.of(number)).stream()
        .filter(running -> running.run().kind() == ClockKind.TIER)
        .max(Comparator.comparing(running -> running.run().number()));
  }

  static Deadlines deadlines(RunningClock running) {
    var points = running.last().level().reminders().of(running.limit()).size();
    var reminders = new ArrayList<>(running.remindersAt());
    while (reminders.size() < points) {
      reminders.add(NEVER);
    }
    return new Deadlines(reminders, running.limitAt().orElse(NEVER), running.isPaused(NEVER));
  }

  // ---- what the customer hears, and when

  /** By when the customer is to hear from us next: the earliest running promise; nothing if none runs. */
  public Optional<Deadlines> promise(CaseNumber number) {
    return of(ledger.of(number), terms.of(number)).stream()
        .filter(running -> TOWARDS_THE_CUSTOMER.contains(running.run().kind()))
        .filter(running -> running.run().isRunning())
        .map(Clocks::deadlines)
        .min(Comparator.comparing(Deadlines::limitAt));
  }

  /**
   * A moment at which somebody should look whether the customer hears from us in time.
   *
   * @param clock which promise it is: {@code first-response}, {@code next-response} or {@code update}
   * @param run which run of that clock
   * @param point {@code reminder-1}, {@code reminder-2} …, or {@code limit}
   * @param at {@link #NEVER} while the clock is paused
   * @param limitAt by when the customer is to hear
   */
  public record PromisePoint(String clock, int run, String point, Instant at, Instant limitAt) {}

  /** All points of the promises that run, the earliest first. */
  public List<PromisePoint> promisePoints(CaseNumber number) {
    return of(ledger.of(number), terms.of(number)).stream()
        .filter(running -> TOWARDS_THE_CUSTOMER.contains(running.run().kind()))
        .filter(running -> running.run().isRunning())
        .flatMap(running -> points(running).stream())
        .sorted(Comparator.comparing(PromisePoint::at))
        .toList();
  }

  /**
   * When to look at the promises again if nobody is to be reminded of those that run: a promise that begins later, with a message
   * to the customer, has no point before that. {@link #NEVER} if none runs.
   */
  public Instant nextPromiseNotBefore(CaseNumber number) {
    return of(ledger.of(number), terms.of(number)).stream()
        .filter(running -> TOWARDS_THE_CUSTOMER.contains(running.run().kind()))
        .filter(running -> running.run().isRunning())
        .map(running -> running.last().level())
        .map(level -> level.calendar().deadline(now(), firstPoint(level)))
        .min(Comparator.naturalOrder())
        .orElse(NEVER);
  }

  private static Duration firstPoint(ServiceLevel level) {
    var least = Duration.ofMinutes(1);
    var point = level.reminders().of(level.limit()).stream().findFirst().orElse(level.limit());
    return point.compareTo(least) < 0 ? least : point;
  }

  private static List<PromisePoint> points(RunningClock running) {
    var deadlines = deadlines(running);
    var kind = running.run().kind().toString();
    var points = new ArrayList<PromisePoint>();
    for (var n = 1; n <= deadlines.remindersAt().size(); n++) {
      points.add(new PromisePoint(
          kind,
          running.run().number(),
          "reminder-" + n,
          deadlines.reminderAt(n),
          deadlines.limitAt()));
    }
    points.add(new PromisePoint(
        kind, running.run().number(), "limit", deadlines.limitAt(), deadlines.limitAt()));
    return points;
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

  /** Until when the case may wait for a third party, counted from now; nothing where the policy has no row for that. */
  public Optional<Instant> thirdParty(CaseNumber number) {
    var customerCase = cases.require(number);
    return serviceLevels
        .find("third-party", customerCase, customerCase.tier())
        .map(level -> level.calendar().deadline(now(), level.limit()));
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
    return tier(number)
        .filter(deadlines -> !deadlines.arePaused() && since.compareTo(longest(alarm)) <= 0)
        .flatMap(deadlines ->
            alarm.calendar().deadline(deadlines.limitAt(), since, pauses(number, alarm)));
  }

  /** In the rows of the alarm the column of reminders says how long it rings at most. */
  private static Duration longest(ServiceLevel alarm) {
    return Duration.parse(alarm.reminders().text().strip());
  }

  // ---- frozen terms

  /** Freezes what a clock is held to in the transaction in which it starts, and again where the priority changes. */
  @EventListener
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
    for (var run : Timeline.of(entries, List.of())) {
      if (run.isRunning() && frozen.stream().noneMatch(term -> isOf(run, term))) {
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
    for (var running : of(ledger.of(number), terms.of(number))) {
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

  // ---- explained

  /** Every run of every clock of a case, explained as of now, the running ones first. */
  public List<Explanation> explain(CaseNumber number) {
    var entries = ledger.of(number);
    return of(entries, terms.of(number)).stream()
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

  /**
   * How the clocks of a case stand, for whoever compares them with the engine's timers.
   *
   * @param tier null before the first tier
   * @param reminded how many reminders of the visit have gone out
   * @param alarms how many alarms of the visit have rung
   * @param isWaitingForThirdParty whether or not the policy lets a clock stand still for that
   * @param isConverted whether the tier's clock was converted by an upgrade and may be a second off
   */
  public record Standing(
      @Nullable Deadlines tier,
      int reminded,
      int alarms,
      boolean isWaitingForThirdParty,
      boolean isConverted,
      List<PauseFinding> badPauses) {

    public static final Standing NONE = new Standing(null, 0, 0, false, false, List.of());
  }

  /** How the clocks of one case stand. */
  public Standing standing(CaseNumber number) {
    return standings(number, number).getOrDefault(number, Standing.NONE);
  }

  /** The standing of the cases that have not ended and whose numbers lie between two, both included. */
  public Map<CaseNumber, Standing> standings(CaseNumber first, CaseNumber last) {
    var frozen = terms.ofNotEnded(first, last);
    var standings = new HashMap<CaseNumber, Standing>();
    ledger
        .ofNotEnded(first, last)
        .forEach((number, entries) ->
            standings.put(number, standing(entries, frozen.getOrDefault(number, List.of()))));
    return standings;
  }

  private static Standing standing(List<LedgerEntry> entries, List<Term> terms) {
    var ofTiers = terms.stream().filter(term -> term.kind() == ClockKind.TIER).toList();
    var last = of(entries, ofTiers).stream()
        .max(Comparator.comparing(running -> running.run().number()));
    var visit = last.map(running -> running.run().number()).orElse(0);
    return new Standing(
        last.map(Clocks::deadlines).orElse(null),
        count(What.REMINDED, visit, entries),
        count(What.LIMIT_ALARM, visit, entries),
        LedgerEntry.openWait(entries, AwaitedParty.THIRD_PARTY).isPresent(),
        last.filter(running -> running.last().level().policy().equals(CONVERTED))
            .isPresent(),
        PauseFinding.of(entries));
  }

  private static int count(What what, int visit, List<LedgerEntry> entries) {
    return (int) entries.stream()
        .filter(entry -> entry.what() == what
            && Integer.valueOf(visit).equals(entry.details().get("visit")))
        .count();
  }

  static List<RunningClock> of(List<LedgerEntry> entries, List<Term> terms) {
    var visits = terms.stream()
        .filter(term -> term.kind() == ClockKind.TIER && term.number() == 1)
        .toList();
    var clocks = new ArrayList<RunningClock>();
    for (var run : Timeline.of(entries, visits)) {
      var itsTerms = terms.stream().filter(term -> isOf(run, term)).toList();
      if (!itsTerms.isEmpty()) {
        clocks.add(new RunningClock(run, itsTerms));
      }
    }
    return clocks;
  }

  private static boolean isOf(Run run, Term term) {
    return term.kind() == run.kind() && term.run() == run.number();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
