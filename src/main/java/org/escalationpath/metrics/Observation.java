package org.escalationpath.metrics;

import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/**
 * What a metric has found in the facts of a case.
 *
 * @param at seconds after the opening, by which it belongs to a period
 * @param value seconds, the points of a score, or 1 and 0 for what is and what is not
 * @param working seconds of working time; {@link Sink#NONE} where that means nothing
 * @param visit the tier where it was; null before the first
 * @param move the visit that the case went on to by it; null where it did not
 * @param kind of which kind it is, where the metric tells some apart; null otherwise
 */
record Observation(
    Metric metric,
    CaseFacts facts,
    int at,
    int value,
    int working,
    @Nullable Visit visit,
    @Nullable Visit move,
    @Nullable String kind) {

  /** In seconds since 1970-01-01T00:00Z. */
  long instant() {
    return facts.openedAt() + at;
  }

  /** How the case came where it was, or where it went on to. */
  @Nullable
  Visit brought() {
    return move == null ? visit : move;
  }

  /** The model and its version that had brought the case there. */
  @Nullable
  String model() {
    return visit == null || visit.model() == null ? facts.model() : visit.model();
  }
}
