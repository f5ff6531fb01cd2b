package org.escalationpath.cases;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a third party that lasts, as the ledger tells it: an entry {@code paused} begins it, a later one moves its end.
 *
 * @param until when it ends without an answer, noticed or not
 * @param by who began it
 * @param note who the third party is and what they are to do; null where it has been erased
 */
public record ThirdPartyWait(
    Instant since, Instant until, String by, @Nullable String note) {

  private static final String UNTIL = "until";
  private static final String SINCE = "since";

  /** The details of an entry that begins such a wait or moves its end. */
  public static Map<String, Object> until(Instant until) {
    return Map.of(
        LedgerEntry.AWAITED, AwaitedParty.THIRD_PARTY.toString(), UNTIL, until.toString());
  }

  /** The details of an entry that ends the wait: however late we notice, it counts until the time that was set for it and no longer. */
  public Map<String, Object> endedBy(Instant now) {
    var awaited = AwaitedParty.THIRD_PARTY.toString();
    return until.isBefore(now)
        ? Map.of(LedgerEntry.AWAITED, awaited, SINCE, until.toString())
        : Map.of(LedgerEntry.AWAITED, awaited);
  }

  /** When the wait was over that an entry ends. */
  public static Instant endOf(LedgerEntry entry) {
    return entry.details().get(SINCE) instanceof String since ? Instant.parse(since) : entry.at();
  }

  /** The wait that lasts at the end of a ledger. */
  public static Optional<ThirdPartyWait> of(List<LedgerEntry> ledger) {
    ThirdPartyWait wait = null;
    for (var entry : ledger) {
      if (entry.awaited() == AwaitedParty.THIRD_PARTY) {
        wait = entry.what() == What.RESUMED ? null : begunOrMoved(wait, entry);
      }
    }
    return Optional.ofNullable(wait);
  }

  private static ThirdPartyWait begunOrMoved(@Nullable ThirdPartyWait wait, LedgerEntry entry) {
    var until = untilOf(entry).orElse(Instant.MAX);
    return wait == null
        ? new ThirdPartyWait(entry.at(), until, entry.who(), entry.note())
        : new ThirdPartyWait(wait.since, until, wait.by, wait.note);
  }

  /** Until when the wait lasts that an entry begins or moves; nothing where it says nothing of that. */
  public static Optional<Instant> untilOf(LedgerEntry entry) {
    return Optional.ofNullable(entry.details().get(UNTIL))
        .map(until -> Instant.parse(until.toString()));
  }
}
