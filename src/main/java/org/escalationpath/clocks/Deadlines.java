package org.escalationpath.clocks;

import java.time.Instant;
import java.util.List;

/**
 * When a clock reminds and when its limit passes.
 *
 * @param remindersAt in order; {@link Clocks#NEVER} for a point that lies behind a pause that lasts
 * @param limitAt {@link Clocks#NEVER} while the clock is paused, unless it had passed before
 * @param arePaused whether the clock stands still
 */
public record Deadlines(List<Instant> remindersAt, Instant limitAt, boolean arePaused) {

  /** When the policy's {@code n}th reminder is due, from 1; never if it has fewer. */
  public Instant reminderAt(int n) {
    return n <= remindersAt.size() ? remindersAt.get(n - 1) : Clocks.NEVER;
  }

  public Instant reminderAt() {
    return reminderAt(1);
  }
}
