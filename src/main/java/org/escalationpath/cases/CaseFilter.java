package org.escalationpath.cases;

import org.jspecify.annotations.Nullable;

/** Which cases somebody wants to see; what is null lets all through. */
public record CaseFilter(
    @Nullable CaseState state,
    @Nullable Tier tier,
    @Nullable Priority priority,
    @Nullable String email) {}
