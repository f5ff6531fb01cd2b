package org.escalationpath.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the worked examples of {@code docs/time.md}. */
class TimeExamplesTest {

  private static final Path PAGE = Path.of("docs/time.md");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final WorkingCalendar OFFICE = new CalendarDefinition(
          "Europe/Berlin",
          "mon-fri 09:00-17:00",
          "de",
          List.of("2026-12-24 12:00-24:00"),
          List.of("2026-12-19 10:00-14:00"))
      .compile("office", 1);
  private static final WorkingCalendar ROUND_THE_CLOCK = new CalendarDefinition(
          "Europe/Berlin", "mon-sun 00:00-24:00", null, List.of(), List.of())
      .compile("round", 1);

  /** @param pause empty where there is none */
  private record Example(
      WorkingCalendar calendar,
      String start,
      String limit,
      String pause,
      String deadline,
      String why) {}

  @TestFactory
  List<DynamicTest> whatThePageSaysIsWhatTheSystemDoes() throws IOException {
    return examples().stream()
        .map(example -> DynamicTest.dynamicTest(example.why(), () -> check(example)))
        .toList();
  }

  @Test
  void noExampleIsOverlooked() throws IOException {
    assertThat(examples()).hasSize(18);
  }

  private static List<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    var calendar = OFFICE;
    for (var line : Files.readAllLines(PAGE)) {
      if (line.startsWith("### When clocks change")) {
        calendar = ROUND_THE_CLOCK;
      } else if (line.startsWith("## Pauses")) {
        calendar = OFFICE;
      }
      var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      if (line.matches("\\| 20\\d\\d-.*")) {
        examples.add(
            cells.size() == 5
                ? new Example(calendar, cells.get(1), cells.get(2), "", cells.get(3), cells.get(4))
                : new Example(
                    calendar,
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    cells.get(5)));
      }
    }
    return examples;
  }

  private static void check(Example example) {
    var deadline = example
        .calendar()
        .deadline(instant(example.start()), limit(example.limit()), pauses(example.pause()));

    assertThat(deadline.map(at -> LOCAL.format(at.atZone(BERLIN))).orElse("never"))
        .isEqualTo(example.deadline());
  }

  private static Instant instant(String local) {
    return LocalDateTime.parse(local, LOCAL).atZone(BERLIN).toInstant();
  }

  private static Duration limit(String text) {
    return Duration.parse("PT" + text.replace(" h", "H").replace(" min", "M").replace(" ", ""));
  }

  private static Breaks pauses(String text) {
    if (text.isEmpty()) {
      return Breaks.NONE;
    }
    var ends = text.split(" to ");
    return Breaks.of(List.of(
        new Breaks.Break(instant(ends[0]), ends[1].equals("ever") ? null : instant(ends[1]))));
  }
}
