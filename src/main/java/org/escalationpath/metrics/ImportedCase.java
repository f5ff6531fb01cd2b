package org.escalationpath.metrics;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A past case of another system, told as our ledgers are. Nobody is named in it.
 *
 * @param importId the import that it came with
 * @param key its number there
 * @param customer whose case it is, as a number that says nothing else; 0 where nobody knows
 * @param ledger at least one entry, in order
 * @param contactedAgainAt when the same customer next opened a case of the same category after the first solution; null where that
 *     has not happened or nobody knows
 * @param knowsMessages whether the ledger says what was written to the customer
 * @param knowsClaims whether the ledger says who took the case
 */
public record ImportedCase(
    String importId,
    String key,
    long customer,
    Priority priority,
    @Nullable String category,
    @Nullable String product,
    String channel,
    String segment,
    Instant openedAt,
    List<LedgerEntry> ledger,
    @Nullable Instant contactedAgainAt,
    boolean knowsMessages,
    boolean knowsClaims) {

  /** {@code I1:4711}: no number of ours has that form. */
  public String number() {
    return importId + ":" + key;
  }

  CaseHead head() {
    return new CaseHead(
        number(),
        importId,
        customer,
        priority,
        category,
        product,
        channel,
        segment,
        openedAt,
        contactedAgainAt,
        List.of(),
        knowsMessages,
        knowsClaims);
  }
}
