package org.escalationpath.clocks;

import java.time.Duration;
import org.escalationpath.calendar.WorkingCalendar;

/**
 * How long a clock may run.
 *
 * @param limit working time until the deadline
 * @param reminder working time before the deadline at which we remind
 */
public record ServiceLevel(Duration limit, Duration reminder, WorkingCalendar calendar) {

  /** Working time from the start to the reminder, never less than nothing. */
  Duration untilReminder() {
    var until = limit.minus(reminder);
    return until.isNegative() ? Duration.ZERO : until;
  }
}
