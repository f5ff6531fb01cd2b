package org.escalationpath.calendar;

import java.time.DayOfWeek;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The working hours of each weekday, in local time, written {@code mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00}. */
record WeeklyHours(Map<DayOfWeek, DayHours> days) {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern PART = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?\\s+(\\S.*)");

  /** @throws IllegalArgumentException saying which part cannot be read */
  static WeeklyHours parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "There are no working hours; write them as mon-fri 09:00-17:00; sat 10:00-14:00");
    }
    var days = new EnumMap<DayOfWeek, DayHours>(DayOfWeek.class);
    for (var part : text.toLowerCase(Locale.ROOT).split(";")) {
      add(part.strip(), days);
    }
    return new WeeklyHours(days);
  }

  private static void add(String part, Map<DayOfWeek, DayHours> days) {
    var match = PART.matcher(part);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "Cannot read the hours '%s'; write them as mon-fri 09:00-17:00; sat 10:00-14:00"
              .formatted(part));
    }
    var last = day(match.group(2) == null ? match.group(1) : match.group(2));
    var hours = DayHours.parse(match.group(3));
    for (var day = day(match.group(1)); ; day = day.plus(1)) {
      days.merge(day, hours, DayHours::and);
      if (day == last) {
        return;
      }
    }
  }

  private static DayOfWeek day(String name) {
    if (!DAYS.contains(name)) {
      throw new IllegalArgumentException("'%s' is no weekday; use one of %s".formatted(name, DAYS));
    }
    return DayOfWeek.of(DAYS.indexOf(name) + 1);
  }

  DayHours on(DayOfWeek day) {
    return days.getOrDefault(day, DayHours.NONE);
  }
}
