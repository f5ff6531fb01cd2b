package org.escalationpath.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An observation behind a number.
 *
 * @param at by which it belongs to the period
 * @param value seconds of elapsed time, points, or 1 and 0 for what is and what is not; null where only working time is measured
 * @param working seconds of working time; null where that means nothing
 */
public record MetricRow(
    String caseNumber,
    Instant at,
    @Nullable Integer value,
    @Nullable Integer working,
    @Nullable String tier,
    @Nullable String reason,
    @Nullable String trigger,
    @Nullable String kind,
    String priority,
    @Nullable String category,
    @Nullable String product,
    String channel,
    String segment,
    @Nullable String model,
    @JsonProperty("imported") boolean isImported) {

  static MetricRow of(Observation of) {
    var brought = of.brought();
    return new MetricRow(
        of.facts().number(),
        of.facts().at(of.at()),
        of.value() == Sink.NONE ? null : of.value(),
        of.working() == Sink.NONE ? null : of.working(),
        of.visit() == null ? null : of.visit().tier().group(),
        brought == null ? null : text(brought.reason()),
        brought == null ? null : text(brought.trigger()),
        of.kind(),
        of.facts().priority().toString(),
        of.facts().category(),
        of.facts().product(),
        of.facts().channel(),
        of.facts().segment(),
        of.model(),
        of.facts().isImported());
  }

  private static @Nullable String text(@Nullable Object code) {
    return code == null ? null : code.toString();
  }
}
