package org.escalationpath.calendar;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.util.ICalDate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;

/** Reads holidays from an iCalendar file (RFC 5545): each event is time without work, for whole days or by the hour, repeated as it says. */
public final class HolidayFile {

  /** A file's longest length in bytes. */
  public static final int LONGEST = 1_000_000;

  public static final String TOO_LONG = "The file is longer than a megabyte; import a smaller one";

  private static final int MOST_DAYS = 2_000;
  private static final int MOST_STEPS = 20_000;
  private static final int LONGEST_NAME = 100;

  private HolidayFile() {}

  /**
   * The holidays between two days, as {@link CalendarDefinition#holidays()} writes them, in order and each once.
   *
   * @param zone where events with a time of day are told; those of whole days are the same days everywhere
   * @throws IllegalArgumentException if the text is no iCalendar file, or too long, or has too many days
   */
  public static List<String> read(String text, ZoneId zone, LocalDate first, LocalDate last) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(TOO_LONG);
    }
    var calendars = Biweekly.parse(text).all();
    if (calendars.isEmpty()
        || !text.replace("\uFEFF", "").stripLeading().startsWith("BEGIN:VCALENDAR")) {
      throw new IllegalArgumentException(
          "This is no iCalendar file; it begins with BEGIN:VCALENDAR");
    }
    var days = new TreeSet<String>();
    var steps = new int[] {MOST_STEPS};
    for (var calendar : calendars) {
      for (var event : calendar.getEvents()) {
        if (!isCancelled(event)) {
          checkRepetition(event);
          add(event, calendar, zone, first, last, days, steps);
        }
      }
    }
    return List.copyOf(days);
  }

  /** Holidays repeat by days at least; the library walks whatever else a rule says for ever. */
  private static void checkRepetition(VEvent event) {
    var rule =
        event.getRecurrenceRule() == null ? null : event.getRecurrenceRule().getValue();
    if (rule == null) {
      return;
    }
    var isByDays = rule.getFrequency() != null
        && Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
            .contains(rule.getFrequency().name());
    var isPlain = rule.getByHour().isEmpty()
        && rule.getByMinute().isEmpty()
        && rule.getBySecond().isEmpty()
        && (rule.getInterval() == null || rule.getInterval() >= 1 && rule.getInterval() <= 1_000)
        && rule.getByMonth().stream().allMatch(month -> month >= 1 && month <= 12)
        && rule.getByMonthDay().stream().allMatch(day -> day != 0 && Math.abs(day) <= 31)
        && rule.getByYearDay().stream().allMatch(day -> day != 0 && Math.abs(day) <= 366)
        && rule.getByWeekNo().stream().allMatch(week -> week != 0 && Math.abs(week) <= 53);
    if (!isByDays || !isPlain) {
      throw new IllegalArgumentException(
          "The event '%s' repeats in a way that holidays do not; use FREQ=YEARLY, MONTHLY, WEEKLY or DAILY without hours"
              .formatted(name(event)));
    }
  }

  private static boolean isCancelled(VEvent event) {
    return event.getStatus() != null && event.getStatus().isCancelled();
  }

  private static void add(
      VEvent event,
      ICalendar calendar,
      ZoneId zone,
      LocalDate first,
      LocalDate last,
      TreeSet<String> days,
      int[] steps) {
    if (event.getDateStart() == null) {
      throw new IllegalArgumentException(
          "The event '%s' has no start (DTSTART)".formatted(name(event)));
    }
    ICalDate start = event.getDateStart().getValue();
    var timeZone = timeZone(event, calendar, zone);
    var dates = event.getDateIterator(timeZone);
    dates.advanceTo(Date.from(first.minusDays(400).atStartOfDay(zone).toInstant()));
    if (!dates.hasNext() && goesOn(event, first)) {
      // the library gives up on rules that began a century ago; walked step by step they go on
      dates = event.getDateIterator(timeZone);
    }
    while (dates.hasNext()) {
      var from = dates.next().toInstant();
      spend(steps);
      if (from.atZone(zone).toLocalDate().isAfter(last)) {
        return;
      }
      for (var day : start.hasTime()
          ? byTheHour(event, from, start, zone)
          : wholeDays(event, from.atZone(timeZone.toZoneId()).toLocalDate(), timeZone)) {
        spend(steps);
        if (!LocalDate.parse(day.substring(0, 10)).isBefore(first)
            && !LocalDate.parse(day.substring(0, 10)).isAfter(last)) {
          days.add(day);
        }
        if (days.size() > MOST_DAYS) {
          throw new IllegalArgumentException(
              "The file has more than %d holidays; import fewer years".formatted(MOST_DAYS));
        }
      }
    }
  }

  /** Whether the event repeats into the years asked for, as far as its rule says without being walked. */
  private static boolean goesOn(VEvent event, LocalDate first) {
    var rule =
        event.getRecurrenceRule() == null ? null : event.getRecurrenceRule().getValue();
    return rule != null
        && rule.getCount() == null
        && (rule.getUntil() == null
            || !rule.getUntil()
                .toInstant()
                .isBefore(first.minusDays(400).atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  private static void spend(int[] steps) {
    if (--steps[0] < 0) {
      throw new IllegalArgumentException(
          "The file has more than %d days; import fewer events or years".formatted(MOST_STEPS));
    }
  }

  private static TimeZone timeZone(VEvent event, ICalendar calendar, ZoneId zone) {
    var assigned = calendar.getTimezoneInfo().getTimezone(event.getDateStart());
    return assigned == null || !event.getDateStart().getValue().hasTime()
        ? TimeZone.getTimeZone(
            event.getDateStart().getValue().hasTime() ? zone : ZoneId.systemDefault())
        : assigned.getTimeZone();
  }

  private static List<String> wholeDays(VEvent event, LocalDate from, TimeZone timeZone) {
    var length = 1L;
    if (event.getDateEnd() != null) {
      length = java.time.temporal.ChronoUnit.DAYS.between(
          local(event.getDateStart().getValue(), timeZone),
          local(event.getDateEnd().getValue(), timeZone));
    } else if (event.getDuration() != null) {
      length = event.getDuration().getValue().toMillis() / 86_400_000L;
    }
    var days = new ArrayList<String>();
    for (var i = 0L; i < Math.max(1, Math.min(length, MOST_DAYS)); i++) {
      days.add((from.plusDays(i) + " " + name(event)).strip());
    }
    return days;
  }

  private static LocalDate local(ICalDate date, TimeZone timeZone) {
    return date.toInstant().atZone(timeZone.toZoneId()).toLocalDate();
  }

  private static List<String> byTheHour(VEvent event, Instant from, ICalDate start, ZoneId zone) {
    var millis = event.getDateEnd() != null
        ? event.getDateEnd().getValue().getTime() - start.getTime()
        : event.getDuration() != null ? event.getDuration().getValue().toMillis() : 0;
    var to =
        from.plusMillis(Math.max(0, Math.min(millis, MOST_DAYS * 86_400_000L))).atZone(zone);
    var days = new ArrayList<String>();
    for (var cursor = from.atZone(zone); cursor.isBefore(to); cursor = nextDay(cursor, zone)) {
      var end = nextDay(cursor, zone).isAfter(to) ? to.toLocalTime().toString() : "24:00";
      var hours =
          minute(cursor.toLocalTime()) + "-" + (end.length() > 5 ? end.substring(0, 5) : end);
      if (!hours.substring(0, 5).equals(hours.substring(6))) {
        days.add((cursor.toLocalDate() + " " + hours + " " + name(event)).strip());
      }
    }
    return days;
  }

  private static ZonedDateTime nextDay(ZonedDateTime moment, ZoneId zone) {
    return moment.toLocalDate().plusDays(1).atStartOfDay(zone);
  }

  private static String minute(LocalTime time) {
    return time.toString().substring(0, 5);
  }

  private static String name(VEvent event) {
    var name = event.getSummary() == null || event.getSummary().getValue() == null
        ? ""
        : event.getSummary().getValue().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME).strip() : name;
  }
}
