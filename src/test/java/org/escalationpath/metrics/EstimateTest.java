package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.escalationpath.metrics.Estimate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of medians, and what can be said of a number beside an earlier one. */
class EstimateTest {

  private static Estimate share(long hits, long of) {
    var share = Share.of(hits, of);
    return new Estimate(share.share(), share.low(), share.high(), of);
  }

  /** The ranks that Conover's table of the binomial distribution has for the median of 20, 50 and 100: 6 and 15, 18 and 33, 40 and 61. */
  @ParameterizedTest
  @CsvSource({"20, 6, 15", "50, 18, 33", "100, 40, 61"})
  void theBoundsOfAMedianAreRanks(int n, int low, int high) {
    var quantiles = Quantiles.of(IntStream.rangeClosed(1, n).toArray());

    assertThat(quantiles.medianLow()).isCloseTo(low, within(1.0));
    assertThat(quantiles.medianHigh()).isCloseTo(high, within(1.0));
    assertThat(quantiles.median() - quantiles.medianLow())
        .isEqualTo(quantiles.medianHigh() - quantiles.median());
  }

  @Test
  void ofVeryFewTheyAreTheShortestAndTheLongest() {
    var quantiles = Quantiles.of(new int[] {5, 1, 9});

    assertThat(List.of(quantiles.medianLow(), quantiles.median(), quantiles.medianHigh()))
        .containsExactly(1.0, 5.0, 9.0);
  }

  /** Newcombe (1998), table II, method 10: 56/70 and 48/80 differ by 0.0524 to 0.3339; 9/10 and 3/10 by 0.1705 to 0.8090; 10/10 and 0/20 by 0.6791 to 1. */
  @ParameterizedTest
  @CsvSource({
    "48, 80, 56, 70, HIGHER",
    "56, 70, 48, 80, LOWER",
    "3, 10, 9, 10, HIGHER",
    "0, 20, 10, 10, HIGHER",
    "5, 10, 6, 10, NOT_DISTINGUISHABLE",
    "5, 7, 2, 7, NOT_DISTINGUISHABLE",
    "0, 4, 100, 100, TOO_FEW",
    "100, 100, 0, 4, TOO_FEW"
  })
  void sharesDifferByMoreThanChanceOrNot(
      long before, long ofBefore, long now, long ofNow, Verdict verdict) {
    assertThat(share(now, ofNow).since(share(before, ofBefore))).isEqualTo(verdict);
  }

  @Test
  void mediansDifferAsTheirBoundsSay() {
    var before = new Estimate(100, 90, 110, 30);

    assertThat(new Estimate(120, 112, 130, 30).since(before)).isEqualTo(Verdict.HIGHER);
    assertThat(new Estimate(110, 95, 130, 30).since(before)).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    assertThat(new Estimate(70, 60, 80, 30).since(before)).isEqualTo(Verdict.LOWER);
    assertThat(before.since(before)).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
  }

  /** The examples of measuringu.com/nps-three-confidence-intervals, and bounds that no score can leave. */
  @ParameterizedTest
  @CsvSource({
    "60, 40, 20, 33, 19, 46",
    "10, 6, 4, 30, -6, 58",
    "400, 350, 250, 15, 10, 20",
    "5, 0, 0, 100, 17.5, 100",
    "0, 0, 1, -100, -100, 48.5"
  })
  void theBoundsOfANetPromoterScoreAreAdjustedWald(
      long promoters, long passives, long detractors, double score, double low, double high) {
    var net = Net.of(promoters, passives, detractors);

    assertThat(net.score()).isCloseTo(score, within(0.5));
    assertThat(net.low()).isCloseTo(low, within(0.6));
    assertThat(net.high()).isCloseTo(high, within(0.6));
  }

  @Test
  void aNetPromoterScoreOfNobodyIsNone() {
    assertThatThrownBy(() -> Net.of(0, 0, 0)).hasMessage("Nobody has answered");
  }
}
