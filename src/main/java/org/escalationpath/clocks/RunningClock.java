package org.escalationpath.clocks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.calendar.Stretch;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.DueDate;

/**
 * A run of a clock and the terms that it counts by: the arithmetic of used time and deadlines. A run's used time is the working
 * time of each term's stretch by that term's calendar, without the gaps; the limit is that of its last term.
 */
final class RunningClock {

  private final Run run;
  private final List<Term> terms;

  /** @param terms in order, at least one */
  RunningClock(Run run, List<Term> terms) {
    this.run = run;
    this.terms = List.copyOf(terms);
  }

  /** All clocks of a case whose terms are known. */
  static List<RunningClock> of(List<LedgerEntry> entries, List<Term> terms, Instant now) {
    var visits = terms.stream()
        .filter(term -> term.kind() == ClockKind.TIER && term.number() == 1)
        .toList();
    var clocks = new ArrayList<RunningClock>();
    for (var run : Timeline.of(entries, visits, now)) {
      var itsTerms = terms.stream().filter(term -> run.isOf(term)).toList();
      if (!itsTerms.isEmpty()) {
        clocks.add(new RunningClock(run, itsTerms));
      }
    }
    return clocks;
  }

  Run run() {
    return run;
  }

  List<Term> terms() {
    return terms;
  }

  Term last() {
    return terms.get(terms.size() - 1);
  }

  Duration limit() {
    return last().level().limit();
  }

  /** The working time used until {@code now}, or until the clock stopped if that was before. */
  Duration used(Instant now) {
    var end = run.stoppedAt() == null || run.stoppedAt().isAfter(now) ? now : run.stoppedAt();
    return usedBefore(terms.size(), end);
  }

  /** Used under the first {@code count} terms, until {@code end}. */
  private Duration usedBefore(int count, Instant end) {
    var sum = terms.get(0).carried();
    for (var i = 0; i < count; i++) {
      var until = i + 1 < terms.size() && terms.get(i + 1).since().isBefore(end)
          ? terms.get(i + 1).since()
          : end;
      sum = sum.plus(terms
          .get(i)
          .level()
          .calendar()
          .workingTime(terms.get(i).since(), until, breaks(terms.get(i))));
    }
    return sum;
  }

  /** Whether what it had used by {@code now} is within its limit, and not the limit itself was what ended it. */
  boolean isWithinLimit(List<LedgerEntry> ledger, Instant now) {
    return used(now).compareTo(limit()) <= 0 && !leftAtLimit(ledger);
  }

  /** Whether the first thing that ended the visit was the limit itself. */
  private boolean leftAtLimit(List<LedgerEntry> ledger) {
    var since = terms.get(0).afterSeq();
    return run.kind() == ClockKind.TIER
        && ledger.stream()
            .filter(entry -> entry.seq() > since && endsVisits(entry.what()))
            .findFirst()
            .filter(entry -> entry.what() == What.ESCALATED && entry.trigger() == Trigger.TIMER)
            .isPresent();
  }

  private static boolean endsVisits(What what) {
    return switch (what) {
      case ESCALATED, RETURNED, SOLUTION_PROPOSED, CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> true;
      default -> false;
    };
  }

  /** When the limit passes, or has passed; nothing while a gap lasts that began before. */
  Optional<Instant> limitAt() {
    return reach(limit());
  }

  /** When the policy's points of reminding are reached, in order; those behind a gap that lasts are missing. */
  List<Instant> remindersAt() {
    return last().level().reminders().of(limit()).stream()
        .map(this::reach)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * When {@code target} is used. What was used under earlier terms counts; where that is enough already, it is reached as soon as
   * the last term begins and no gap lasts, whether or not anybody works then.
   */
  private Optional<Instant> reach(Duration target) {
    var since = last().since();
    var carried = usedBefore(terms.size() - 1, since);
    var left = target.minus(carried);
    var breaks = breaks();
    return carried.isZero() || left.compareTo(Duration.ZERO) > 0
        ? last().level().calendar().deadline(since, left, breaks)
        : breaks.firstInstantOutside(since);
  }

  /** In which its last term lets it stand still. */
  Breaks breaks() {
    return breaks(last());
  }

  private Breaks breaks(Term term) {
    return Gap.breaks(run.gaps(), term.level());
  }

  boolean isPaused(Instant now) {
    return run.isRunning()
        && run.gaps().stream()
            .filter(gap -> gap.stops(last().level()))
            .anyMatch(gap -> gap.to() == null && !gap.from().isAfter(now));
  }

  /** Where the policy's reminders and the limit lie; {@link DueDate#NEVER} for what lies behind a gap that lasts. */
  Deadlines deadlines() {
    var points = last().level().reminders().of(limit()).size();
    var reminders = new ArrayList<>(remindersAt());
    while (reminders.size() < points) {
      reminders.add(DueDate.NEVER);
    }
    return new Deadlines(reminders, limitAt().orElse(DueDate.NEVER), isPaused(DueDate.NEVER));
  }

  /** Elapsed time inside pauses until {@code now}, or until the clock stopped. */
  Duration paused(Instant now) {
    return intervals(now).stream()
        .filter(each -> each.kind().equals(Gap.PAUSED) && !each.isPlanned())
        .map(each -> Duration.between(each.from(), each.to()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The run in stretches, without a gap between them: from its start to its stop, or to the later of {@code now} and the limit. The
   * working ones that are not planned add up to {@link #used}, all that are not overdue to the limit.
   */
  List<Interval> intervals(Instant now) {
    var limitAt = limitAt();
    var end = run.stoppedAt() != null
        ? run.stoppedAt()
        : limitAt.filter(at -> at.isAfter(now)).orElse(now);
    var cuts = new TreeSet<Instant>();
    cuts.add(now);
    limitAt.ifPresent(cuts::add);
    var intervals = new ArrayList<Interval>();
    for (var i = 0; i < terms.size(); i++) {
      var from = i == 0 ? run.startedAt() : terms.get(i).since();
      var to = i + 1 < terms.size() && terms.get(i + 1).since().isBefore(end)
          ? terms.get(i + 1).since()
          : end;
      addStretches(terms.get(i), from, to, intervals);
    }
    return intervals.stream()
        .flatMap(interval -> cut(interval, cuts).stream())
        .map(interval -> marked(interval, now, limitAt))
        .toList();
  }

  private void addStretches(Term term, Instant from, Instant to, List<Interval> intervals) {
    var calendar = term.level().calendar();
    var cursor = from;
    for (var gap : run.gaps().stream().filter(each -> each.stops(term.level())).toList()) {
      var begins = earlier(later(gap.from(), cursor), to);
      var ends = gap.to() == null ? to : earlier(later(gap.to(), begins), to);
      addCalendar(calendar.stretches(cursor, begins), calendar.toString(), intervals);
      if (begins.isBefore(ends)) {
        intervals.add(new Interval(
            begins, ends, gap.kind(), gap.reason(), gap.by(), calendar.toString(), false, false));
      }
      cursor = later(cursor, ends);
    }
    addCalendar(calendar.stretches(cursor, to), calendar.toString(), intervals);
  }

  private static void addCalendar(
      List<Stretch> stretches, String calendar, List<Interval> intervals) {
    for (var stretch : stretches) {
      intervals.add(new Interval(
          stretch.from(),
          stretch.to(),
          stretch.isWorking() ? Interval.WORKING : Interval.CLOSED,
          stretch.reason(),
          null,
          calendar,
          false,
          false));
    }
  }

  private static List<Interval> cut(Interval interval, TreeSet<Instant> cuts) {
    var pieces = new ArrayList<Interval>();
    var from = interval.from();
    for (var cut : cuts.subSet(interval.from(), false, interval.to(), false)) {
      pieces.add(between(from, cut, interval));
      from = cut;
    }
    pieces.add(between(from, interval.to(), interval));
    return pieces;
  }

  private static Interval between(Instant from, Instant to, Interval of) {
    return new Interval(
        from, to, of.kind(), of.reason(), of.by(), of.calendar(), of.isPlanned(), of.isOverdue());
  }

  private static Interval marked(Interval of, Instant now, Optional<Instant> limitAt) {
    return new Interval(
        of.from(),
        of.to(),
        of.kind(),
        of.reason(),
        of.by(),
        of.calendar(),
        !of.from().isBefore(now),
        limitAt.filter(at -> !of.from().isBefore(at)).isPresent());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
