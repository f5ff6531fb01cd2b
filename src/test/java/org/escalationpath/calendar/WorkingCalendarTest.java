package org.escalationpath.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingCalendarTest {

  private static final Path VECTORS = Path.of("../shared/data/working-time-vectors.csv");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final WorkingCalendar OFFICE = WorkingCalendar.of(
      "office", BERLIN, "mon-fri 09:00-17:00", Set.of(LocalDate.parse("2026-12-25"))::contains);

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T14:30:00Z, PT4H,  2026-11-23T10:30:00Z, over the weekend",
    "2026-11-23T15:00:00Z, PT1H,  2026-11-23T16:00:00Z, to the end of the day and not to the next opening",
    "2026-11-23T20:00:00Z, PT0S,  2026-11-24T08:00:00Z, nothing to do begins at the next opening",
    "2026-11-23T09:00:00Z, PT0S,  2026-11-23T09:00:00Z, nothing to do in working time is done",
    "2026-12-24T15:00:00Z, PT2H,  2026-12-28T09:00:00Z, over a holiday and a weekend",
    "2026-03-27T15:00:00Z, PT2H,  2026-03-30T08:00:00Z, over the night on which clocks go forward",
    "2026-11-23T09:00:00Z, PT40H, 2026-11-30T09:00:00Z, a whole working week"
  })
  void aDeadlineIsTheEarliestInstantByWhichTheWorkingTimeHasPassed(
      Instant start, Duration duration, Instant deadline, String why) {
    assertThat(OFFICE.deadline(start, duration)).as(why).isEqualTo(deadline);
    assertThat(OFFICE.workingTime(start, deadline)).as(why).isEqualTo(duration);
  }

  @Test
  void aDayOfTwentyFourWorkingHoursOnWhichClocksGoForwardHasTwentyThree() {
    var roundTheClock = WorkingCalendar.of("round", BERLIN, "mon-sun 00:00-24:00", date -> false);
    var sunday = LocalDate.parse("2026-03-29");

    assertThat(roundTheClock.workingTime(
            sunday.atStartOfDay(BERLIN).toInstant(),
            sunday.plusDays(1).atStartOfDay(BERLIN).toInstant()))
        .isEqualTo(Duration.ofHours(23));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mon",
        "mon 9-17",
        "xyz 09:00-17:00",
        "mon 17:00-09:00",
        "mon 09:00-12:00,11:00-13:00",
        "mon 25:00-26:00"
      })
  void hoursThatCannotBeReadAreRefused(String hours) {
    assertThatThrownBy(() -> WorkingCalendar.of("x", BERLIN, hours, date -> false))
        .isInstanceOfAny(IllegalArgumentException.class, java.time.DateTimeException.class);
  }

  @Test
  void aCalendarWithoutWorkingTimeIsRefusedAndNotWalkedForEver() {
    var never = WorkingCalendar.of("never", BERLIN, "mon-fri 09:00-17:00", date -> true);

    assertThatThrownBy(
            () -> never.deadline(Instant.parse("2026-11-23T09:00:00Z"), Duration.ofHours(1)))
        .hasMessageContaining("no working time");
  }

  /** Facts from the test suites of two other products, read from beside the project. */
  @TestFactory
  java.util.List<DynamicTest> agreesWithWhatOthersCompute() throws IOException {
    assumeTrue(Files.exists(VECTORS), "skipped: no vectors at " + VECTORS);
    try (var rows = CsvReader.builder().ofNamedCsvRecord(VECTORS)) {
      return rows.stream()
          .map(row -> DynamicTest.dynamicTest(row.getField("source"), () -> check(row)))
          .toList();
    }
  }

  private static void check(NamedCsvRecord row) {
    var holidays = Arrays.stream(row.getField("holidays").split(";"))
        .filter(day -> !day.isBlank())
        .map(LocalDate::parse)
        .collect(Collectors.toSet());
    var calendar = WorkingCalendar.of(
        "vector", ZoneId.of(row.getField("timezone")), row.getField("hours"), holidays::contains);
    var start = Instant.parse(row.getField("start_utc"));
    if (row.getField("kind").equals("due")) {
      var duration = Duration.ofSeconds(Long.parseLong(row.getField("seconds")));
      assertThat(calendar.deadline(start, duration)).isEqualTo(row.getField("expected"));
    } else {
      var end = Instant.parse(row.getField("end_utc"));
      assertThat(calendar.workingTime(start, end).toSeconds())
          .isEqualTo(Long.parseLong(row.getField("seconds")));
    }
  }
}
