package org.escalationpath.security;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Ten wrong passwords a minute per address and user. The engine's own lock counts per user only, so that anybody could lock the
 * administrator out; it is switched off in {@code application.yaml}.
 */
@Component
class SignInThrottle {

  private static final int WRONG_PER_MINUTE = 10;
  private static final int MOST_WATCHED = 10_000;

  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MOST_WATCHED;
    }
  };

  boolean allows(Authentication attempt) {
    return bucket(attempt).getAvailableTokens() > 0;
  }

  void failed(Authentication attempt) {
    bucket(attempt).tryConsume(1);
  }

  private Bucket bucket(Authentication attempt) {
    var address = attempt.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "unknown";
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          address + ' ' + attempt.getName(),
          key -> Bucket.builder()
              .addLimit(limit -> limit
                  .capacity(WRONG_PER_MINUTE)
                  .refillGreedy(WRONG_PER_MINUTE, Duration.ofMinutes(1)))
              .build());
    }
  }
}
