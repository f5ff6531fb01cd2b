package org.escalationpath.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The working intervals of each weekday, in local time, written {@code mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00}. An
 * interval may end at 24:00; one that crosses midnight is written as two.
 */
record WeeklyHours(Map<DayOfWeek, List<Interval>> intervals) {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern PART = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))? +(\\S+)");
  private static final Pattern INTERVAL = Pattern.compile("(\\d{2}:\\d{2})-(\\d{2}:\\d{2})");

  /**
   * From {@code start} until before {@code end}.
   *
   * @param end the end, or midnight for 24:00
   */
  record Interval(LocalTime start, LocalTime end) {

    Interval {
      if (!end.equals(LocalTime.MIDNIGHT) && !start.isBefore(end)) {
        throw new IllegalArgumentException(
            "The interval %s-%s does not end after it starts; write one that crosses midnight as two"
                .formatted(start, end));
      }
    }
  }

  /** @throws IllegalArgumentException saying which part cannot be read */
  static WeeklyHours parse(String text) {
    var intervals = new EnumMap<DayOfWeek, List<Interval>>(DayOfWeek.class);
    for (var part : text.toLowerCase(Locale.ROOT).split(";")) {
      var match = PART.matcher(part.strip());
      if (!match.matches()) {
        throw unreadable(part);
      }
      var first = day(match.group(1));
      var last = match.group(2) == null ? first : day(match.group(2));
      for (var day = first; ; day = day.plus(1)) {
        intervals.computeIfAbsent(day, key -> new ArrayList<>()).addAll(intervals(match.group(3)));
        if (day == last) {
          break;
        }
      }
    }
    intervals.values().forEach(WeeklyHours::sortAndCheck);
    return new WeeklyHours(intervals);
  }

  List<Interval> on(DayOfWeek day) {
    return intervals.getOrDefault(day, List.of());
  }

  private static DayOfWeek day(String name) {
    if (!DAYS.contains(name)) {
      throw new IllegalArgumentException("'%s' is no weekday; use one of %s".formatted(name, DAYS));
    }
    return DayOfWeek.of(DAYS.indexOf(name) + 1);
  }

  private static List<Interval> intervals(String text) {
    var intervals = new ArrayList<Interval>();
    for (var each : text.split(",")) {
      var match = INTERVAL.matcher(each);
      if (!match.matches()) {
        throw unreadable(each);
      }
      intervals.add(new Interval(time(match.group(1)), time(match.group(2))));
    }
    return intervals;
  }

  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }

  private static void sortAndCheck(List<Interval> day) {
    day.sort((one, other) -> one.start().compareTo(other.start()));
    for (var i = 1; i < day.size(); i++) {
      var previousEnd = day.get(i - 1).end();
      if (previousEnd.equals(LocalTime.MIDNIGHT)
          || previousEnd.isAfter(day.get(i).start())) {
        throw new IllegalArgumentException(
            "The intervals %s and %s overlap".formatted(day.get(i - 1), day.get(i)));
      }
    }
  }

  private static IllegalArgumentException unreadable(String part) {
    return new IllegalArgumentException(
        "Cannot read the hours '%s'; write them as mon-fri 09:00-17:00; sat 10:00-14:00"
            .formatted(part.strip()));
  }
}
