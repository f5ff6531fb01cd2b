package org.escalationpath.metrics;

import java.time.Duration;
import org.escalationpath.cases.Tier;

/**
 * What metrics go by besides the facts.
 *
 * @param now in seconds since 1970-01-01T00:00Z
 * @param lowest the tier where no case can be returned
 * @param highest the tier from which no case can be escalated
 */
record Basis(long now, Tier lowest, Tier highest, Windows windows) {

  /**
   * How long one waits before something counts as not having happened.
   *
   * @param resolved within which a case is to be solved, for the resolution rate
   * @param reopened after a solution, within which a case counts as reopened
   * @param contacted after a solution, within which the same customer calls again about the same
   */
  record Windows(Duration resolved, Duration reopened, Duration contacted) {}

  /** The same as of the end of a period, if that is over. */
  Basis at(long end) {
    return end < now ? new Basis(end, lowest, highest, windows) : this;
  }

  /** Seconds from the opening of a case until now. */
  int elapsed(CaseFacts facts) {
    return Math.toIntExact(now - facts.openedAt());
  }

  /** So many seconds after it was solved, everything about a case that is over has been decided. */
  int longestWindow() {
    return Math.max(resolvedWithin(), Math.max(reopenedWithin(), contactedWithin()));
  }

  int resolvedWithin() {
    return Math.toIntExact(windows.resolved().toSeconds());
  }

  int reopenedWithin() {
    return Math.toIntExact(windows.reopened().toSeconds());
  }

  int contactedWithin() {
    return Math.toIntExact(windows.contacted().toSeconds());
  }
}
