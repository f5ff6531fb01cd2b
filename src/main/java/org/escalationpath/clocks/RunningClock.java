package org.escalationpath.clocks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A clock since it was started or last re-planned.
 *
 * @param startedAt since when it counts under this service level
 * @param used working time used before that, under an earlier one
 */
record RunningClock(Instant startedAt, Duration used, ServiceLevel level) {

  /** Working time used until {@code now}, pauses left out. */
  Duration usedAt(Instant now, List<Pause> pauses) {
    var sum = used;
    var cursor = startedAt;
    for (var pause : pauses) {
      sum = sum.plus(level.calendar().workingTime(cursor, earlier(pause.from(), now)));
      cursor = later(cursor, pause.to() == null ? now : pause.to());
    }
    return sum.plus(level.calendar().workingTime(cursor, now));
  }

  Deadlines deadlines(List<Pause> pauses) {
    return new Deadlines(reach(level.untilReminder(), pauses), reach(level.limit(), pauses));
  }

  /** When {@code target} of working time is used; never, while a pause lasts that begins before. */
  private Instant reach(Duration target, List<Pause> pauses) {
    var left = target.minus(used);
    var cursor = startedAt;
    for (var pause : pauses) {
      var untilPause = level.calendar().workingTime(cursor, pause.from());
      if (pause.from().isAfter(cursor)) {
        if (untilPause.compareTo(left) >= 0) {
          return level.calendar().deadline(cursor, atLeastZero(left));
        }
        left = left.minus(untilPause);
      }
      if (pause.to() == null) {
        return Clocks.NEVER;
      }
      cursor = later(cursor, pause.to());
    }
    return left.isNegative() ? cursor : level.calendar().deadline(cursor, left);
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
