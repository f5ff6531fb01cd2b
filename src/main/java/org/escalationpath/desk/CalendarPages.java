package org.escalationpath.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.escalationpath.calendar.CalendarDefinition;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.Stretch;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where operations leads see and change calendars: what was typed stays, and a preview shows what it means before it is saved. */
@Page
class CalendarPages {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final int DAYS_AHEAD = 14;

  private final Calendars calendars;
  private final CalendarApi api;
  private final Rights rights;
  private final Actor actor;
  private final Clock clock;
  private final Words words;

  CalendarPages(
      Calendars calendars, CalendarApi api, Rights rights, Actor actor, Clock clock, Words words) {
    this.words = words;
    this.calendars = calendars;
    this.api = api;
    this.rights = rights;
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * What somebody typed.
   *
   * @param holidays one a line
   * @param extraDays one a line
   * @param start from when a limit is tried, local time; empty for now
   * @param limit a working time, as {@code PT8H}
   */
  record Form(
      String id,
      int basedOn,
      String zone,
      String hours,
      String region,
      String holidays,
      String extraDays,
      String why,
      String start,
      String limit) {

    CalendarDefinition definition() {
      return new CalendarDefinition(
          zone.strip(),
          hours,
          region,
          holidays.lines().toList(),
          extraDays.lines().toList());
    }

    static Form of(WorkingCalendar calendar) {
      var definition = calendar.definition();
      return new Form(
          calendar.id(),
          calendar.version(),
          definition.zone(),
          definition.hours(),
          definition.region() == null ? "" : definition.region(),
          String.join("\n", definition.holidays()),
          String.join("\n", definition.extraDays()),
          "",
          "",
          "PT8H");
    }

    Form withHolidays(List<String> more) {
      var all =
          new LinkedHashSet<>(holidays.lines().filter(line -> !line.isBlank()).toList());
      all.addAll(more);
      return new Form(
          id, basedOn, zone, hours, region, String.join("\n", all), extraDays, why, start, limit);
    }
  }

  /** A day of the preview. */
  record Day(String date, String hours, String closed) {}

  /** What a limit means. */
  record Meaning(String limit, String deadline) {}

  @GetMapping("/calendars")
  String all(Model model) {
    rights.mustBeStaff();
    model.addAttribute("calendars", calendars.all());
    model.addAttribute("mayPlan", rights.mayPlan());
    return "calendars";
  }

  @GetMapping("/calendars/{id}")
  String one(@PathVariable String id, Model model) {
    rights.mustBeStaff();
    var calendar = calendars.latest(id);
    return show(Form.of(calendar), null, model);
  }

  @GetMapping("/new-calendar")
  String empty(Model model) {
    rights.mustPlan();
    return show(
        new Form("", 0, "Europe/Berlin", "mon-fri 09:00-17:00", "de", "", "", "", "", "PT8H"),
        null,
        model);
  }

  /** One form, three buttons: look what it would mean, add the holidays of a file, save. */
  @PostMapping("/calendars")
  String act(
      @RequestParam String action,
      @RequestParam String id,
      @RequestParam(defaultValue = "0") int basedOn,
      @RequestParam(defaultValue = "") String zone,
      @RequestParam(defaultValue = "") String hours,
      @RequestParam(defaultValue = "") String region,
      @RequestParam(defaultValue = "") String holidays,
      @RequestParam(defaultValue = "") String extraDays,
      @RequestParam(defaultValue = "") String why,
      @RequestParam(defaultValue = "") String start,
      @RequestParam(defaultValue = "") String limit,
      @RequestParam(required = false) @Nullable MultipartFile file,
      Model model,
      RedirectAttributes done)
      throws IOException {
    rights.mustBeStaff();
    var form =
        new Form(id.strip(), basedOn, zone, hours, region, holidays, extraDays, why, start, limit);
    try {
      switch (action) {
        case "save" -> {
          rights.mustPlan();
          var saved =
              calendars.save(form.id(), basedOn, form.definition(), actor.name(), form.why());
          done.addFlashAttribute("done", words.text("calendar.done", saved.version()));
          return "redirect:/calendars/" + saved.id();
        }
        case "import" -> {
          var found = api.read(text(file), form.zone().strip(), null, null);
          model.addAttribute("done", words.text("calendar.holidays-read", found.size()));
          return show(form.withHolidays(found), null, model);
        }
        case "preview" -> {
          return show(form, null, model);
        }
        default -> throw new IllegalArgumentException("'action' must be preview, import or save");
      }
    } catch (IllegalArgumentException | org.escalationpath.calendar.CalendarChanged e) {
      return show(form, e.getMessage(), model);
    }
  }

  private static String text(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty()) {
      throw new IllegalArgumentException("Choose an iCalendar file first (it ends with .ics)");
    }
    return new String(file.getBytes(), StandardCharsets.UTF_8);
  }

  private String show(Form form, @Nullable String mistake, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("mistake", mistake);
    model.addAttribute("mayPlan", rights.mayPlan());
    model.addAttribute("isBuiltIn", form.id().equals(WorkingCalendar.ALWAYS.id()));
    model.addAttribute("history", calendars.history(form.id()));
    try {
      preview(form, form.definition().compile(form.id(), form.basedOn()), model);
    } catch (IllegalArgumentException e) {
      model.addAttribute("mistake", mistake == null ? e.getMessage() : mistake);
    }
    return "calendar";
  }

  private void preview(Form form, WorkingCalendar calendar, Model model) {
    var zone = ZoneId.of(calendar.definition().zone());
    var start = start(form.start(), zone);
    model.addAttribute("days", days(calendar, start.atZone(zone).toLocalDate(), zone));
    var limits = new LinkedHashSet<String>();
    limits.add(form.limit().isBlank() ? "PT8H" : form.limit().strip());
    limits.addAll(List.of("PT1H", "PT4H", "PT8H", "PT16H", "PT40H"));
    model.addAttribute(
        "meanings",
        limits.stream().map(limit -> meaning(calendar, start, limit, zone)).toList());
    model.addAttribute("startsAt", format("time.local").format(start.atZone(zone)));
  }

  private Instant start(String text, ZoneId zone) {
    if (text.isBlank()) {
      return clock.instant();
    }
    try {
      return CalendarApi.within(
          "start", LocalDateTime.parse(text.strip()).atZone(zone).toInstant());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("Write the start as 2026-11-23T09:00", e);
    }
  }

  private Meaning meaning(WorkingCalendar calendar, Instant start, String limit, ZoneId zone) {
    try {
      var duration = Duration.parse(limit);
      if (duration.compareTo(Duration.ofDays(3_660)) > 0) {
        throw new IllegalArgumentException("A limit is at most ten years of working time");
      }
      return new Meaning(
          limit, format("time.local").format(calendar.deadline(start, duration).atZone(zone)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Write the limit as a duration like PT8H or PT90M, unlike '%s'".formatted(limit), e);
    }
  }

  private List<Day> days(WorkingCalendar calendar, LocalDate first, ZoneId zone) {
    var days = new ArrayList<Day>();
    for (var date = first; date.isBefore(first.plusDays(DAYS_AHEAD)); date = date.plusDays(1)) {
      var stretches = calendar.stretches(
          date.atStartOfDay(zone).toInstant(),
          date.plusDays(1).atStartOfDay(zone).toInstant());
      var hours = stretches.stream()
          .filter(Stretch::isWorking)
          .map(each -> TIME.format(each.from().atZone(zone)) + "–" + end(each, zone))
          .toList();
      var closed = stretches.stream()
          .map(Stretch::reason)
          .filter(reason -> !reason.isEmpty() && !reason.equals("outside working hours"))
          .distinct()
          .map(words::interval)
          .toList();
      days.add(new Day(
          format("time.day").format(date), String.join(", ", hours), String.join(", ", closed)));
    }
    return days;
  }

  private static String end(Stretch stretch, ZoneId zone) {
    var end = TIME.format(stretch.to().atZone(zone));
    return end.equals("00:00") ? "24:00" : end;
  }

  private DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(words.text(pattern), LocaleContextHolder.getLocale());
  }
}
