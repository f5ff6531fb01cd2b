package org.escalationpath.calendar;

import java.time.Instant;

/**
 * A calendar as it was saved.
 *
 * @param version from 1
 * @param savedBy a user id, or {@code system} for one that came with the configuration
 * @param why what somebody said about the change; empty where nothing
 */
public record CalendarVersion(
    String id,
    int version,
    CalendarDefinition definition,
    String savedBy,
    Instant savedAt,
    String why) {}
