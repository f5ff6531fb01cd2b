package org.escalationpath.calendar;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A calendar as people write it down.
 *
 * @param zone an IANA time zone, {@code Europe/Berlin}
 * @param hours the week, in local time: {@code mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00}
 * @param region whose public holidays nobody works on: {@code de}, {@code de-by}; null for none
 * @param holidays more days or parts of days without work, each as {@code 2026-12-25}, {@code --12-31} for each year, or {@code
 *     2026-12-24 14:00-24:00 Christmas Eve}
 * @param extraDays hours that are worked all the same, whatever week and holidays say: {@code 2026-12-19 10:00-14:00}
 */
public record CalendarDefinition(
    String zone,
    String hours,
    @Nullable String region,
    List<String> holidays,
    List<String> extraDays) {

  private static final int MOST_DAYS = 2_000;
  private static final int LONGEST_HOURS = 2_000;

  public CalendarDefinition {
    if (zone == null || zone.isBlank()) {
      throw new IllegalArgumentException("'zone' is missing; write a time zone like Europe/Berlin");
    }
    if (hours == null) {
      throw new IllegalArgumentException(
          "'hours' is missing; write them as mon-fri 09:00-17:00; sat 10:00-14:00");
    }
    region = region == null || region.isBlank() ? null : region.strip();
    holidays = withoutBlanks("holidays", holidays);
    extraDays = withoutBlanks("extraDays", extraDays);
  }

  private static List<String> withoutBlanks(String field, @Nullable List<String> days) {
    var kept = days == null
        ? List.<String>of()
        : days.stream()
            .filter(day -> day != null && !day.isBlank())
            .map(String::strip)
            .toList();
    if (kept.size() > MOST_DAYS) {
      throw new IllegalArgumentException(
          "'%s' has %d days; at most %d are allowed".formatted(field, kept.size(), MOST_DAYS));
    }
    return kept;
  }

  /**
   * The calendar that one can count by.
   *
   * @throws IllegalArgumentException saying what cannot be read
   */
  public WorkingCalendar compile(String id, int version) {
    return new WorkingCalendar(id, version, this, new LocalDays(this));
  }

  ZoneId zoneId() {
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new IllegalArgumentException(
          "There is no time zone '%s'; use a name like Europe/Berlin".formatted(zone));
    }
    return ZoneId.of(zone);
  }

  WeeklyHours weeklyHours() {
    if (hours.length() > LONGEST_HOURS) {
      throw new IllegalArgumentException("'hours' has %d characters; at most %d are allowed"
          .formatted(hours.length(), LONGEST_HOURS));
    }
    return WeeklyHours.parse(hours);
  }

  List<SpecialDay> specialHolidays() {
    return holidays.stream().map(SpecialDay::parse).toList();
  }

  List<SpecialDay> specialExtraDays() {
    var days = extraDays.stream().map(SpecialDay::parse).toList();
    for (var day : days) {
      if (day.date() == null || day.hours() == null) {
        throw new IllegalArgumentException(
            "An extra working day has a year and hours, like 2026-12-19 10:00-14:00, unlike '%s'"
                .formatted(extraDays.get(days.indexOf(day))));
      }
    }
    return days;
  }
}
