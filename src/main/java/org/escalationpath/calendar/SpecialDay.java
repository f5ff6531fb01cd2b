package org.escalationpath.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A day that differs from its week: a holiday, or an extra working day. Written as a date, the hours that it is about where it is
 * not the whole day, and a name: {@code 2026-12-24 14:00-24:00 Christmas Eve}. A date without a year, {@code --12-24}, is that day
 * of each year.
 *
 * @param date null where it is a day of each year
 * @param yearly null where it is a day of one year
 * @param hours null where it is the whole day
 */
record SpecialDay(
    @Nullable LocalDate date,
    @Nullable MonthDay yearly,
    @Nullable DayHours hours,
    String name) {

  private static final Pattern FORM = Pattern.compile(
      "(\\d{4}-\\d{2}-\\d{2}|--\\d{2}-\\d{2})(?:\\s+(\\d{2}:[\\d:,-]+))?(?:\\s+(\\S.*))?");
  private static final int LONGEST_NAME = 100;

  /** @throws IllegalArgumentException saying what cannot be read */
  static SpecialDay parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "Cannot read the day '%s'; write it as 2026-12-25, --12-25 for each year, or 2026-12-24 14:00-24:00 Christmas Eve"
              .formatted(text.strip()));
    }
    var name = match.group(3) == null ? "" : match.group(3).strip();
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "The name of the day '%s' is too long; at most %d characters are allowed"
              .formatted(match.group(1), LONGEST_NAME));
    }
    var hours = match.group(2) == null ? null : DayHours.parse(match.group(2));
    try {
      return match.group(1).startsWith("--")
          ? new SpecialDay(null, MonthDay.parse(match.group(1)), hours, name)
          : new SpecialDay(LocalDate.parse(match.group(1)), null, hours, name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no day of the calendar".formatted(match.group(1)), e);
    }
  }

  boolean isOn(LocalDate day) {
    return date == null ? MonthDay.from(day).equals(yearly) : date.equals(day);
  }
}
