package org.escalationpath.calendar;

import java.time.Instant;

/** By this calendar nobody works for a year, so that no deadline can be counted. */
public class NoWorkingTime extends IllegalArgumentException {

  NoWorkingTime(String calendar, Instant after) {
    super("The calendar '%s' has no working time in the year after %s; give it some"
        .formatted(calendar, after));
  }
}
