package org.escalationpath.metrics;

/**
 * A Net Promoter Score (F. F. Reichheld, The One Number You Need to Grow, Harvard Business Review 81 (2003) 46–54): the percentage of
 * promoters less that of detractors, and between which bounds it lies for 95 of 100 such samples. Those are the adjusted Wald bounds,
 * which of those tried cover best: three answers are added, three quarters of one as a promoter and three quarters as a detractor
 * (B. Rocks, Interval Estimation for the "Net Promoter Score", The American Statistician 70 (2016) 365–372).
 *
 * @param promoters how many gave 9 or 10
 * @param passives how many gave 7 or 8
 * @param detractors how many gave 0 to 6
 * @param score in points from −100 to 100
 * @param low in points from −100 to 100, the score at most
 * @param high in points from −100 to 100, the score at least
 */
public record Net(
    long promoters, long passives, long detractors, double score, double low, double high) {

  static final int PROMOTER = 9;
  static final int PASSIVE = 7;

  private static final double Z = 1.959963984540054;

  /** @throws IllegalArgumentException if nobody has answered */
  public static Net of(long promoters, long passives, long detractors) {
    var n = promoters + passives + detractors;
    if (n == 0) {
      throw new IllegalArgumentException("Nobody has answered");
    }
    var most = n + 3.0;
    var up = (promoters + 0.75) / most;
    var down = (detractors + 0.75) / most;
    var middle = up - down;
    var reach = Z * Math.sqrt((up + down - middle * middle) / most);
    var score = 100.0 * (promoters - detractors) / n;
    return new Net(
        promoters,
        passives,
        detractors,
        score,
        Math.min(score, 100 * Math.max(-1, middle - reach)),
        Math.max(score, 100 * Math.min(1, middle + reach)));
  }
}
