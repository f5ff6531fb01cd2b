package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Clocks.PromisePoint;
import org.springframework.stereotype.Component;

/** What the customer was promised to hear and when, and of which of it the owner was reminded already. */
@Component
class Promises {

  static final String POINTS = "points";

  private final Clocks clocks;
  private final Ledger ledger;
  private final Clock clock;

  Promises(Clocks clocks, Ledger ledger, Clock clock) {
    this.clocks = clocks;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The points that have come and that nobody was reminded of yet, the earliest first. */
  List<PromisePoint> due(CaseNumber number) {
    var now = clock.instant();
    return outstanding(number).stream()
        .filter(point -> !point.at().isAfter(now))
        .toList();
  }

  /** When to look again: at the next point that nobody was reminded of; never while the case waits. */
  Instant next(CaseNumber number) {
    return outstanding(number).stream()
        .map(PromisePoint::at)
        .findFirst()
        .orElseGet(() -> clocks.nextPromiseNotBefore(number));
  }

  private List<PromisePoint> outstanding(CaseNumber number) {
    var reminded = ledger.of(number).stream()
        .filter(entry -> entry.what() == What.REMINDED && entry.details().containsKey(POINTS))
        .toList();
    return clocks.promisePoints(number).stream()
        .filter(point -> reminded.stream().noneMatch(entry -> isOf(point, entry)))
        .toList();
  }

  private static boolean isOf(PromisePoint point, LedgerEntry entry) {
    return List.of(String.valueOf(entry.details().get(POINTS)).split(",")).contains(name(point));
  }

  /** {@code update 3 reminder-1} */
  static String name(PromisePoint point) {
    return point.clock() + " " + point.run() + " " + point.point();
  }
}
