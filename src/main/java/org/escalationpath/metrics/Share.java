package org.escalationpath.metrics;

/**
 * A part of a whole, and between which bounds it lies for 95 of 100 such samples (E. B. Wilson, Probable Inference, the Law of
 * Succession, and Statistical Inference, Journal of the American Statistical Association 22 (1927) 209–212).
 *
 * @param hits how many are
 * @param of how many there are
 * @param share from 0 to 1
 * @param low from 0 to 1
 * @param high from 0 to 1
 */
public record Share(long hits, long of, double share, double low, double high) {

  private static final double Z = 1.959963984540054;

  /** @param of at least 1 */
  public static Share of(long hits, long of) {
    var share = (double) hits / of;
    var square = Z * Z;
    var middle = (share + square / (2 * of)) / (1 + square / of);
    var reach =
        Z * Math.sqrt(share * (1 - share) / of + square / (4.0 * of * of)) / (1 + square / of);
    return new Share(hits, of, share, Math.max(0, middle - reach), Math.min(1, middle + reach));
  }
}
