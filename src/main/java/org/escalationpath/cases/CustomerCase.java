package org.escalationpath.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's problem from first contact to the end, as it stands now.
 *
 * @param tier where it is worked on, or was last; none before triage
 * @param visit how many times it has been handed to a tier
 * @param owner the front-line agent who stays responsible towards the customer; none until somebody takes it
 * @param dueAt when the limit of the tier now working on it passes; null while it stands still or nobody works on it
 * @param isConfirmed false while only a stranger on the public form says that the customer's address is theirs
 */
public record CustomerCase(
    CaseNumber number,
    Customer customer,
    String subject,
    String description,
    @Nullable String category,
    @Nullable String product,
    @Nullable String severity,
    String channel,
    @Nullable String externalId,
    @Nullable Instant neededBy,
    Instant openedAt,
    Priority priority,
    @Nullable Tier tier,
    int visit,
    CaseState state,
    @Nullable String owner,
    @Nullable Instant closedAt,
    @Nullable Instant dueAt,
    boolean isConfirmed) {

  /** Number and subject, as lists of tasks show it: {@code C-000042 Lost parcel}. */
  public String title() {
    return number + " " + subject;
  }
}
