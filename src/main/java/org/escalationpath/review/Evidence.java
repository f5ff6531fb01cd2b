package org.escalationpath.review;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.escalationpath.metrics.Estimate;
import org.escalationpath.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What a review is held by, as it was when the review began. Texts of people are not in it, only where they are, so that what is
 * erased is gone from here, too.
 *
 * @param from the first day of the period, in the desk's time zone
 * @param to its last day
 * @param beforeFrom the first day of the period before, which is as many months or days long; it ends the day before {@code from}
 * @param themes of debriefs, the most frequent first
 * @param exceptions how many there were of each kind that auditors look for
 * @param overdue the ids of the improvement actions that should have been done
 * @param effects of what was changed
 * @param remarks the ids of what staff said of steps that do not fit
 */
public record Evidence(
    LocalDate from,
    LocalDate to,
    LocalDate beforeFrom,
    List<Line> numbers,
    List<Theme> themes,
    List<ExceptionCount> exceptions,
    List<String> overdue,
    List<Effect> effects,
    List<String> remarks) {

  /**
   * A metric in two periods.
   *
   * @param nowCount how many observations there were in the period
   * @param now null where nothing was observed, or for counts
   * @param verdict whether they differ by more than chance; null where one of them has no bounds
   * @param earlierDays so many days earlier both periods lie than the others, because what happens takes so long to be decided
   */
  public record Line(
      Metric metric,
      long beforeCount,
      @Nullable Estimate before,
      long nowCount,
      @Nullable Estimate now,
      Estimate.@Nullable Verdict verdict,
      int earlierDays) {}

  /**
   * What debriefs found.
   *
   * @param lostSeconds for how long the customers of those cases waited for their solution, together
   * @param before how many debriefs found it in the period before
   */
  public record Theme(String theme, long debriefs, long lostSeconds, long before) {}

  public record ExceptionCount(String kind, long before, long now) {}

  /**
   * What came after a version of a model or table went into force, beside what was before.
   *
   * @param action the id of the improvement action that it realises
   * @param version {@code escalation-path:7}
   * @param since the day on which it was deployed
   * @param days how many days before it and after it are compared
   */
  public record Effect(
      String action, String version, LocalDate since, int days, List<Line> numbers) {}

  /** The numbers that differ by more than chance, and the others. */
  public Map<Boolean, List<Line>> byDistinguishable() {
    return numbers.stream()
        .collect(Collectors.partitioningBy(each ->
            each.verdict() == Estimate.Verdict.HIGHER || each.verdict() == Estimate.Verdict.LOWER));
  }
}
