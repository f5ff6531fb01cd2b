package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.escalationpath.metrics.ControlChart.Point;
import org.junit.jupiter.api.Test;

/** Limits of individual values, where they begin anew, and what counts as a signal. */
class ControlChartTest {

  private static List<Point> chart(List<Double> logs, Integer... begins) {
    return ControlChart.of(logs.stream().map(Math::exp).toList(), Set.of(begins));
  }

  private static List<Double> alternating(int times) {
    return Collections.nCopies(times, List.of(1.0, 2.0)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Integer> signals(List<Point> points) {
    var signals = new ArrayList<Integer>();
    for (var i = 0; i < points.size(); i++) {
      if (points.get(i).isSignal()) {
        signals.add(i);
      }
    }
    return signals;
  }

  /** Of logarithms 1 and 2 in turn the mean is 1.5 and each moving range 1. */
  @Test
  void limitsAreMeanMovingRangesAroundTheMean() {
    var points = chart(alternating(4));

    assertThat(points).allSatisfy(point -> {
      assertThat(Math.log(point.middle())).isCloseTo(1.5, within(1e-9));
      assertThat(Math.log(point.low())).isCloseTo(1.5 - 2.66, within(1e-9));
      assertThat(Math.log(point.high())).isCloseTo(1.5 + 2.66, within(1e-9));
      assertThat(point.isSignal()).isFalse();
    });
  }

  @Test
  void fewerThanEightTellNoLimits() {
    assertThat(chart(alternating(3)))
        .allSatisfy(point -> assertThat(point.low()).isNull());
    assertThat(chart(List.of())).isEmpty();
  }

  @Test
  void limitsBeginAnewWhereTheModelDid() {
    var points = chart(
        Stream.concat(alternating(4).stream(), alternating(4).stream().map(each -> each + 5))
            .toList(),
        8);

    assertThat(Math.log(points.get(7).middle())).isCloseTo(1.5, within(1e-9));
    assertThat(Math.log(points.get(8).middle())).isCloseTo(6.5, within(1e-9));
    assertThat(signals(points)).isEmpty();
  }

  @Test
  void oneFarOutIsASignal() {
    var values = new ArrayList<>(alternating(10));
    values.set(13, 9.0);

    assertThat(signals(chart(values))).containsExactly(13);
  }

  @Test
  void theEighthInARowOnOneSideIsASignalAndSoIsEachAfterIt() {
    var values = new ArrayList<Double>();
    for (var level : List.of(1.0, 2.0)) {
      for (var i = 0; i < 9; i++) {
        values.add(level + 0.4 * (i % 2));
      }
    }

    assertThat(signals(chart(values))).containsExactly(7, 8, 16, 17);
  }
}
