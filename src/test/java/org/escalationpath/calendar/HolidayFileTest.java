package org.escalationpath.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolidayFileTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> read(String... events) {
    return HolidayFile.read(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + String.join("", events)
            + "END:VCALENDAR\r\n",
        BERLIN,
        LocalDate.parse("2026-01-01"),
        LocalDate.parse("2028-12-31"));
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines)
        + "\r\nEND:VEVENT\r\n";
  }

  @Test
  void aWholeDayIsAHolidayAndSeveralDaysAreSeveral() {
    assertThat(read(
            event("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY:Christmas"),
            event("DTSTART;VALUE=DATE:20260501", "SUMMARY:Labour Day")))
        .containsExactly("2026-05-01 Labour Day", "2026-12-25 Christmas", "2026-12-26 Christmas");
  }

  @Test
  void anEventOfSomeHoursIsAPartOfADayInTheCalendarsZone() {
    assertThat(read(
            event("DTSTART:20261224T130000Z", "DTEND:20261224T230000Z", "SUMMARY:Christmas Eve"),
            event("DTSTART:20260702T160000Z", "DURATION:PT8H", "SUMMARY:Move\\, part one")))
        .containsExactly(
            "2026-07-02 18:00-24:00 Move, part one",
            "2026-07-03 00:00-02:00 Move, part one",
            "2026-12-24 14:00-24:00 Christmas Eve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1890", "1920", "1926", "1970"})
  void aHolidayThatIsOlderThanACenturyIsStillOne(String year) {
    assertThat(
            read(event("DTSTART;VALUE=DATE:" + year + "1225", "RRULE:FREQ=YEARLY", "SUMMARY:Xmas")))
        .containsExactly("2026-12-25 Xmas", "2027-12-25 Xmas", "2028-12-25 Xmas");
  }

  @Test
  void manyEventsThatHaveEndedAreNotWalked() {
    var ended =
        event("DTSTART;VALUE=DATE:19600101", "RRULE:FREQ=DAILY;UNTIL=20151231", "SUMMARY:Long ago");
    var counted =
        event("DTSTART;VALUE=DATE:19600101", "RRULE:FREQ=DAILY;COUNT=15000", "SUMMARY:Too");

    assertThat(read(ended, ended, counted, event("DTSTART;VALUE=DATE:20260501", "SUMMARY:May Day")))
        .containsExactly("2026-05-01 May Day");
  }

  @Test
  void aRepeatedEventIsThereEachTimeButNotWhereItIsCancelled() {
    assertThat(read(
            event(
                "DTSTART;VALUE=DATE:20201003",
                "RRULE:FREQ=YEARLY",
                "EXDATE;VALUE=DATE:20271003",
                "SUMMARY:Unity"),
            event("DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED", "SUMMARY:Off")))
        .containsExactly("2026-10-03 Unity", "2028-10-03 Unity");
  }

  @Test
  void whatItReadsIsWhatACalendarTakes() {
    var holidays =
        read(event("DTSTART;VALUE=DATE:20261225", "SUMMARY:a\\nb <script> " + "x".repeat(300)));

    assertThat(holidays).singleElement().asString().startsWith("2026-12-25 a b <script> xxx");
    assertThat(new CalendarDefinition(
                "Europe/Berlin", "mon-fri 09:00-17:00", null, holidays, List.of())
            .compile("x", 1)
            .id())
        .isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "<html></html>", "{\"a\": 1}"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> HolidayFile.read(
            text, BERLIN, LocalDate.parse("2026-01-01"), LocalDate.parse("2028-12-31")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no iCalendar file");
  }

  @Test
  void aFileThatRepeatsTooOftenOrIsTooLongIsRefused() {
    assertThatThrownBy(() -> read(
            event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY", "SUMMARY:One"),
            event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY", "SUMMARY:Two")))
        .hasMessageContaining("more than 2000 holidays");
    var long_ = event(
        "DTSTART;VALUE=DATE:20260101",
        "DTEND;VALUE=DATE:20280101",
        "RRULE:FREQ=DAILY",
        "SUMMARY:One");
    assertThatThrownBy(() -> read(long_, long_)).hasMessageContaining("more than 20000 days");
    assertThatThrownBy(
            () -> read(event("DTSTART;VALUE=DATE:20260501", "SUMMARY:" + "x".repeat(1_000_001))))
        .hasMessageContaining("longer than a megabyte");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;BYSECOND=99",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;INTERVAL=2147483647",
        "FREQ=MONTHLY;BYMONTHDAY=99"
      })
  void aRuleByWhichNoHolidayRepeatsIsRefusedAndNotWalked(String rule) {
    assertThatThrownBy(
            () -> read(event("DTSTART;VALUE=DATE:20260101", "RRULE:" + rule, "SUMMARY:Odd")))
        .hasMessageContaining("The event 'Odd' repeats in a way that holidays do not");
  }

  @Test
  void anEventWithoutAStartIsRefusedByName() {
    assertThatThrownBy(() -> read(event("SUMMARY:When?")))
        .hasMessageContaining("'When?' has no start");
  }
}
