package org.escalationpath.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody wants to know.
 *
 * @param from the period's begin
 * @param to its end, which it does not contain
 * @param where only what has one of these values
 * @param groups by what the numbers are told apart; none for one number, at most two
 */
public record Question(
    List<Metric> metrics,
    Instant from,
    Instant to,
    Map<Dimension, Set<String>> where,
    List<Dimension> groups) {

  public Question {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("The period from %s to %s is empty".formatted(from, to));
    }
    where = Map.copyOf(where);
    groups = List.copyOf(groups);
  }

  /** The same as one number. */
  public Question ungrouped() {
    return new Question(metrics, from, to, where, List.of());
  }

  /** The same about one metric. */
  public Question about(Metric metric) {
    return new Question(List.of(metric), from, to, where, groups);
  }
}
