package org.escalationpath.clocks;

import java.time.Instant;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a clock and, where the policy has one, its limit; for whoever counts how long things take and how often limits are kept.
 *
 * @param clock {@code first-response}, {@code next-response}, {@code update}, {@code tier} or {@code resolution}
 * @param number from 1 for each clock; for a tier, the visit
 * @param tier of a visit, which there is only with a limit; null for the other clocks
 * @param priority by which the limit was set last; null where the policy has no limit for it
 * @param stoppedAt null while it runs
 * @param stoppedBy what stopped it, as the ledger says; null while it runs
 * @param isMet whether it stopped within its limit, by something else than the limit itself; false while it runs
 * @param limitAt when the limit passed or will pass; null while the clock stands still, or without a limit
 */
public record ClockRun(
    String clock,
    int number,
    @Nullable Tier tier,
    @Nullable Priority priority,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable String stoppedBy,
    boolean isMet,
    @Nullable Instant limitAt) {

  public boolean hasLimit() {
    return priority != null;
  }
}
