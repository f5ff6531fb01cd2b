package org.escalationpath.calendar;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each local day of a calendar is made of. */
final class LocalDays {

  static final String WORKING = "";

  private final ZoneId zone;
  private final WeeklyHours week;
  private final PublicHolidays publicHolidays;
  private final Map<LocalDate, List<SpecialDay>> holidays = new HashMap<>();
  private final List<SpecialDay> yearlyHolidays = new ArrayList<>();
  private final Map<LocalDate, List<SpecialDay>> extraDays = new HashMap<>();

  LocalDays(CalendarDefinition definition) {
    this.zone = definition.zoneId();
    this.week = definition.weeklyHours();
    this.publicHolidays = PublicHolidays.of(definition.region());
    for (var holiday : definition.specialHolidays()) {
      if (holiday.date() == null) {
        yearlyHolidays.add(holiday);
      } else {
        holidays.computeIfAbsent(holiday.date(), day -> new ArrayList<>()).add(holiday);
      }
    }
    for (var extra : definition.specialExtraDays()) {
      extraDays.computeIfAbsent(extra.date(), day -> new ArrayList<>()).add(extra);
    }
  }

  /**
   * A stretch of a local day.
   *
   * @param reason why nobody works, or {@link #WORKING}
   */
  record Piece(int fromMinute, int toMinute, String reason) {}

  ZoneId zone() {
    return zone;
  }

  /** The whole day in stretches, in order and without a gap. */
  List<Piece> of(LocalDate day) {
    var reasons = new String[DayHours.MINUTES_OF_A_DAY];
    var hours = week.on(day.getDayOfWeek());
    Arrays.fill(reasons, hours.isEmpty() ? "no working day" : "outside working hours");
    paint(reasons, hours, WORKING);
    publicHolidays.on(day).ifPresent(name -> paint(reasons, DayHours.ALL_DAY, "holiday: " + name));
    yearlyHolidays.stream()
        .filter(holiday -> holiday.isOn(day))
        .forEach(holiday -> paint(reasons, holiday));
    holidays.getOrDefault(day, List.of()).forEach(holiday -> paint(reasons, holiday));
    extraDays.getOrDefault(day, List.of()).forEach(extra -> paint(reasons, extra.hours(), WORKING));
    return pieces(reasons);
  }

  private static void paint(String[] reasons, SpecialDay holiday) {
    paint(
        reasons,
        holiday.hours() == null ? DayHours.ALL_DAY : holiday.hours(),
        holiday.name().isEmpty() ? "holiday" : "holiday: " + holiday.name());
  }

  private static void paint(String[] reasons, DayHours hours, String reason) {
    hours.spans().forEach(span -> Arrays.fill(reasons, span.from(), span.to(), reason));
  }

  private static List<Piece> pieces(String[] reasons) {
    var pieces = new ArrayList<Piece>();
    var from = 0;
    for (var minute = 1; minute <= reasons.length; minute++) {
      if (minute == reasons.length || !reasons[minute].equals(reasons[from])) {
        pieces.add(new Piece(from, minute, reasons[from]));
        from = minute;
      }
    }
    return pieces;
  }
}
