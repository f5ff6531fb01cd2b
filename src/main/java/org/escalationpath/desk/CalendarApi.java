package org.escalationpath.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.escalationpath.calendar.Breaks;
import org.escalationpath.calendar.CalendarDefinition;
import org.escalationpath.calendar.CalendarVersion;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.HolidayFile;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calendars over HTTP: look, try out, save a new version, read holidays from an iCalendar file. */
@RestController
@RequestMapping("/api/calendars")
@Tag(name = "calendars", description = "When people work, and what that makes of a limit")
class CalendarApi {

  /** Between these the arithmetic is tested; nobody counts working time outside of them. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final long LONGEST_LIMIT = Duration.ofDays(3_660).toSeconds();
  private static final int MOST_PAUSES = 1_000;

  private final Calendars calendars;
  private final Rights rights;
  private final Actor actor;
  private final Clock clock;

  CalendarApi(Calendars calendars, Rights rights, Actor actor, Clock clock) {
    this.calendars = calendars;
    this.rights = rights;
    this.actor = actor;
    this.clock = clock;
  }

  record Definition(
      @Nullable String zone,
      @Nullable String hours,
      @Nullable String region,
      @Nullable List<String> holidays,
      @Nullable List<String> extraDays) {

    CalendarDefinition read() {
      return new CalendarDefinition(zone, hours, region, holidays, extraDays);
    }
  }

  record CalendarView(
      String id,
      int version,
      CalendarDefinition definition,
      @Nullable String savedBy,
      @Nullable Instant savedAt,
      @Nullable String why) {

    static CalendarView of(CalendarVersion version) {
      return new CalendarView(
          version.id(),
          version.version(),
          version.definition(),
          version.savedBy(),
          version.savedAt(),
          version.why());
    }
  }

  @GetMapping
  @Operation(summary = "All calendars in their latest version")
  List<CalendarView> all() {
    rights.mustBeStaff();
    return calendars.all().stream().map(this::view).toList();
  }

  @GetMapping("/{id}")
  @Operation(summary = "A calendar in its latest version")
  CalendarView get(@PathVariable String id) {
    rights.mustBeStaff();
    return view(calendars.latest(id));
  }

  private CalendarView view(WorkingCalendar calendar) {
    return calendars.history(calendar.id()).stream()
        .filter(version -> version.version() == calendar.version())
        .findFirst()
        .map(CalendarView::of)
        .orElseGet(() -> new CalendarView(
            calendar.id(), calendar.version(), calendar.definition(), null, null, null));
  }

  @GetMapping("/{id}/versions")
  @Operation(summary = "All versions of a calendar, the newest first")
  List<CalendarView> versions(@PathVariable String id) {
    rights.mustBeStaff();
    calendars.latest(id);
    return calendars.history(id).stream().map(CalendarView::of).toList();
  }

  record NewVersion(
      @Nullable Integer basedOn,
      @Nullable Definition definition,
      @Nullable String why) {}

  @PutMapping("/{id}")
  @Operation(
      summary = "Save a new version of a calendar",
      description =
          "'basedOn' is the version that was changed, 0 for a new calendar; 409 if there is a later one. Clocks that start from"
              + " now on count by it; those that run keep theirs until POST /api/replanning")
  CalendarView save(@PathVariable String id, @RequestBody NewVersion request) {
    rights.mustPlan();
    if (request.definition() == null) {
      throw new IllegalArgumentException("'definition' is missing: zone, hours, holidays …");
    }
    if (request.basedOn() == null || request.basedOn() < 0) {
      throw new IllegalArgumentException(
          "'basedOn' must be the version that you changed, or 0 for a new calendar");
    }
    return view(calendars.save(
        id, request.basedOn(), request.definition().read(), actor.name(), request.why()));
  }

  @PostMapping(value = "/holidays", consumes = "text/calendar", produces = "application/json")
  @Operation(
      summary = "Read the holidays of an iCalendar file",
      description =
          "Of the years 'from' to 'to' (this and the next four), as a definition's 'holidays' takes them; nothing is saved")
  Holidays holidays(
      HttpServletRequest file,
      @RequestParam(defaultValue = "UTC") String zone,
      @RequestParam(required = false) @Nullable Integer from,
      @RequestParam(required = false) @Nullable Integer to)
      throws IOException {
    rights.mustBeStaff();
    // no more of it than is needed to see that it is too long
    var bytes = file.getInputStream().readNBytes(HolidayFile.LONGEST + 1);
    if (bytes.length > HolidayFile.LONGEST) {
      throw new IllegalArgumentException(HolidayFile.TOO_LONG);
    }
    var charset = file.getCharacterEncoding() == null ? "UTF-8" : file.getCharacterEncoding();
    return new Holidays(read(new String(bytes, charset), zone, from, to));
  }

  record Holidays(List<String> holidays) {}

  List<String> read(String file, String zone, @Nullable Integer from, @Nullable Integer to) {
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new IllegalArgumentException(
          "There is no time zone '%s'; use a name like Europe/Berlin".formatted(zone));
    }
    var first = from == null ? clock.instant().atZone(ZoneOffset.UTC).getYear() : from;
    var last = to == null ? first + 4 : to;
    if (first < 1970 || last > 2199 || last < first || last - first > 30) {
      throw new IllegalArgumentException(
          "'from' and 'to' must be years from 1970 to 2199, in order and at most 30 apart");
    }
    return HolidayFile.read(
        file, ZoneId.of(zone), LocalDate.of(first, 1, 1), LocalDate.of(last, 12, 31));
  }

  record Question(
      @Nullable String zone,
      @Nullable String hours,
      @Nullable String region,
      @Nullable List<String> holidays,
      @Nullable List<String> extraDays,
      @Nullable Instant start,
      @Nullable List<List<Instant>> pauses,
      @Nullable Long workingSeconds,
      @Nullable Instant end) {}

  record DeadlineAnswer(Instant deadline) {}

  record WorkingTimeAnswer(long workingSeconds) {}

  @PostMapping("/preview")
  @Operation(
      summary = "Count by a calendar that is not saved",
      description =
          "With 'workingSeconds' the deadline is answered, with 'end' the working seconds from 'start' until then. 'pauses' are"
              + " pairs of instants that do not count")
  ResponseEntity<Object> preview(@RequestBody Question question) {
    rights.mustBeStaff();
    var calendar = new CalendarDefinition(
            question.zone(),
            question.hours(),
            question.region(),
            question.holidays(),
            question.extraDays())
        .compile("preview", 1);
    var start = within("start", question.start());
    var pauses = pauses(question.pauses());
    if ((question.workingSeconds() == null) == (question.end() == null)) {
      throw new IllegalArgumentException(
          "Say either 'workingSeconds', to learn the deadline, or 'end', to learn the working time");
    }
    calendar.deadline(start, Duration.ZERO);
    return ResponseEntity.ok(
        question.end() == null
            ? deadline(calendar, start, question.workingSeconds(), pauses)
            : workingTime(calendar, start, within("end", question.end()), pauses));
  }

  private static DeadlineAnswer deadline(
      WorkingCalendar calendar, Instant start, long seconds, Breaks pauses) {
    if (seconds < 0 || seconds > LONGEST_LIMIT) {
      throw new IllegalArgumentException(
          "'workingSeconds' must be from 0 to " + LONGEST_LIMIT + ", ten years");
    }
    return calendar
        .deadline(start, Duration.ofSeconds(seconds), pauses)
        .map(DeadlineAnswer::new)
        .orElseThrow(() -> new IllegalArgumentException(
            "There is no deadline while a pause lasts; say when it ends"));
  }

  private static WorkingTimeAnswer workingTime(
      WorkingCalendar calendar, Instant start, Instant end, Breaks pauses) {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("'end' must not be before 'start'");
    }
    return new WorkingTimeAnswer(calendar.workingTime(start, end, pauses).toSeconds());
  }

  private static Breaks pauses(@Nullable List<List<Instant>> pairs) {
    if (pairs == null) {
      return Breaks.NONE;
    }
    if (pairs.size() > MOST_PAUSES) {
      throw new IllegalArgumentException("At most " + MOST_PAUSES + " 'pauses' are allowed");
    }
    return Breaks.of(pairs.stream().map(CalendarApi::pause).toList());
  }

  private static Breaks.Break pause(@Nullable List<Instant> pair) {
    if (pair == null || pair.size() != 2 || pair.get(0) == null) {
      throw new IllegalArgumentException(
          "Each of 'pauses' is a pair of instants: [\"2026-11-23T09:00:00Z\", \"2026-11-23T10:00:00Z\"]");
    }
    return new Breaks.Break(
        within("pauses", pair.get(0)), pair.get(1) == null ? null : within("pauses", pair.get(1)));
  }

  static Instant within(String field, @Nullable Instant instant) {
    if (instant == null) {
      throw new IllegalArgumentException(
          "'" + field + "' is missing; write an instant like 2026-11-23T09:00:00Z");
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "'%s' must be from %s to %s".formatted(field, EARLIEST, LATEST));
    }
    return instant;
  }
}
