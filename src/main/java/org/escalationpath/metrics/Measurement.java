package org.escalationpath.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number, and what it takes to trust it.
 *
 * @param key the values of the question's groups, in their order; empty for the one number of all
 * @param n how many observations it is made of; that many rows stand behind it
 * @param open how many have begun and are not over, or not decided: they are not in the number
 * @param oldestOpen when the oldest of those began; null for none
 * @param elapsed of lengths, in elapsed time; null where it has none
 * @param working of lengths, in working time; null where it has none
 * @param share of shares and scores, of the good ones; of ratios, solutions over openings
 * @param mean of scores, their mean
 * @param net of net scores, promoters less detractors; null where nobody has answered
 * @param distribution of scores, how often each answer was given, from 1 on; of net scores from 0 on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
    Metric metric,
    List<String> key,
    long n,
    long open,
    @Nullable Instant oldestOpen,
    @Nullable Quantiles elapsed,
    @Nullable Quantiles working,
    @Nullable Share share,
    @Nullable Double mean,
    @Nullable Net net,
    @Nullable List<Long> distribution) {

  /** Fewer than this say little, and are shown grey. */
  public static final int FEW = 5;

  public boolean isFew() {
    return n < FEW;
  }
}
