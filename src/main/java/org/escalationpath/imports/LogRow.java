package org.escalationpath.imports;

import java.time.Instant;
import org.escalationpath.cases.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A row of a log as the mapping understands it.
 *
 * @param opened when the case was opened, where rows say so
 * @param meaning one of {@link Mapping#STATES}, or what happened
 * @param customer a number for the customer; 0 for none
 */
record LogRow(
    Instant at,
    @Nullable Instant opened,
    String tier,
    String meaning,
    boolean isClaimed,
    boolean isAutomatic,
    Priority priority,
    @Nullable String category,
    @Nullable String product,
    String channel,
    String segment,
    long customer) {}
