package org.escalationpath.escalation;

import java.util.List;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.springframework.stereotype.Component;

/**
 * What Tasklist sorts by: 25 for low to 100 for urgent, and 10 more for each of these that is true of the visit: a limit brought it
 * here, the tier was reminded, its own limit has passed.
 */
@Component
class TaskPriorities {

  private static final int STEP = 25;
  private static final int LIFT = 10;

  private final Ledger ledger;

  TaskPriorities(Ledger ledger) {
    this.ledger = ledger;
  }

  int of(CustomerCase customerCase) {
    var entries = ledger.of(customerCase.number());
    var lifts = (cameByTimer(entries) ? 1 : 0)
        + (has(What.REMINDED, customerCase, entries) ? 1 : 0)
        + (has(What.LIMIT_ALARM, customerCase, entries) ? 1 : 0);
    return STEP * (customerCase.priority().ordinal() + 1) + LIFT * lifts;
  }

  private static boolean cameByTimer(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> switch (entry.what()) {
          case ESCALATED, RETURNED, REOPENED, REJECTED -> true;
          default -> false;
        })
        .reduce((earlier, later) -> later)
        .filter(move -> move.trigger() == Trigger.TIMER)
        .isPresent();
  }

  private static boolean has(What what, CustomerCase customerCase, List<LedgerEntry> entries) {
    return entries.stream()
        .anyMatch(entry -> entry.what() == what
            && Integer.valueOf(customerCase.visit()).equals(entry.details().get("visit")));
  }
}
