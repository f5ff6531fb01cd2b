package org.escalationpath.metrics;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.numbers.arrays.Selection;

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
  private static final double MEDIAN = 0.5;
  private static final double P75 = 0.75;
  private static final double P90 = 0.9;

  /** @param lengths at least one, in any order, which is changed */
  static Quantiles of(int[] lengths) {
    var last = lengths.length - 1;
    var reach = Z * Math.sqrt(lengths.length) / 2;
    var low = Math.max(0, (int) Math.floor(lengths.length / 2.0 - reach) - 1);
    var high = Math.min(last, (int) Math.ceil(lengths.length / 2.0 + reach));
    var sum = 0L;
    for (var length : lengths) {
      sum += length;
    }
    Selection.select(
        lengths,
        IntStream.concat(
                IntStream.of(low, high),
                DoubleStream.of(MEDIAN, P75, P90)
                    .mapToInt(share -> (int) (share * last))
                    .flatMap(rank -> IntStream.of(rank, Math.min(rank + 1, last))))
            .toArray());
    return new Quantiles(
        quantile(lengths, MEDIAN),
        quantile(lengths, P75),
        quantile(lengths, P90),
        (double) sum / lengths.length,
        sum,
        lengths[low],
        lengths[high]);
  }

  /** @param ordered the values of the ranks on both sides are where they are in order */
  private static double quantile(int[] ordered, double share) {
    var place = share * (ordered.length - 1);
    var below = (int) place;
    var above = Math.min(below + 1, ordered.length - 1);
    return ordered[below] + (place - below) * ((double) ordered[above] - ordered[below]);
  }
}
