package org.escalationpath.security;

import java.time.Duration;
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

  private final Throttle wrong = new Throttle(WRONG_PER_MINUTE, Duration.ofMinutes(1));

  boolean allows(Authentication attempt) {
    return wrong.allows(whom(attempt));
  }

  void failed(Authentication attempt) {
    wrong.take(whom(attempt));
  }

  private static String whom(Authentication attempt) {
    var address = attempt.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "unknown";
    return address + ' ' + attempt.getName();
  }
}
