package org.escalationpath.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.Stretch;

/** Counts the stories' days back from the last day that was worked to its end. */
final class WorkingDays {

  private static final int LONGEST_GAP = 30;

  private final ZoneId zone;
  private final List<LocalDate> lastFirst;

  /** @param most how many days back there are */
  WorkingDays(Calendars calendars, Instant now, int most) {
    var office = calendars.latest("office");
    this.zone = ZoneId.of(office.definition().zone());
    var today = now.atZone(zone).toLocalDate();
    var from = today.minusDays(2L * most + LONGEST_GAP).atStartOfDay(zone).toInstant();
    this.lastFirst = office.stretches(from, today.atStartOfDay(zone).toInstant()).stream()
        .filter(Stretch::isWorking)
        .map(stretch -> stretch.from().atZone(zone).toLocalDate())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** @param daysBack 0 or less: {@code -3} is three working days before the last one */
  Instant at(int daysBack, LocalTime time) {
    return lastFirst.get(-daysBack).atTime(time).atZone(zone).toInstant();
  }
}
