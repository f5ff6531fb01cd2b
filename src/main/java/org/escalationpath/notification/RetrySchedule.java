package org.escalationpath.notification;

import java.time.Duration;

/** Pauses that double with each failed try, up to a longest one. */
final class RetrySchedule {

  private static final int MOST_DOUBLINGS = 20;

  private RetrySchedule() {}

  /** @param failures how many tries have failed, at least 1 */
  static Duration pause(int failures, Duration first, Duration longest) {
    var pause = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
