package org.escalationpath.calendar;

/** Somebody else saved the calendar meanwhile. */
public class CalendarChanged extends RuntimeException {

  CalendarChanged(String id, int latest) {
    super(
        "The calendar '%s' has been saved as version %d meanwhile; look at that and change it again"
            .formatted(id, latest));
  }
}
