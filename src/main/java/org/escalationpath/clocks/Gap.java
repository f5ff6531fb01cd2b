package org.escalationpath.clocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.cases.AwaitedParty;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which a clock does not count.
 *
 * @param to its end, null while it lasts
 * @param kind {@code paused} while the case waits for somebody, {@code stopped} while a solution is proposed or the case closed
 * @param awaited whom it waits for; null where it does not wait
 * @param reason in words
 * @param by who began it
 */
record Gap(
    Instant from,
    @Nullable Instant to,
    String kind,
    @Nullable AwaitedParty awaited,
    String reason,
    String by) {

  static final String PAUSED = "paused";
  static final String STOPPED = "stopped";

  static Gap wait(Instant from, AwaitedParty whom, String by) {
    var reason =
        whom == AwaitedParty.CUSTOMER ? "waiting for the customer" : "waiting for a third party";
    return new Gap(from, null, PAUSED, whom, reason, by);
  }

  static Gap stop(Instant from, String reason, String by) {
    return new Gap(from, null, STOPPED, null, reason, by);
  }

  Gap until(@Nullable Instant end) {
    return new Gap(from, end, kind, awaited, reason, by);
  }

  /** Whether a clock of that level stands still in it: for third parties only where the policy says so. */
  boolean stops(ServiceLevel level) {
    return awaited != AwaitedParty.THIRD_PARTY || level.pausesForThirdParty();
  }

  /** What is left of it without the others, which lie in order and apart from each other. */
  List<Gap> without(List<Gap> others) {
    var left = new ArrayList<Gap>();
    var begin = from;
    for (var other : others) {
      if (other.to() != null && !other.to().isAfter(begin)) {
        continue;
      }
      if (to != null && !other.from().isBefore(to)) {
        break;
      }
      if (other.from().isAfter(begin)) {
        left.add(new Gap(begin, other.from(), kind, awaited, reason, by));
      }
      if (other.to() == null) {
        return left;
      }
      begin = other.to();
    }
    if (to == null || to.isAfter(begin)) {
      left.add(new Gap(begin, to, kind, awaited, reason, by));
    }
    return left;
  }

  /** Those in which a clock of that level stands still. */
  static Breaks breaks(List<Gap> gaps, ServiceLevel level) {
    return Breaks.of(gaps.stream()
        .filter(gap -> gap.stops(level))
        .map(gap -> new Breaks.Break(gap.from(), gap.to()))
        .toList());
  }
}
