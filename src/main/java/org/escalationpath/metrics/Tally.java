package org.escalationpath.metrics;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the observations of one metric in one group. */
final class Tally {

  private static final int MOST_POINTS = 10;

  private final Metric metric;
  private final Lengths elapsed = new Lengths();
  private final Lengths working = new Lengths();
  private final long[] points = new long[MOST_POINTS + 1];
  private long n;
  private long hits;
  private long sum;
  private long open;
  private long oldestOpen = Long.MAX_VALUE;

  Tally(Metric metric) {
    this.metric = metric;
  }

  void add(int value, int inWorkingTime) {
    n++;
    switch (metric.kind()) {
      case DURATION -> {
        if (value != Sink.NONE) {
          elapsed.add(value);
        }
        if (inWorkingTime != Sink.NONE) {
          working.add(inWorkingTime);
        }
      }
      case SCORE -> {
        points[value]++;
        sum += value;
        hits += value >= metric.goodFrom() ? 1 : 0;
      }
      case NET -> points[value]++;
      default -> hits += value;
    }
  }

  /** @param since in seconds since 1970-01-01T00:00Z */
  void open(long since) {
    open++;
    oldestOpen = Math.min(oldestOpen, since);
  }

  /** Counts what another has counted, too. */
  void addAll(Tally other) {
    addMisses(other);
    hits += other.hits;
    sum += other.sum;
    elapsed.addAll(other.elapsed);
    working.addAll(other.working);
    for (var i = 0; i < points.length; i++) {
      points[i] += other.points[i];
    }
  }

  /** Counts how often another has counted, but nothing that was. */
  void addMisses(Tally other) {
    n += other.n;
    open += other.open;
    oldestOpen = Math.min(oldestOpen, other.oldestOpen);
  }

  Measurement measurement(List<String> key) {
    return new Measurement(
        metric,
        key,
        n,
        open,
        open == 0 ? null : Instant.ofEpochSecond(oldestOpen),
        quantiles(elapsed),
        quantiles(working),
        share(),
        metric.kind() == Metric.Kind.SCORE && n > 0 ? (double) sum / n : null,
        net(),
        distribution());
  }

  private static @Nullable Quantiles quantiles(Lengths lengths) {
    return lengths.size() == 0 ? null : Quantiles.of(lengths.toArray());
  }

  private @Nullable Share share() {
    return switch (metric.kind()) {
      case SHARE, SCORE -> n == 0 ? null : Share.of(hits, n);
      case RATIO -> n == hits ? null : ratio(hits, n - hits);
      default -> null;
    };
  }

  /** A ratio is no share of anything and has no such interval. */
  private static Share ratio(long hits, long of) {
    var ratio = (double) hits / of;
    return new Share(hits, of, ratio, ratio, ratio);
  }

  private @Nullable Net net() {
    return metric.kind() != Metric.Kind.NET || n == 0
        ? null
        : Net.of(
            given(Net.PROMOTER, MOST_POINTS),
            given(Net.PASSIVE, Net.PROMOTER - 1),
            given(0, Net.PASSIVE - 1));
  }

  /** How often what lies between the two, both included, was given. */
  private long given(int lowest, int highest) {
    return Arrays.stream(points, lowest, highest + 1).sum();
  }

  private @Nullable List<Long> distribution() {
    return switch (metric.kind()) {
      case SCORE -> Arrays.stream(points, 1, metric.highest() + 1).boxed().toList();
      case NET -> Arrays.stream(points).boxed().toList();
      default -> null;
    };
  }
}
