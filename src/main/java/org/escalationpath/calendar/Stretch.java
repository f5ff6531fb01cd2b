package org.escalationpath.calendar;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of the time line.
 *
 * @param from its first instant
 * @param to the first instant after it
 * @param isWorking whether it counts as working time
 * @param reason why nobody works; empty where they do
 */
public record Stretch(Instant from, Instant to, boolean isWorking, String reason) {

  public Duration length() {
    return Duration.between(from, to);
  }
}
