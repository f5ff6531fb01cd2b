package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An XmR chart: individual values with the limits in which they vary when nothing has changed, 2.66 mean moving ranges to either side
 * of the mean (W. A. Shewhart; D. J. Wheeler, Understanding Variation, 1993; 2.66 = 3 / 1.128). Lengths of time are skewed, so
 * that logarithms are charted; limits are told in the values' own unit. From each change of the model on limits are counted anew.
 */
public final class ControlChart {

  /** Fewer values tell no limits. */
  public static final int LEAST = 8;

  private static final double WIDTH = 2.66;
  private static final int RUN = 8;

  private ControlChart() {}

  /**
   * A value between its limits.
   *
   * @param middle null, as low and high, where there are too few values for limits
   * @param isSignal whether it lies outside of them, or is the eighth or a later one in a row on one side of the middle
   */
  public record Point(
      double value,
      @Nullable Double low,
      @Nullable Double middle,
      @Nullable Double high,
      boolean isSignal) {}

  /**
   * @param values more than 0 each, in order of time
   * @param begins the places from which on limits are counted anew
   */
  public static List<Point> of(List<Double> values, Set<Integer> begins) {
    var points = new ArrayList<Point>();
    var begin = 0;
    for (var end = 1; end <= values.size(); end++) {
      if (end == values.size() || begins.contains(end)) {
        points.addAll(segment(values.subList(begin, end)));
        begin = end;
      }
    }
    return points;
  }

  private static List<Point> segment(List<Double> values) {
    if (values.size() < LEAST) {
      return values.stream()
          .map(value -> new Point(value, null, null, null, false))
          .toList();
    }
    var logs = values.stream().mapToDouble(Math::log).toArray();
    var mean = 0.0;
    var range = 0.0;
    for (var i = 0; i < logs.length; i++) {
      mean += logs[i] / logs.length;
      range += i == 0 ? 0 : Math.abs(logs[i] - logs[i - 1]) / (logs.length - 1);
    }
    var low = mean - WIDTH * range;
    var high = mean + WIDTH * range;
    var points = new ArrayList<Point>();
    var run = 0;
    for (var log : logs) {
      var side = (int) Math.signum(log - mean);
      run = side != 0 && Integer.signum(run) == side ? run + side : side;
      points.add(new Point(
          Math.exp(log),
          Math.exp(low),
          Math.exp(mean),
          Math.exp(high),
          log < low || log > high || Math.abs(run) >= RUN));
    }
    return points;
  }
}
