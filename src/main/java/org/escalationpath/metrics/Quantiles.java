package org.escalationpath.metrics;

import java.util.Arrays;

/**
 * How long things took, in seconds: quantiles with linear interpolation between the closest ranks, as {@code percentile_cont} of SQL
 * and {@code PERCENTILE.INC} of spreadsheets have it (type 7 in R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages,
 * The American Statistician 50 (1996) 361–365). The mean stands beside them only to be compared with other systems.
 *
 * @param medianLow the lower bound of the median for 95 of 100 such samples, by the ranks of the binomial distribution in its normal
 *     approximation (W. J. Conover, Practical Nonparametric Statistics, 3rd edition, 1999, section 3.2); of very few, the shortest
 * @param medianHigh the upper bound; of very few, the longest
 */
public record Quantiles(
    double median,
    double p75,
    double p90,
    double mean,
    long sum,
    double medianLow,
    double medianHigh) {

  private static final double Z = 1.959963984540054;

  /** @param lengths at least one, in any order; they are sorted */
  static Quantiles of(int[] lengths) {
    Arrays.sort(lengths);
    var sum = 0L;
    for (var length : lengths) {
      sum += length;
    }
    var reach = Z * Math.sqrt(lengths.length) / 2;
    var low = (int) Math.floor(lengths.length / 2.0 - reach);
    var high = (int) Math.ceil(lengths.length / 2.0 + reach);
    return new Quantiles(
        quantile(lengths, 0.5),
        quantile(lengths, 0.75),
        quantile(lengths, 0.9),
        (double) sum / lengths.length,
        sum,
        lengths[Math.max(0, low - 1)],
        lengths[Math.min(lengths.length - 1, high)]);
  }

  private static double quantile(int[] sorted, double share) {
    var place = share * (sorted.length - 1);
    var below = (int) Math.floor(place);
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * ((double) sorted[above] - sorted[below]);
  }
}
