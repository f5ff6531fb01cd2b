package org.escalationpath.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody tells us when they open a case.
 *
 * @param channel how it came in: {@code web}, {@code phone}, {@code email}, {@code api}
 * @param externalId its number in the system it comes from; the same one opens no second case
 * @param neededBy a tight deadline of the customer
 */
public record NewCase(
    Customer customer,
    String subject,
    String description,
    @Nullable String category,
    @Nullable String product,
    @Nullable String severity,
    @Nullable Reason reason,
    String channel,
    @Nullable String externalId,
    @Nullable Instant neededBy) {}
