package org.escalationpath.clocks;

import java.time.Duration;
import java.time.Instant;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.jspecify.annotations.Nullable;

/**
 * The service level that a run of a clock counts by since an instant. It is frozen: what a new policy or calendar says reaches a
 * clock only by another term.
 *
 * @param number from 1; the run's first begins with it
 * @param afterSeq the place of the case's last ledger entry before it
 * @param why {@code start}, {@code priority-changed}, {@code replanned} or {@code catch-up}
 * @param carried working time that the run had used before its first term, which only clocks have that were converted
 */
record Term(
    ClockKind kind,
    int run,
    int number,
    @Nullable Tier tier,
    Priority priority,
    Instant since,
    int afterSeq,
    ServiceLevel level,
    String why,
    Duration carried) {

  static final String START = "start";
  static final String PRIORITY_CHANGED = "priority-changed";
  static final String REPLANNED = "replanned";
  static final String CATCH_UP = "catch-up";
}
