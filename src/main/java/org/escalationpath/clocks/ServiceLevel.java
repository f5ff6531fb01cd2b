package org.escalationpath.clocks;

import java.time.Duration;
import org.escalationpath.calendar.WorkingCalendar;

/**
 * How long a clock may run.
 *
 * @param limit working time until the deadline, in whole seconds
 * @param calendar by which it is counted, in one version
 * @param pausesForThirdParty whether the clock stands still while the case waits for a third party; it always does for the customer
 * @param policy the row of the policy that says so: {@code service-levels:3 rule_service-levels_12}
 */
record ServiceLevel(
    Duration limit,
    Reminders reminders,
    WorkingCalendar calendar,
    boolean pausesForThirdParty,
    String policy) {

  ServiceLevel {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("The limit " + limit + " is negative");
    }
    reminders.of(limit);
  }

  ServiceLevel withLimit(Duration other) {
    return new ServiceLevel(other, reminders, calendar, pausesForThirdParty, policy);
  }
}
