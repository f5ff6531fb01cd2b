package org.escalationpath.clocks;

import java.time.Instant;
import java.util.List;
import org.escalationpath.engine.DueDate;

/**
 * When a clock reminds and when its limit passes.
 *
 * @param remindersAt in order; {@link DueDate#NEVER} for a point that lies behind a pause that lasts
 * @param limitAt {@link DueDate#NEVER} while the clock is paused, unless it had passed before
 * @param arePaused whether the clock stands still
 */
public record Deadlines(List<Instant> remindersAt, Instant limitAt, boolean arePaused) {

  /** When the policy's {@code n}th reminder is due, from 1; never if it has fewer. */
  public Instant reminderAt(int n) {
    return n <= remindersAt.size() ? remindersAt.get(n - 1) : DueDate.NEVER;
  }

  public Instant reminderAt() {
    return reminderAt(1);
  }
}
