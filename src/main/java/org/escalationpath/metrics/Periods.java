package org.escalationpath.metrics;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;

/** The day, week or month that an instant belongs to in a time zone; each is worked out once for a quarter of an hour. Not for several threads. */
final class Periods {

  /** Offsets of time zones are whole quarters of an hour. */
  private static final long QUARTER = 900;

  private final ZoneId zone;
  private final Map<Dimension, Map<Long, String>> known = new HashMap<>();

  Periods(ZoneId zone) {
    this.zone = zone;
  }

  /** For another thread. */
  Periods fresh() {
    return new Periods(zone);
  }

  /** @param at in seconds since 1970-01-01T00:00Z */
  String begin(Dimension step, long at) {
    return known
        .computeIfAbsent(step, each -> new HashMap<>())
        .computeIfAbsent(Math.floorDiv(at, QUARTER), quarter -> work(step, quarter * QUARTER));
  }

  private String work(Dimension step, long at) {
    var day = LocalDate.ofInstant(Instant.ofEpochSecond(at), zone);
    return switch (step) {
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case MONTH -> day.withDayOfMonth(1).toString();
      default -> day.toString();
    };
  }
}
