package org.escalationpath.clocks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.engine.DueDate;
import org.springframework.stereotype.Component;

/** What the customer was promised to hear, and when: the clocks of first response, next response and update. */
@Component
public class PromiseClocks {

  private static final Set<ClockKind> TOWARDS_THE_CUSTOMER =
      Set.of(ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.UPDATE);

  private final Clock clock;
  private final Ledger ledger;
  private final Terms terms;

  PromiseClocks(Clock clock, Ledger ledger, Terms terms) {
    this.clock = clock;
    this.ledger = ledger;
    this.terms = terms;
  }

  /** By when the customer is to hear from us next: the earliest running promise; nothing if none runs. */
  public Optional<Deadlines> next(CaseNumber number) {
    return running(number)
        .map(RunningClock::deadlines)
        .min(Comparator.comparing(Deadlines::limitAt));
  }

  /**
   * A moment at which somebody should look whether the customer hears from us in time.
   *
   * @param clock which promise it is: {@code first-response}, {@code next-response} or {@code update}
   * @param run which run of that clock
   * @param point {@code reminder-1}, {@code reminder-2} …, or {@code limit}
   * @param at {@link DueDate#NEVER} while the clock is paused
   * @param limitAt by when the customer is to hear
   */
  public record Point(String clock, int run, String point, Instant at, Instant limitAt) {}

  /** All points of the promises that run, the earliest first. */
  public List<Point> points(CaseNumber number) {
    return running(number)
        .flatMap(running -> pointsOf(running).stream())
        .sorted(Comparator.comparing(Point::at))
        .toList();
  }

  /**
   * When to look at the promises again if nobody is to be reminded of those that run: a promise that begins later, with a message
   * to the customer, has no point before that. {@link DueDate#NEVER} if none runs.
   */
  public Instant nextNotBefore(CaseNumber number) {
    return running(number)
        .map(running -> running.last().level())
        .map(level -> level.calendar().deadline(now(), firstPoint(level)))
        .min(Comparator.naturalOrder())
        .orElse(DueDate.NEVER);
  }

  private static Duration firstPoint(ServiceLevel level) {
    var least = Duration.ofMinutes(1);
    var point = level.reminders().of(level.limit()).stream().findFirst().orElse(level.limit());
    return point.compareTo(least) < 0 ? least : point;
  }

  private static List<Point> pointsOf(RunningClock running) {
    var deadlines = running.deadlines();
    var kind = running.run().kind().toString();
    var points = new ArrayList<Point>();
    for (var n = 1; n <= deadlines.remindersAt().size(); n++) {
      points.add(new Point(
          kind,
          running.run().number(),
          "reminder-" + n,
          deadlines.reminderAt(n),
          deadlines.limitAt()));
    }
    points.add(
        new Point(kind, running.run().number(), "limit", deadlines.limitAt(), deadlines.limitAt()));
    return points;
  }

  private Stream<RunningClock> running(CaseNumber number) {
    return RunningClock.of(ledger.of(number), terms.of(number), now()).stream()
        .filter(running -> TOWARDS_THE_CUSTOMER.contains(running.run().kind()))
        .filter(running -> running.run().isRunning());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
