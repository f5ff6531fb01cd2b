package org.escalationpath.clocks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.LedgerEntry;

/**
 * The time of one case, for whoever measures: how its clocks ran against their limits, and the working time between any two
 * instants. That is counted by the calendar that the case's resolution clock counts by, and where that changed on the way, by each
 * from when on it held; so all spans of a case are counted alike, and those that lie end to end add up.
 */
public final class CaseTime {

  private record Piece(Instant since, WorkingCalendar calendar) {}

  private final List<ClockRun> runs;
  private final List<Piece> pieces;
  private final Breaks waits;
  private final Breaks waitsForCustomer;

  private CaseTime(List<ClockRun> runs, List<Piece> pieces, Breaks waits, Breaks waitsForCustomer) {
    this.runs = runs;
    this.pieces = pieces;
    this.waits = waits;
    this.waitsForCustomer = waitsForCustomer;
  }

  /**
   * Time as the ledger tells it: what nobody has written down by its last entry has not happened.
   *
   * @param otherwise the calendar where no clock of the case has one
   */
  static CaseTime of(List<LedgerEntry> ledger, List<Term> terms, WorkingCalendar otherwise) {
    var now = ledger.get(ledger.size() - 1).at();
    var pauses = Timeline.pauses(ledger, now);
    return new CaseTime(
        runs(ledger, terms, now),
        pieces(terms, otherwise),
        breaks(pauses),
        breaks(pauses.stream()
            .filter(gap -> gap.awaited() == AwaitedParty.CUSTOMER)
            .toList()));
  }

  private static List<ClockRun> runs(List<LedgerEntry> ledger, List<Term> terms, Instant now) {
    var withLimit = RunningClock.of(ledger, terms, now);
    var others = Timeline.of(ledger, List.of(), now).stream()
        .filter(run -> terms.stream().noneMatch(run::isOf));
    return Stream.concat(
            withLimit.stream().map(running -> run(running, ledger)), others.map(CaseTime::run))
        .sorted(Comparator.comparing(ClockRun::clock).thenComparing(ClockRun::number))
        .toList();
  }

  private static ClockRun run(Run run) {
    return new ClockRun(
        run.kind().toString(),
        run.number(),
        run.tier(),
        null,
        run.startedAt(),
        run.stoppedAt(),
        run.stoppedBy(),
        false,
        null);
  }

  private static ClockRun run(RunningClock running, List<LedgerEntry> ledger) {
    var run = running.run();
    return new ClockRun(
        run.kind().toString(),
        run.number(),
        run.tier(),
        running.last().priority(),
        run.startedAt(),
        run.stoppedAt(),
        run.stoppedBy(),
        run.stoppedAt() != null && running.isWithinLimit(ledger, run.stoppedAt()),
        running.limitAt().orElse(null));
  }

  private static List<Piece> pieces(List<Term> terms, WorkingCalendar otherwise) {
    var pieces = new ArrayList<Piece>();
    for (var term : terms) {
      if (term.kind() == ClockKind.RESOLUTION) {
        pieces.add(new Piece(
            pieces.isEmpty() ? Instant.MIN : term.since(), term.level().calendar()));
      }
    }
    return pieces.isEmpty() ? List.of(new Piece(Instant.MIN, otherwise)) : pieces;
  }

  private static Breaks breaks(List<Gap> gaps) {
    return Breaks.of(
        gaps.stream().map(gap -> new Breaks.Break(gap.from(), gap.to())).toList());
  }

  /** Every run of every clock, by clock and number. */
  public List<ClockRun> runs() {
    return runs;
  }

  /** The seconds of working time between two instants, whether or not the case waited. */
  public long working(Instant from, Instant to) {
    return working(from, to, Breaks.NONE);
  }

  /** The seconds of working time between two instants in which the case waited for nobody. */
  public long worked(Instant from, Instant to) {
    return working(from, to, waits);
  }

  /** The seconds of working time between two instants in which the case did not wait for its customer; for a third party it may have. */
  public long ours(Instant from, Instant to) {
    return working(from, to, waitsForCustomer);
  }

  /** The seconds between two instants, worked or not, in which the case waited for its customer. */
  public long waitedForCustomer(Instant from, Instant to) {
    var always = WorkingCalendar.ALWAYS;
    return always
        .workingTime(from, to)
        .minus(always.workingTime(from, to, waitsForCustomer))
        .toSeconds();
  }

  private long working(Instant from, Instant to, Breaks breaks) {
    var sum = Duration.ZERO;
    for (var i = 0; i < pieces.size(); i++) {
      var begin = later(from, pieces.get(i).since());
      var end = i + 1 < pieces.size() ? earlier(to, pieces.get(i + 1).since()) : to;
      if (begin.isBefore(end)) {
        sum = sum.plus(pieces.get(i).calendar().workingTime(begin, end, breaks));
      }
    }
    return sum.toSeconds();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
