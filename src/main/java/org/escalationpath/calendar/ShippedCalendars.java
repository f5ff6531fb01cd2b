package org.escalationpath.calendar;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Saves the calendars of the configuration ({@code escalation.calendars}) at start-up: those that are new or have changed there,
 * and never over a version that a person saved. That one stays, and the log says so.
 */
@Component
@EnableConfigurationProperties(ShippedCalendars.Settings.class)
class ShippedCalendars implements InitializingBean {

  private static final Logger log = LoggerFactory.getLogger(ShippedCalendars.class);

  private final Calendars calendars;
  private final Settings settings;

  ShippedCalendars(Calendars calendars, Settings settings) {
    this.calendars = calendars;
    this.settings = settings;
  }

  @ConfigurationProperties("escalation")
  record Settings(Map<String, Shipped> calendars) {

    Settings {
      calendars = calendars == null ? Map.of() : calendars;
    }

    /** As {@link CalendarDefinition}. */
    record Shipped(
        String zone,
        String hours,
        @Nullable String region,
        @Nullable List<String> holidays,
        @Nullable List<String> extraDays) {

      CalendarDefinition definition() {
        return new CalendarDefinition(
            zone,
            hours,
            region,
            holidays == null ? List.of() : holidays,
            extraDays == null ? List.of() : extraDays);
      }
    }
  }

  @Override
  public void afterPropertiesSet() {
    settings.calendars().forEach((id, shipped) -> save(id, shipped.definition()));
  }

  private void save(String id, CalendarDefinition shipped) {
    var latest = calendars.history(id).stream().findFirst().orElse(null);
    try {
      if (latest == null) {
        calendars.save(id, 0, shipped, Calendars.SYSTEM, "");
      } else if (!latest.definition().equals(shipped)) {
        if (latest.savedBy().equals(Calendars.SYSTEM)) {
          calendars.save(id, latest.version(), shipped, Calendars.SYSTEM, "");
        } else {
          log.warn(
              "The calendar '{}' was saved by {} on {} and stays; the one of the configuration differs",
              id,
              latest.savedBy(),
              latest.savedAt());
        }
      }
    } catch (CalendarChanged e) {
      log.info("Another node has just saved the calendar '{}'", id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("escalation.calendars." + id + ": " + e.getMessage(), e);
    }
  }
}
