package org.escalationpath.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The public holidays of a region, as the library Jollyday knows them: {@code de}, or a part of a country, {@code de-by}. */
final class PublicHolidays {

  private final @Nullable HolidayManager country;
  private final String[] part;
  private final Map<Integer, Map<LocalDate, String>> years = new ConcurrentHashMap<>();

  private PublicHolidays(@Nullable HolidayManager country, String[] part) {
    this.country = country;
    this.part = part;
  }

  /** @throws IllegalArgumentException if the library does not know the region */
  static PublicHolidays of(@Nullable String region) {
    if (region == null || region.isBlank()) {
      return new PublicHolidays(null, new String[0]);
    }
    var names = region.strip().toLowerCase(Locale.ROOT).split("-");
    if (names.length == 0
        || HolidayManager.getSupportedCalendarCodes().stream()
            .noneMatch(code -> code.equalsIgnoreCase(names[0]))) {
      throw unknown(region);
    }
    var country = HolidayManager.getInstance(ManagerParameters.create(names[0]));
    var part = Arrays.copyOfRange(names, 1, names.length);
    var level = country.getCalendarHierarchy();
    for (var name : part) {
      level = level.getChildren().entrySet().stream()
          .filter(child -> child.getKey().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> unknown(region))
          .getValue();
    }
    return new PublicHolidays(country, part);
  }

  private static IllegalArgumentException unknown(String region) {
    return new IllegalArgumentException(
        "There is no region '%s' with known holidays; use a country like de or a part of one like de-by"
            .formatted(region));
  }

  /** The holiday's English name, or nothing if people work on {@code day}. */
  Optional<String> on(LocalDate day) {
    return Optional.ofNullable(years.computeIfAbsent(day.getYear(), this::of).get(day));
  }

  private Map<LocalDate, String> of(int year) {
    var names = new HashMap<LocalDate, String>();
    if (country != null) {
      for (var holiday : known(country, year)) {
        names.put(holiday.getDate(), holiday.getDescription(Locale.ENGLISH));
      }
    }
    return names;
  }

  /** The library cannot work out the holidays of some regions in some far years. */
  private Set<Holiday> known(HolidayManager country, int year) {
    try {
      return country.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, part);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "The public holidays of %d are not known for this region; choose a nearer date, or no region"
              .formatted(year),
          e);
    }
  }
}
