package org.escalationpath.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When somebody works, and the arithmetic of working time: the elapsed time on the time line that lies inside working
 * intervals. Days are local, durations are elapsed: a day of 24 working hours on which clocks go forward has 23.
 */
public final class WorkingCalendar {

  /** The calendar by which every instant counts. */
  public static final WorkingCalendar ALWAYS =
      new WorkingCalendar("always", null, null, date -> false);

  private static final int LONGEST_REST_IN_DAYS = 366;

  private final String id;
  private final @Nullable ZoneId zone;
  private final @Nullable WeeklyHours hours;
  private final Predicate<LocalDate> isHoliday;

  private WorkingCalendar(
      String id,
      @Nullable ZoneId zone,
      @Nullable WeeklyHours hours,
      Predicate<LocalDate> isHoliday) {
    this.id = id;
    this.zone = zone;
    this.hours = hours;
    this.isHoliday = isHoliday;
  }

  /**
   * @param hours as {@code mon-fri 09:00-17:00; sat 10:00-14:00}, in local time of {@code zone}
   * @throws IllegalArgumentException if the hours cannot be read
   */
  public static WorkingCalendar of(
      String id, ZoneId zone, String hours, Predicate<LocalDate> isHoliday) {
    return new WorkingCalendar(id, zone, WeeklyHours.parse(hours), isHoliday);
  }

  public String id() {
    return id;
  }

  /** The working time between two instants; zero if {@code end} is not after {@code start}. */
  public Duration workingTime(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      return Duration.ZERO;
    }
    if (zone == null) {
      return Duration.between(start, end);
    }
    var sum = Duration.ZERO;
    var last = end.atZone(zone).toLocalDate();
    for (var day = start.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
      for (var stretch : stretches(day)) {
        sum = sum.plus(stretch.overlap(start, end));
      }
    }
    return sum;
  }

  /**
   * The earliest instant by which {@code duration} of working time has passed since {@code start}. For a duration of zero it
   * is the start itself, or the next opening.
   *
   * @throws IllegalStateException if there is no working time for a year
   */
  public Instant deadline(Instant start, Duration duration) {
    if (zone == null) {
      return start.plus(duration);
    }
    var left = duration;
    var day = start.atZone(zone).toLocalDate();
    for (var rest = 0; rest <= LONGEST_REST_IN_DAYS; day = day.plusDays(1)) {
      for (var stretch : stretches(day)) {
        var from = stretch.from().isBefore(start) ? start : stretch.from();
        if (from.isBefore(stretch.to())) {
          rest = 0;
          var here = Duration.between(from, stretch.to());
          if (here.compareTo(left) >= 0) {
            return from.plus(left);
          }
          left = left.minus(here);
        }
      }
      rest++;
    }
    throw new IllegalStateException(
        "The calendar '%s' has no working time in the year after %s; give it some"
            .formatted(id, start));
  }

  private List<Stretch> stretches(LocalDate day) {
    var stretches = new ArrayList<Stretch>();
    if (!isHoliday.test(day)) {
      for (var interval : hours.on(day.getDayOfWeek())) {
        stretches.add(new Stretch(
            day.atTime(interval.start()).atZone(zone).toInstant(),
            interval.end().equals(LocalTime.MIDNIGHT)
                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                : day.atTime(interval.end()).atZone(zone).toInstant()));
      }
    }
    return stretches;
  }

  private record Stretch(Instant from, Instant to) {

    Duration overlap(Instant start, Instant end) {
      var later = from.isAfter(start) ? from : start;
      var earlier = to.isBefore(end) ? to : end;
      return later.isBefore(earlier) ? Duration.between(later, earlier) : Duration.ZERO;
    }
  }
}
