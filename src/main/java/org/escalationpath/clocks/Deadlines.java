package org.escalationpath.clocks;

import java.time.Instant;

/**
 * When a clock reminds and when its limit passes.
 *
 * @param reminderAt {@link Clocks#NEVER} while the clock is paused
 * @param limitAt {@link Clocks#NEVER} while the clock is paused
 */
public record Deadlines(Instant reminderAt, Instant limitAt) {

  public boolean arePaused() {
    return limitAt.equals(Clocks.NEVER);
  }
}
