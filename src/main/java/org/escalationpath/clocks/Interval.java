package org.escalationpath.clocks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a clock's run.
 *
 * @param kind {@code working}, {@code closed}, {@code paused} or {@code stopped}; only working time counts
 * @param reason why it does not count; empty where it does
 * @param by who paused or stopped it; null for what the calendar says
 * @param calendar by which it was counted: {@code office:2}
 * @param isPlanned whether it is yet to come
 * @param isOverdue whether the limit had passed
 */
public record Interval(
    Instant from,
    Instant to,
    String kind,
    String reason,
    @Nullable String by,
    String calendar,
    @JsonProperty("planned") boolean isPlanned,
    @JsonProperty("overdue") boolean isOverdue) {

  static final String WORKING = "working";
  static final String CLOSED = "closed";

  @JsonProperty
  public long seconds() {
    return Duration.between(from, to).toSeconds();
  }

  @JsonProperty
  public boolean counts() {
    return kind.equals(WORKING);
  }
}
