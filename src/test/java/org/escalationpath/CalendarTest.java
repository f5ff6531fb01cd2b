package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jayway.jsonpath.JsonPath;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.escalationpath.calendar.CalendarDefinition;
import org.escalationpath.calendar.Calendars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calendars over HTTP and on their page: tried out, saved as versions, read from files, and never by the wrong person. */
class CalendarTest extends EngineTest {

  private static final Path VECTORS = Path.of("../shared/data/working-time-vectors.csv");

  @LocalServerPort
  private int port;

  @Autowired
  private Calendars calendars;

  private static String newId() {
    return "c" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String version(int basedOn, String hours) {
    return """
        {"basedOn": %d, "definition": {"zone": "Europe/Berlin", "hours": "%s", "holidays": ["2026-12-24 14:00-24:00"]},
         "why": "more hands"}""".formatted(basedOn, hours);
  }

  @Test
  void aDeadlineIsCountedByACalendarThatIsNotSaved() {
    var answer = Http.as(port, "agent").post("/api/calendars/preview", """
        {"zone": "Europe/Berlin", "hours": "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00", "holidays": ["2026-12-25"],
         "start": "2026-12-24T15:00:00Z", "pauses": [["2026-12-26T09:00:00Z", "2026-12-26T10:00:00Z"]], "workingSeconds": 10800}""");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"deadline\":\"2026-12-26T12:00:00Z\"}");
  }

  @Test
  void workingTimeIsCountedByACalendarThatIsNotSaved() {
    var answer = Http.as(port, "agent").post("/api/calendars/preview", """
        {"zone": "Europe/Berlin", "hours": "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00", "holidays": ["2026-12-25"],
         "start": "2026-12-24T15:00:00Z", "end": "2026-12-26T12:00:00Z"}""");

    assertThat(answer.body()).isEqualTo("{\"workingSeconds\":14400}");
  }

  @Test
  void thePreviewAgreesWithWhatOthersCompute() throws IOException {
    assumeTrue(Files.exists(VECTORS), "skipped: no vectors at " + VECTORS);
    var agent = Http.as(port, "agent");
    try (var rows = CsvReader.builder().ofNamedCsvRecord(VECTORS)) {
      for (NamedCsvRecord row : rows) {
        var isDue = row.getField("kind").equals("due");
        var answer = agent.post("/api/calendars/preview", """
            {"zone": "%s", "hours": "%s", "holidays": [%s], "start": "%s", %s}""".formatted(
                row.getField("timezone"),
                row.getField("hours"),
                Arrays.stream(row.getField("holidays").split(";"))
                    .filter(day -> !day.isBlank())
                    .map(day -> '"' + day + '"')
                    .collect(Collectors.joining(",")),
                row.getField("start_utc"),
                isDue
                    ? "\"workingSeconds\": " + row.getField("seconds")
                    : "\"end\": \"" + row.getField("end_utc") + "\""));
        assertThat(answer.body())
            .as(row.getField("source"))
            .isEqualTo(
                isDue
                    ? "{\"deadline\":\"" + row.getField("expected") + "\"}"
                    : "{\"workingSeconds\":" + row.getField("seconds") + "}");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                                              | 'zone' is missing",
        "{\"zone\": \"Mars/Base\", \"hours\": \"mon 09:00-10:00\"}       | no time zone 'Mars/Base'",
        "{\"zone\": \"UTC\"}                                             | 'hours' is missing",
        "{\"zone\": \"UTC\", \"hours\": \"\"}                            | no working hours",
        "{\"zone\": \"UTC\", \"hours\": \"mon 9-17\"}                    | Cannot read the hours",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\"}             | 'start' is missing",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\"} | either 'workingSeconds'",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 1, \"end\": \"2026-11-23T09:00:00Z\"} | either 'workingSeconds'",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": -1} | from 0 to",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 99999999999} | from 0 to",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"end\": \"2026-11-22T09:00:00Z\"} | must not be before",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"+99999-11-23T09:00:00Z\", \"workingSeconds\": 1} | must be from",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"yesterday\", \"workingSeconds\": 1} | wrong type",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": \"soon\"} | wrong type",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"holidays\": [\"never\"], \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 1} | Cannot read the day 'never'",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 1, \"pauses\": [[\"2026-11-23T09:00:00Z\"]]} | pair of instants",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 1, \"pauses\": [[\"2026-11-23T09:00:00Z\", \"2026-11-23T08:00:00Z\"]]} | ends before it starts",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"start\": \"2026-11-23T09:00:00Z\", \"workingSeconds\": 1, \"pauses\": [[\"2026-11-23T09:00:00Z\", null]]} | while a pause lasts",
        "{\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"rooms\": 3} | no property 'rooms'"
      })
  void aQuestionThatCannotBeAnsweredSaysWhatToChange(String question, String why) {
    var answer = Http.as(port, "agent").post("/api/calendars/preview", question);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonPath.<String>read(answer.body(), "$.detail")).contains(why);
  }

  @Test
  void aCalendarInWhichNobodyEverWorksIsRefused() {
    var days = Stream.iterate(java.time.LocalDate.parse("2026-11-23"), day -> day.plusWeeks(1))
        .limit(60)
        .map(day -> "\"" + day + "\"")
        .collect(Collectors.joining(","));

    assertThat(Http.as(port, "agent")
            .post("/api/calendars/preview", """
                {"zone": "UTC", "hours": "mon 09:00-10:00", "holidays": [%s], "start": "2026-11-21T09:00:00Z", "workingSeconds": 60}""".formatted(days))
            .body())
        .contains("no working time in the year after");
  }

  @Test
  void savingMakesAVersionAndTheOldOneStaysForClocksThatWereStartedWithIt() {
    var owner = Http.as(port, "owner");
    var id = newId();

    assertThat(
            owner.put("/api/calendars/" + id, version(0, "mon-fri 09:00-17:00")).statusCode())
        .isEqualTo(200);
    assertThat(
            owner.put("/api/calendars/" + id, version(1, "mon-fri 08:00-18:00")).statusCode())
        .isEqualTo(200);

    assertThat(JsonPath.<Integer>read(owner.get("/api/calendars/" + id).body(), "$.version"))
        .isEqualTo(2);
    var versions = owner.get("/api/calendars/" + id + "/versions").body();
    assertThat(JsonPath.<List<String>>read(versions, "$[*].definition.hours"))
        .containsExactly("mon-fri 08:00-18:00", "mon-fri 09:00-17:00");
    assertThat(JsonPath.<List<String>>read(versions, "$[*].savedBy")).containsOnly("owner");
    assertThat(JsonPath.<List<String>>read(versions, "$[*].why")).containsOnly("more hands");
    assertThat(calendars.version(id, 1).definition().hours()).isEqualTo("mon-fri 09:00-17:00");
    assertThatThrownBy(() -> calendars.version(id, 3)).hasMessageContaining("no version 3");
  }

  @Test
  void ofTwoWhoChangeTheSameVersionTheSecondIsTold() throws Exception {
    var owner = Http.as(port, "owner");
    var id = newId();
    owner.put("/api/calendars/" + id, version(0, "mon-fri 09:00-17:00"));
    Callable<Integer> save = () ->
        owner.put("/api/calendars/" + id, version(1, "mon-fri 08:00-18:00")).statusCode();

    var pool = Executors.newFixedThreadPool(4);
    var answers = new java.util.ArrayList<Integer>();
    for (var future : pool.invokeAll(java.util.Collections.nCopies(4, save))) {
      answers.add(future.get());
    }
    pool.shutdown();

    assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409);
    assertThat(
            owner.put("/api/calendars/" + id, version(1, "mon-fri 08:00-18:00")).body())
        .contains("saved as version 2 meanwhile");
  }

  @ParameterizedTest
  @CsvSource({"agent, 403", "lead, 403", "director, 403", "auditor, 403", "owner, 200", "admin, 200"
  })
  void onlyWhoPlansTheDeskSavesCalendars(String person, int status) {
    assertThat(Http.as(port, person)
            .put("/api/calendars/" + newId(), version(0, "mon-fri 09:00-17:00"))
            .statusCode())
        .isEqualTo(status);
    assertThat(Http.as(port, person).get("/api/calendars/office").statusCode()).isEqualTo(200);
    assertThat(Http.anonymous(port).get("/api/calendars/office").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "always   | {\"basedOn\": 0, \"definition\": {\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\"}} | not 'always'",
        "UPPER    | {\"basedOn\": 0, \"definition\": {\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\"}} | small letters",
        "fine     | {\"definition\": {\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\"}}                 | 'basedOn' must be",
        "fine     | {\"basedOn\": 0}                                                                      | 'definition' is missing",
        "fine     | {\"basedOn\": 0, \"definition\": {\"zone\": \"UTC\", \"hours\": \"mon 09:00-10:00\", \"region\": \"atlantis\"}} | no region 'atlantis'"
      })
  void aCalendarThatCannotBeSavedSaysWhatToChange(String id, String body, String why) {
    var answer = Http.as(port, "owner").put("/api/calendars/" + id, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonPath.<String>read(answer.body(), "$.detail")).contains(why);
  }

  @Test
  void aCalendarOrVersionThatIsNotThereIsNamed() {
    assertThat(Http.as(port, "agent").get("/api/calendars/nowhere").body())
        .contains("There is no calendar 'nowhere'", "office", "always");
  }

  @Test
  void holidaysAreReadFromAFileOverHttp() {
    var answer = Http.as(port, "owner")
        .send(
            "POST",
            "/api/calendars/holidays?zone=Europe/Berlin&from=2026&to=2026",
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            Map.of("Content-Type", "text/calendar"));

    assertThat(answer.body()).isEqualTo("{\"holidays\":[\"2026-12-25 Christmas\"]}");
    assertThat(Http.as(port, "owner")
            .send(
                "POST",
                "/api/calendars/holidays",
                "nonsense",
                Map.of("Content-Type", "text/calendar"))
            .statusCode())
        .isEqualTo(400);
    assertThat(Http.as(port, "owner")
            .send(
                "POST",
                "/api/calendars/holidays",
                "BEGIN:VCALENDAR\r\n" + "X-LONG:Mariä\r\n".repeat(70_000),
                Map.of("Content-Type", "text/calendar"))
            .body())
        .contains("longer than a megabyte");
  }

  @Test
  void theConfigurationsCalendarsAreThereFromTheStart() {
    var office = calendars.latest("office");

    assertThat(office.version()).isEqualTo(1);
    assertThat(office.definition())
        .isEqualTo(new CalendarDefinition(
            "Europe/Berlin", "mon-fri 09:00-17:00", "de", List.of(), List.of()));
    assertThat(calendars.history("office").get(0).savedBy()).isEqualTo(Calendars.SYSTEM);
  }
}
