package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The rows behind a number, of which only the latest are kept. */
final class RowsBehind extends Selection<RowsBehind> {

  private static final Comparator<Observation> LATEST_FIRST = Comparator.comparingLong(
          Observation::instant)
      .reversed()
      .thenComparing(each -> each.facts().number())
      .thenComparingInt(Observation::value)
      .thenComparingInt(Observation::working)
      .thenComparing(each -> String.valueOf(each.kind()))
      .thenComparing(each -> String.valueOf(each.visit()))
      .thenComparing(each -> String.valueOf(each.move()));

  private final Question question;
  private final Basis basis;
  private final Periods periods;
  private final int most;
  private final PriorityQueue<Observation> kept = new PriorityQueue<>(LATEST_FIRST.reversed());

  /** @param most how many are kept */
  RowsBehind(Question question, Basis basis, Periods periods, int most) {
    super(question, basis, periods);
    this.question = question;
    this.basis = basis;
    this.periods = periods;
    this.most = most;
  }

  @Override
  RowsBehind fresh() {
    return new RowsBehind(question, basis, periods.fresh(), most);
  }

  /** Others are kept for another page. */
  @Override
  boolean isRepeatable() {
    return false;
  }

  /** What is older than all that is kept is not kept. */
  @Override
  boolean wants(Block.Span span) {
    return super.wants(span)
        && (kept.size() < most || span.settledBy() >= kept.peek().instant());
  }

  @Override
  void take(Observation observation) {
    keep(observation);
  }

  private void keep(Observation observation) {
    if (kept.size() < most) {
      kept.add(observation);
    } else if (most > 0 && LATEST_FIRST.compare(observation, kept.peek()) < 0) {
      kept.poll();
      kept.add(observation);
    }
  }

  @Override
  void add(RowsBehind other) {
    other.kept.forEach(this::keep);
  }

  /** Those kept, the latest first. */
  List<MetricRow> rows() {
    var sorted = new ArrayList<>(kept);
    sorted.sort(LATEST_FIRST);
    return sorted.stream().map(MetricRow::of).toList();
  }
}
