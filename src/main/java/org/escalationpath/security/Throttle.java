package org.escalationpath.security;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many a period for each of the last 10,000 addresses, names or whatever else is counted. Each node counts for itself. */
public final class Throttle {

  private static final int MOST_WATCHED = 10_000;

  private final int most;
  private final Duration period;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MOST_WATCHED;
    }
  };

  public Throttle(int most, Duration period) {
    this.most = most;
    this.period = period;
  }

  /** Whether {@code whom} has any left. */
  public boolean allows(String whom) {
    return bucket(whom).getAvailableTokens() > 0;
  }

  /** Counts one; false if none was left. */
  public boolean take(String whom) {
    return bucket(whom).tryConsume(1);
  }

  private Bucket bucket(String whom) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          whom,
          key -> Bucket.builder()
              .addLimit(limit -> limit.capacity(most).refillGreedy(most, period))
              .build());
    }
  }
}
