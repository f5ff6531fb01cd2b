package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles and intervals against values that others have published or that spreadsheets give. */
class StatisticsTest {

  @ParameterizedTest
  @CsvSource({
    // hits, of, low, high: 8 of 10 and 42 of 50, in percent
    "8, 10, 49, 94",
    "42, 50, 71, 92",
    "0, 10, 0, 28",
    "10, 10, 72, 100"
  })
  void theIntervalOfAShareIsWilsons(long hits, long of, int low, int high) {
    var share = Share.of(hits, of);

    assertThat(Math.round(100 * share.low())).isEqualTo(low);
    assertThat(Math.round(100 * share.high())).isEqualTo(high);
  }

  @Test
  void quantilesAreInterpolatedAsSpreadsheetsDo() {
    var quantiles = Quantiles.of(new int[] {40, 10, 30, 20});

    assertThat(quantiles.median()).isEqualTo(25);
    assertThat(quantiles.p75()).isEqualTo(32.5);
    assertThat(quantiles.p90()).isEqualTo(37, within(1e-9));
    assertThat(quantiles.mean()).isEqualTo(25);
    assertThat(quantiles.sum()).isEqualTo(100);
    assertThat(Quantiles.of(new int[] {7}).p90()).isEqualTo(7);
  }
}
