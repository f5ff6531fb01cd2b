package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.PromiseClocks;
import org.escalationpath.clocks.PromiseClocks.Point;
import org.springframework.stereotype.Component;

/** What the customer was promised to hear and when, and of which of it the owner was reminded already. */
@Component
class Promises {

  static final String POINTS = "points";

  private final PromiseClocks clocks;
  private final Ledger ledger;
  private final Clock clock;

  Promises(PromiseClocks clocks, Ledger ledger, Clock clock) {
    this.clocks = clocks;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The points that have come and that nobody was reminded of yet, the earliest first. */
  List<Point> due(CaseNumber number) {
    var now = clock.instant();
    return outstanding(number).stream()
        .filter(point -> !point.at().isAfter(now))
        .toList();
  }

  /** When to look again: at the next point that nobody was reminded of; never while the case waits. */
  Instant next(CaseNumber number) {
    return outstanding(number).stream()
        .map(Point::at)
        .findFirst()
        .orElseGet(() -> clocks.nextNotBefore(number));
  }

  private List<Point> outstanding(CaseNumber number) {
    var reminded = ledger.of(number).stream()
        .filter(entry -> entry.what() == What.REMINDED && entry.details().containsKey(POINTS))
        .toList();
    return clocks.points(number).stream()
        .filter(point -> reminded.stream().noneMatch(entry -> isOf(point, entry)))
        .toList();
  }

  private static boolean isOf(Point point, LedgerEntry entry) {
    return List.of(String.valueOf(entry.details().get(POINTS)).split(",")).contains(name(point));
  }

  /** {@code update 3 reminder-1} */
  static String name(Point point) {
    return point.clock() + " " + point.run() + " " + point.point();
  }
}
