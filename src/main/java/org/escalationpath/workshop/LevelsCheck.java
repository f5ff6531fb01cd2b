package org.escalationpath.workshop;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.escalationpath.cases.Priority;
import org.jspecify.annotations.Nullable;

/** What the tables of service levels and tiers say: limits that can be read, are there for every priority at every tier, and grow sensibly. */
final class LevelsCheck {

  static final String TABLE = "service-levels";

  /** The clocks that must have a limit; that for third parties may be missing, then no case waits for one. */
  static final List<String> CLOCKS = List.of(
      "tier",
      "first-response",
      "next-response",
      "update",
      "resolution",
      "answer",
      "acceptance",
      "alarm");

  static final List<String> PRIORITIES =
      Arrays.stream(Priority.values()).map(Priority::toString).toList();

  /** As many as a path can draw. */
  private static final int MOST_REMINDERS = 3;

  private static final Pattern LOOKS_LIKE_A_DURATION = Pattern.compile("P[\\dT].*");
  private static final Pattern PART = Pattern.compile("\\d{1,2}%|100%");

  private final Table table;
  private final Library library;
  private final Surroundings surroundings;
  private final Consumer<Finding> findings;

  LevelsCheck(Table table, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    this.table = table;
    this.library = library;
    this.surroundings = surroundings;
    this.findings = findings;
  }

  void check() {
    checkValues();
    if (table.id().equals(TABLE)) {
      checkLimits();
    }
    if (table.id().equals("tiers")) {
      checkTiers();
    }
  }

  private void checkValues() {
    var isOfLevels = table.id().equals(TABLE);
    for (var row : table.rows()) {
      for (var result : table.results()) {
        var said = table.said(row, result.name());
        if (said.isEmpty()) {
          continue;
        }
        var isList = isOfLevels && result.name().equals("reminder");
        var isLimit = isOfLevels && result.name().equals("limit");
        var parts = isList ? List.of(said.get().split(",")) : List.of(said.get());
        parts.stream()
            .map(String::trim)
            .filter(part -> !part.isEmpty())
            .filter(
                part -> isLimit || isList || LOOKS_LIKE_A_DURATION.matcher(part).matches())
            .filter(part ->
                duration(part).isEmpty() && !(isList && PART.matcher(part).matches()))
            .forEach(part -> findings.accept(
                table.finding(Rule.DURATION_UNREADABLE, part, result.label(), row.number())));
        if (result.name().equals("tier")
            && !table.id().equals("tiers")
            && !library.tiers().contains(said.get())) {
          findings.accept(table.finding(
              Rule.UNKNOWN_TIER, said.get(), row.number(), String.join(", ", library.tiers())));
        }
      }
    }
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(each -> !each.isNegative() && !each.isZero());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Each priority has a limit at each tier, and the more urgent never has more time by the same calendar. */
  private void checkLimits() {
    for (var row : table.rows()) {
      checkReminder(row);
      table
          .said(row, "calendar")
          .filter(calendar -> !surroundings.calendars().contains(calendar))
          .ifPresent(calendar -> findings.accept(table.finding(
              Rule.UNKNOWN_CALENDAR,
              calendar,
              row.number(),
              String.join(", ", surroundings.calendars()))));
    }
    for (var tier : library.tiers()) {
      Table.Row before = null;
      for (var priority : PRIORITIES) {
        var row = level(priority, tier);
        if (row.isEmpty()) {
          findings.accept(table.finding(Rule.LIMIT_MISSING, priority, tier));
          continue;
        }
        compare(tier, before, row.get(), priority);
        before = row.get();
      }
    }
  }

  private void compare(String tier, Table.@Nullable Row calmer, Table.Row row, String priority) {
    if (calmer == null || !table.said(calmer, "calendar").equals(table.said(row, "calendar"))) {
      return;
    }
    var less = table.said(calmer, "limit").flatMap(LevelsCheck::duration);
    var more = table.said(row, "limit").flatMap(LevelsCheck::duration);
    if (less.isPresent() && more.isPresent() && more.get().compareTo(less.get()) > 0) {
      findings.accept(table.finding(
          Rule.LIMIT_NOT_SENSIBLE,
          priority,
          tier,
          table.said(row, "limit").orElse(""),
          PRIORITIES.get(PRIORITIES.indexOf(priority) - 1),
          table.said(calmer, "limit").orElse("")));
    }
  }

  /** The first row for a case of no particular segment. */
  private Optional<Table.Row> level(String priority, String tier) {
    Map<String, String> asked = Map.of("clock", "tier", "priority", priority, "tier", tier);
    Predicate<Table.Row> fits =
        row -> IntStream.range(0, table.columns().size()).allMatch(index -> {
          var value = asked.get(table.columns().get(index).expression());
          var atom = new Cell.Atom(String.valueOf(value), value, null, null);
          return Cell.parse(row.when().get(index)).map(cell -> cell.fits(atom)).orElse(false);
        });
    return table.rows().stream().filter(fits).findFirst();
  }

  private void checkReminder(Table.Row row) {
    var isAlarm =
        table.column("clock") >= 0 && row.when().get(table.column("clock")).contains("alarm");
    var limit = table.said(row, "limit").flatMap(LevelsCheck::duration);
    if (isAlarm || limit.isEmpty()) {
      return;
    }
    var reminders = Stream.of(table.said(row, "reminder").orElse("").split(","))
        .filter(part -> !part.isBlank())
        .toList();
    if (reminders.size() > MOST_REMINDERS) {
      findings.accept(
          table.finding(Rule.TOO_MANY_REMINDERS, reminders.size(), row.number(), MOST_REMINDERS));
    }
    reminders.stream()
        .map(String::trim)
        .flatMap(part -> duration(part).stream())
        .filter(reminder -> reminder.compareTo(limit.get()) >= 0)
        .forEach(reminder -> findings.accept(
            table.finding(Rule.REMINDER_AFTER_LIMIT, reminder, limit.get(), row.number())));
  }

  private void checkTiers() {
    var groups =
        table.rows().stream().flatMap(row -> table.said(row, "tier").stream()).toList();
    var twice = groups.stream()
        .filter(group -> Collections.frequency(groups, group) > 1)
        .distinct()
        .toList();
    if (groups.isEmpty() || !twice.isEmpty() || groups.size() < table.rows().size()) {
      findings.accept(table.finding(
          Rule.NO_TIERS,
          twice.isEmpty() ? "there are empty rows, or none" : String.join(", ", twice)));
    }
  }
}
