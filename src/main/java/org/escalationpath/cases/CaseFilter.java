package org.escalationpath.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cases somebody looks for; what is null lets all through.
 *
 * @param isEnded false for those that go on, true for those that have ended
 * @param email the customer's address, in lower case
 * @param owner the user id of whoever is responsible towards the customer
 * @param reason why it was escalated, once at least
 * @param dueAfter cases whose tier's limit passes after this moment
 * @param dueBy cases whose tier's limit passes at this moment or before
 * @param recordedFrom cases of which something was recorded at this moment or later
 * @param recordedBefore cases of which something was recorded before this moment; with the other, in between
 * @param text part of the number, the subject, what happened, or the customer's name or address
 */
public record CaseFilter(
    @Nullable CaseState state,
    @Nullable Boolean isEnded,
    @Nullable Tier tier,
    @Nullable Priority priority,
    @Nullable String email,
    @Nullable String owner,
    @Nullable Reason reason,
    @Nullable Instant dueAfter,
    @Nullable Instant dueBy,
    @Nullable Instant recordedFrom,
    @Nullable Instant recordedBefore,
    @Nullable String text) {

  public static final CaseFilter ALL =
      new CaseFilter(null, null, null, null, null, null, null, null, null, null, null, null);

  /** Those whose limit passes between two moments. */
  public static CaseFilter due(Instant after, Instant by) {
    return new CaseFilter(null, null, null, null, null, null, null, after, by, null, null, null);
  }

  public static CaseFilter ofCustomer(String email) {
    return new CaseFilter(null, null, null, null, email, null, null, null, null, null, null, null);
  }
}
