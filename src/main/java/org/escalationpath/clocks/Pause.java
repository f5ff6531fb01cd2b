package org.escalationpath.clocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which the case waits for the customer.
 *
 * @param to its end, null while it lasts
 */
record Pause(Instant from, @Nullable Instant to) {

  /** The pauses that a ledger tells of, in order. They are derived, never counted. */
  static List<Pause> of(List<LedgerEntry> ledger) {
    var pauses = new ArrayList<Pause>();
    Instant since = null;
    for (var entry : ledger) {
      switch (entry.what()) {
        case PAUSED -> since = since == null ? entry.at() : since;
        case RESUMED -> {
          if (since != null) {
            pauses.add(new Pause(since, entry.at()));
            since = null;
          }
        }
        default -> {}
      }
    }
    if (since != null) {
      pauses.add(new Pause(since, null));
    }
    return pauses;
  }
}
