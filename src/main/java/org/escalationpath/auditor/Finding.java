package org.escalationpath.auditor;

import java.time.Instant;
import org.escalationpath.cases.CaseNumber;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param caseNumber null for what is wrong with the system and not with one case
 * @param kind one of the constants of {@link PathCheck}
 * @param text in words, with what is and what should be
 * @param goneAt null while it lasts
 * @param incidentId the engine's incident by which Cockpit shows it; null where no path runs
 */
public record Finding(
    String id,
    @Nullable CaseNumber caseNumber,
    String kind,
    String text,
    Instant foundAt,
    @Nullable Instant goneAt,
    @Nullable String incidentId) {}
