package org.escalationpath.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether something happens so much later than planned that the system must have stood still. */
@Component
public class Lateness {

  private final Clock clock;
  private final Duration threshold;

  Lateness(Clock clock, @Value("${escalation.digest-after:PT5M}") Duration threshold) {
    this.clock = clock;
    this.threshold = threshold;
  }

  /** Whether now is more than {@code escalation.digest-after} later than {@code planned}. */
  public boolean isLate(Instant planned) {
    return planned.plus(threshold).isBefore(clock.instant());
  }
}
