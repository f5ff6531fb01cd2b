package org.escalationpath.clocks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which a clock does not count.
 *
 * @param to its end, null while it lasts
 * @param kind {@code paused} while the case waits for the customer, {@code stopped} while a solution is proposed or the case closed
 * @param reason in words
 * @param by who began it
 */
record Gap(Instant from, @Nullable Instant to, String kind, String reason, String by) {

  static final String PAUSED = "paused";
  static final String STOPPED = "stopped";

  Gap until(Instant end) {
    return new Gap(from, end, kind, reason, by);
  }
}
