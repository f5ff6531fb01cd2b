package org.escalationpath.metrics;

import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/** Takes what is observed of the case that is being looked at. */
interface Sink {

  /** What has no length in working time. */
  int NONE = -1;

  /**
   * Something whose both ends have happened.
   *
   * @param at seconds after the opening, by which it belongs to a period
   * @param value seconds, the points of a score, or 1 and 0 for what is and what is not
   * @param working seconds of working time; {@link #NONE} where that means nothing
   * @param visit the tier where it was; null before the first
   * @param move the visit that the case went on to by it; null where it did not
   * @param kind of which kind it is, where the metric tells some apart; null otherwise
   */
  void add(
      int at,
      int value,
      int working,
      @Nullable Visit visit,
      @Nullable Visit move,
      @Nullable String kind);

  /**
   * Something that has begun and is not over, or not decided.
   *
   * @param since seconds after the opening
   */
  void open(int since, @Nullable Visit visit, @Nullable String kind);
}
