package org.escalationpath.clocks;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Happened;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps beside each case when the limit of its tier passes, so that lists can be sorted and searched by it. */
@Component
class DueAt {

  private static final Set<What> MOVES =
      Set.of(What.PAUSED, What.RESUMED, What.PRIORITY_CHANGED, What.REPLANNED, What.REPAIRED);

  private static final Set<What> ENDS =
      Set.of(What.SOLUTION_PROPOSED, What.CLOSED, What.CLOSED_UNRESOLVED, What.WITHDRAWN);

  private final Cases cases;
  private final Clocks clocks;

  DueAt(Cases cases, Clocks clocks) {
    this.cases = cases;
    this.clocks = clocks;
  }

  /** After {@link ClockTerms} has frozen what the clock is held to from now on. */
  @EventListener
  @Order(1)
  void follow(Happened happened) {
    if (MOVES.contains(happened.what())) {
      renew(happened.number());
    } else if (ENDS.contains(happened.what())) {
      write(happened.number(), null);
    }
  }

  void renew(CaseNumber number) {
    write(number, clocks.runningTierLimit(number).orElse(null));
  }

  private void write(CaseNumber number, @Nullable Instant dueAt) {
    if (!Objects.equals(cases.require(number).dueAt(), dueAt)) {
      cases.dueAt(number, dueAt);
    }
  }
}
