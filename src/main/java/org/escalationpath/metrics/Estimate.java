package org.escalationpath.metrics;

import java.util.Optional;

/**
 * A number with the bounds between which it lies for 95 of 100 such samples: a median in seconds of elapsed time, a share, or a
 * Net Promoter Score in points.
 *
 * @param n how many observations it is made of
 */
public record Estimate(double value, double low, double high, long n) {

  /** Of a measured duration, share or score; nothing for what has no such bounds, or where nothing was observed. */
  public static Optional<Estimate> of(Measurement of) {
    if (of.metric().kind() == Metric.Kind.RATIO) {
      return Optional.empty();
    }
    if (of.share() != null) {
      var share = of.share();
      return Optional.of(new Estimate(share.share(), share.low(), share.high(), of.n()));
    }
    if (of.net() != null) {
      var net = of.net();
      return Optional.of(new Estimate(net.score(), net.low(), net.high(), of.n()));
    }
    return Optional.ofNullable(of.elapsed())
        .map(each -> new Estimate(each.median(), each.medianLow(), each.medianHigh(), of.n()));
  }

  /** What can be said of a number beside an earlier one. */
  public enum Verdict {
    HIGHER,
    LOWER,

    /** The difference may well be chance. */
    NOT_DISTINGUISHABLE,

    /** One of them is made of fewer than {@link Measurement#FEW}. */
    TOO_FEW;
  }

  /**
   * Whether this differs from what was before by more than chance: whether zero lies outside the bounds of the difference. Those are
   * the ones of R. G. Newcombe for shares (Interval Estimation for the Difference Between Independent Proportions, Statistics in
   * Medicine 17 (1998) 873–890, method 10), which G. Y. Zou and A. Donner show to hold for any two estimates with bounds
   * (Construction of Confidence Limits About Effect Measures, Statistics in Medicine 27 (2008) 1693–1702).
   */
  public Verdict since(Estimate before) {
    if (n < Measurement.FEW || before.n < Measurement.FEW) {
      return Verdict.TOO_FEW;
    }
    var difference = value - before.value;
    if (difference - Math.hypot(value - low, before.high - before.value) > 0) {
      return Verdict.HIGHER;
    }
    if (difference + Math.hypot(high - value, before.value - before.low) < 0) {
      return Verdict.LOWER;
    }
    return Verdict.NOT_DISTINGUISHABLE;
  }
}
