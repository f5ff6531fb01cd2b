package org.escalationpath.calendar;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The calendars of the configuration ({@code escalation.calendars}), and {@code always}. */
@Component
@EnableConfigurationProperties(Calendars.Settings.class)
public class Calendars {

  private final Map<String, WorkingCalendar> calendars = new TreeMap<>();

  Calendars(Settings settings) {
    settings.calendars().forEach((id, calendar) -> calendars.put(id, build(id, calendar)));
    calendars.put(WorkingCalendar.ALWAYS.id(), WorkingCalendar.ALWAYS);
  }

  @ConfigurationProperties("escalation")
  record Settings(Map<String, Calendar> calendars) {

    Settings {
      calendars = calendars == null ? Map.of() : calendars;
    }

    /**
     * @param zone an IANA time zone
     * @param hours as {@code mon-fri 09:00-17:00; sat 10:00-14:00}
     * @param holidays days without work
     * @param region whose public holidays count as well, as Jollyday names it: {@code de}
     */
    record Calendar(
        ZoneId zone,
        String hours,
        @Nullable List<LocalDate> holidays,
        @Nullable String region) {}
  }

  /** @throws IllegalArgumentException if there is no calendar with that id, naming those there are */
  public WorkingCalendar get(String id) {
    var calendar = calendars.get(id);
    if (calendar == null) {
      throw new IllegalArgumentException(
          "There is no calendar '%s'; there are %s".formatted(id, calendars.keySet()));
    }
    return calendar;
  }

  private static WorkingCalendar build(String id, Settings.Calendar calendar) {
    try {
      return WorkingCalendar.of(id, calendar.zone(), calendar.hours(), isHoliday(calendar));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("escalation.calendars." + id + ": " + e.getMessage(), e);
    }
  }

  private static Predicate<LocalDate> isHoliday(Settings.Calendar calendar) {
    var days = new HashSet<>(calendar.holidays() == null ? List.of() : calendar.holidays());
    if (calendar.region() == null) {
      return days::contains;
    }
    var region = HolidayManager.getInstance(ManagerParameters.create(calendar.region()));
    return date -> days.contains(date) || region.isHoliday(date);
  }
}
