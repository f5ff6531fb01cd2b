package org.escalationpath.clocks;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.Tier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a clock, as the ledger tells it.
 *
 * @param number from 1 for each kind; for a tier, the visit
 * @param tier of a visit; null for the other clocks
 * @param stoppedAt null while it runs
 * @param stoppedBy what stopped it; null while it runs
 * @param gaps in order and apart from each other
 */
record Run(
    ClockKind kind,
    int number,
    @Nullable Tier tier,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable String stoppedBy,
    List<Gap> gaps) {

  boolean isOf(Term term) {
    return term.kind() == kind && term.run() == number;
  }

  boolean isRunning() {
    return stoppedAt == null;
  }
}
