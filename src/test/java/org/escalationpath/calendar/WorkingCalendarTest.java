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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingCalendarTest {

  private static final Path VECTORS = Path.of("../shared/data/working-time-vectors.csv");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final WorkingCalendar OFFICE = calendar(
      "Europe/Berlin",
      "mon-fri 09:00-17:00",
      List.of("2026-12-24 12:00-24:00 Christmas Eve", "2026-12-25 Christmas Day", "--12-31"),
      List.of("2026-12-19 10:00-14:00"));

  private static WorkingCalendar calendar(
      String zone, String hours, List<String> holidays, List<String> extraDays) {
    return new CalendarDefinition(zone, hours, null, holidays, extraDays).compile("test", 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T14:30:00Z, PT4H,  2026-11-23T10:30:00Z, over the weekend",
    "2026-11-23T15:00:00Z, PT1H,  2026-11-23T16:00:00Z, to the end of the day and not to the next opening",
    "2026-11-23T20:00:00Z, PT0S,  2026-11-24T08:00:00Z, nothing to do begins at the next opening",
    "2026-11-23T09:00:00Z, PT0S,  2026-11-23T09:00:00Z, nothing to do in working time is done",
    "2026-12-24T09:00:00Z, PT4H,  2026-12-28T10:00:00Z, over half a holiday and a whole one and a weekend",
    "2026-12-18T15:00:00Z, PT4H,  2026-12-19T12:00:00Z, into an extra working day",
    "2027-12-30T15:00:00Z, PT2H,  2028-01-03T09:00:00Z, over a holiday of each year",
    "2026-03-27T15:00:00Z, PT2H,  2026-03-30T08:00:00Z, over the night on which clocks go forward",
    "2026-11-23T09:00:00Z, PT40H, 2026-11-30T09:00:00Z, a whole working week"
  })
  void aDeadlineIsTheEarliestInstantByWhichTheWorkingTimeHasPassed(
      Instant start, Duration duration, Instant deadline, String why) {
    assertThat(OFFICE.deadline(start, duration)).as(why).isEqualTo(deadline);
    assertThat(OFFICE.workingTime(start, deadline)).as(why).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29, 23, clocks go forward",
    "2026-10-25, 25, clocks go back",
    "2026-06-01, 24, they do neither"
  })
  void aDayOfTwentyFourWorkingHoursHasAsManyAsTheTimeLine(LocalDate day, int hours, String why) {
    var roundTheClock = calendar("Europe/Berlin", "mon-sun 00:00-24:00", List.of(), List.of());

    assertThat(roundTheClock.workingTime(
            day.atStartOfDay(BERLIN).toInstant(),
            day.plusDays(1).atStartOfDay(BERLIN).toInstant()))
        .as(why)
        .hasHours(hours);
  }

  @Test
  void hoursThatClocksSkipAreNoWorkingTimeAndThoseThatComeTwiceCountTwice() {
    var night = calendar("Europe/Berlin", "sun 02:15-02:45", List.of(), List.of());

    assertThat(night.workingTime(
            Instant.parse("2026-03-28T00:00:00Z"), Instant.parse("2026-03-30T00:00:00Z")))
        .isZero();
    assertThat(night.workingTime(
            Instant.parse("2026-10-24T00:00:00Z"), Instant.parse("2026-10-26T00:00:00Z")))
        .hasMinutes(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | There are no working hours",
        "mon                           | Cannot read the hours 'mon'",
        "mon 9-17                      | Cannot read the hours '9-17'",
        "mon-fri 09:00-17:00; ; sat 10:00-12:00 | Cannot read the hours ''",
        "xyz 09:00-17:00               | 'xyz' is no weekday",
        "mon 17:00-09:00               | cross midnight on two days",
        "mon 09:00-09:00               | do not end after they start",
        "mon 22:00-00:00               | cross midnight on two days",
        "mon 09:00-12:00,11:00-13:00   | overlap",
        "mon-fri 09:00-12:00; wed 11:00-13:00 | overlap",
        "mon 25:00-26:00               | a time that no day has",
        "mon 09:00-24:01               | a time that no day has",
        "mon 09:60-10:00               | a time that no day has"
      })
  void hoursThatCannotBeReadAreRefused(String hours, String why) {
    assertThatThrownBy(() -> calendar("Europe/Berlin", hours, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00",
        "MON-FRI 09:00-12:00, 13:00-17:00",
        "fri-mon 00:00-24:00",
        "mon 09:00-12:00; mon 12:00-17:00;"
      })
  void hoursMayBeSplitSharedAndWrittenAsPeopleDo(String hours) {
    assertThat(calendar("Europe/Berlin", hours, List.of(), List.of()).id()).isEqualTo("test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-02-30           | no day of the calendar",
        "--13-01              | no day of the calendar",
        "Christmas            | Cannot read the day 'Christmas'",
        "25.12.2026           | Cannot read the day",
        "2026-12-24 14:00     | Cannot read the hours '14:00'",
        "2026-12-24 14:00-12:00 | do not end after they start"
      })
  void holidaysThatCannotBeReadAreRefused(String holiday, String why) {
    assertThatThrownBy(
            () -> calendar("Europe/Berlin", "mon-fri 09:00-17:00", List.of(holiday), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-19", "--12-19 10:00-14:00", "x"})
  void anExtraWorkingDayNeedsItsYearAndItsHours(String day) {
    assertThatThrownBy(
            () -> calendar("Europe/Berlin", "mon-fri 09:00-17:00", List.of(), List.of(day)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(day);
  }

  @ParameterizedTest
  @CsvSource({"Europe/Atlantis, no time zone", "+01:00, no time zone", "'', missing"})
  void aZoneThatNobodyKnowsIsRefused(String zone, String why) {
    assertThatThrownBy(() -> calendar(zone, "mon-fri 09:00-17:00", List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aRegionsPublicHolidaysAreClosedAndAPartOfACountryHasItsOwn() {
    var epiphany = Instant.parse("2027-01-06T09:00:00Z");
    var bavaria = inRegion("de-by");

    assertThat(inRegion("de").deadline(epiphany, Duration.ZERO)).isEqualTo(epiphany);
    assertThat(bavaria.deadline(epiphany, Duration.ZERO)).isEqualTo("2027-01-07T08:00:00Z");
    assertThat(bavaria.stretches(epiphany, epiphany.plusSeconds(60)))
        .singleElement()
        .extracting(Stretch::reason)
        .isEqualTo("holiday: Epiphany");
    assertThatThrownBy(() -> inRegion("xx")).hasMessageContaining("no region 'xx'");
    assertThatThrownBy(() -> inRegion("de-zz")).hasMessageContaining("no region 'de-zz'");
  }

  private static WorkingCalendar inRegion(String region) {
    return new CalendarDefinition(
            "Europe/Berlin", "mon-fri 09:00-17:00", region, List.of(), List.of())
        .compile("test", 1);
  }

  @Test
  void aCalendarWithoutWorkingTimeForAYearIsRefusedAndNotWalkedForEver() {
    var days = new ArrayList<String>();
    for (var day = LocalDate.parse("2026-11-23"); days.size() < 60; day = day.plusWeeks(1)) {
      days.add(day.toString());
    }
    var never = calendar("Europe/Berlin", "mon 09:00-17:00", days, List.of());
    var start = Instant.parse("2026-11-21T09:00:00Z");

    assertThatThrownBy(() -> never.deadline(start, Duration.ofHours(1)))
        .isInstanceOf(NoWorkingTime.class)
        .hasMessageContaining("no working time in the year after");
    assertThatThrownBy(() -> never.deadline(start, Duration.ZERO))
        .isInstanceOf(NoWorkingTime.class);
    // the same pause, begun with an hour still to work before it
    assertThatThrownBy(
            () -> never.deadline(Instant.parse("2026-11-16T15:00:00Z"), Duration.ofHours(2)))
        .isInstanceOf(NoWorkingTime.class);
    assertThat(never.deadline(Instant.parse("2026-11-16T15:00:00Z"), Duration.ofHours(1)))
        .isEqualTo("2026-11-16T16:00:00Z");
  }

  @Test
  void aYearAndADayWithoutWorkIsAllowedAndADayMoreIsNot() {
    var extra = List.of("2026-11-23 09:00-10:00", "2027-11-24 09:00-10:00");
    var rare = calendar("UTC", "mon 09:00-10:00", everyMonday(), extra);
    var rarer = calendar(
        "UTC",
        "mon 09:00-10:00",
        everyMonday(),
        List.of("2026-11-23 09:00-10:00", "2027-11-25 09:00-10:00"));

    assertThat(rare.deadline(Instant.parse("2026-11-23T10:00:00Z"), Duration.ofMinutes(1)))
        .isEqualTo("2027-11-24T09:01:00Z");
    assertThatThrownBy(
            () -> rarer.deadline(Instant.parse("2026-11-23T10:00:00Z"), Duration.ofMinutes(1)))
        .isInstanceOf(NoWorkingTime.class);
  }

  private static List<String> everyMonday() {
    var days = new ArrayList<String>();
    for (var day = LocalDate.parse("2026-11-23"); days.size() < 80; day = day.plusWeeks(1)) {
      days.add(day.toString());
    }
    return days;
  }

  @Test
  void aLimitThatTakesMoreThanFiftyYearsIsRefusedAndNotWalked() {
    var aMinuteAWeek = calendar("UTC", "mon 09:00-09:01", List.of(), List.of());

    assertThatThrownBy(() -> aMinuteAWeek.deadline(Instant.EPOCH, Duration.ofDays(100)))
        .hasMessageContaining("more than 50 years");
    assertThatThrownBy(() -> inRegion("-")).hasMessageContaining("no region '-'");
    assertThatThrownBy(
            () -> new CalendarDefinition("UTC", "mon 09:00-10:00", "tr", List.of(), List.of())
                .compile("x", 1)
                .deadline(Instant.parse("2190-01-01T00:00:00Z"), Duration.ZERO))
        .hasMessageContaining("not known for this region");
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatThrownBy(() -> OFFICE.deadline(Instant.EPOCH, Duration.ofSeconds(-1)))
        .hasMessageContaining("negative");
  }

  @Test
  void closedTimeSaysWhy() {
    var thursday = Instant.parse("2026-12-24T10:30:00Z");
    var monday = Instant.parse("2026-12-28T08:30:00Z");

    assertThat(OFFICE.stretches(thursday, monday))
        .extracting(stretch -> stretch.from() + " " + stretch.reason())
        .containsExactly(
            "2026-12-24T10:30:00Z ",
            "2026-12-24T11:00:00Z holiday: Christmas Eve",
            "2026-12-24T23:00:00Z holiday: Christmas Day",
            "2026-12-25T23:00:00Z no working day",
            "2026-12-27T23:00:00Z outside working hours",
            "2026-12-28T08:00:00Z ");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T09:00:00Z, 2026-11-23T10:00:00Z, PT30M",
    "2026-11-23T06:00:00Z, 2026-11-23T08:30:00Z, PT30M",
    "2026-11-23T09:00:00Z, 2026-11-23T09:00:00Z, PT0S",
    "2026-11-23T09:00:00Z, 2026-11-23T08:30:00Z, PT0S"
  })
  void breaksDoNotCount(Instant start, Instant end, Duration worked) {
    var coffee = Breaks.of(List.of(
        new Breaks.Break(
            Instant.parse("2026-11-23T09:00:00Z"), Instant.parse("2026-11-23T09:20:00Z")),
        new Breaks.Break(
            Instant.parse("2026-11-23T09:10:00Z"), Instant.parse("2026-11-23T09:30:00Z"))));

    assertThat(OFFICE.workingTime(start, end, coffee)).isEqualTo(worked);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:30:00Z, PT30M, 2026-11-23T09:00:00Z, reached as the break begins",
    "2026-11-23T08:30:00Z, PT31M, 2026-11-23T09:31:00Z, a minute after it",
    "2026-11-23T09:10:00Z, PT0S,  2026-11-23T09:30:00Z, nothing to do begins when the break is over",
    "2026-11-23T08:10:00Z, PT0S,  2026-11-23T08:10:00Z, nothing to do before the break is done",
    "2026-11-23T09:45:00Z, PT1M,  2026-11-23T09:46:00Z, a break that was over"
  })
  void aDeadlineMovesByTheWorkingTimeOfItsBreaks(
      Instant start, Duration limit, Instant deadline, String why) {
    var coffee = Breaks.of(List.of(new Breaks.Break(
        Instant.parse("2026-11-23T09:00:00Z"), Instant.parse("2026-11-23T09:30:00Z"))));

    assertThat(OFFICE.deadline(start, limit, coffee)).as(why).contains(deadline);
  }

  @Test
  void thereIsNoDeadlineWhileABreakLastsUnlessItPassedBefore() {
    var lasting = Breaks.of(List.of(new Breaks.Break(Instant.parse("2026-11-23T09:00:00Z"), null)));
    var start = Instant.parse("2026-11-23T08:00:00Z");

    assertThat(OFFICE.deadline(start, Duration.ofHours(1), lasting))
        .contains(start.plusSeconds(3600));
    assertThat(OFFICE.deadline(start, Duration.ofMinutes(61), lasting)).isEmpty();
    assertThat(OFFICE.workingTime(start, start.plusSeconds(86_400), lasting)).hasHours(1);
  }

  @Test
  void breaksThatOverlapTouchOrHoldEachOtherAreOne() {
    var nine = Instant.parse("2026-11-23T09:00:00Z");
    var breaks = Breaks.of(List.of(
        new Breaks.Break(nine.plusSeconds(200), nine.plusSeconds(300)),
        new Breaks.Break(nine, nine.plusSeconds(100)),
        new Breaks.Break(nine.plusSeconds(100), nine.plusSeconds(150)),
        new Breaks.Break(nine.plusSeconds(20), nine.plusSeconds(30)),
        new Breaks.Break(nine.plusSeconds(250), null),
        new Breaks.Break(nine.plusSeconds(400), nine.plusSeconds(500)),
        new Breaks.Break(nine.plusSeconds(170), nine.plusSeconds(170))));

    assertThat(breaks.all())
        .containsExactly(
            new Breaks.Break(nine, nine.plusSeconds(150)),
            new Breaks.Break(nine.plusSeconds(200), null));
    assertThatThrownBy(() -> new Breaks.Break(nine, nine.minusSeconds(1)))
        .hasMessageContaining("ends before it starts");
  }

  /** Facts from the test suites of two other products, read from beside the project. */
  @TestFactory
  List<DynamicTest> agreesWithWhatOthersCompute() throws IOException {
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
        .toList();
    var calendar = calendar(row.getField("timezone"), row.getField("hours"), holidays, List.of());
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
