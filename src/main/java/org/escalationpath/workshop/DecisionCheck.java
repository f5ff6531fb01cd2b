package org.escalationpath.workshop;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.escalationpath.cases.Priority;
import org.escalationpath.engine.Feel;
import org.w3c.dom.Element;

/**
 * Whether a decision table decides: all cases that can come, no case twice, in a language that reaches nothing. Texts, flags, numbers and
 * ranges are computed exactly; other cells are named and left out.
 */
class DecisionCheck {

  static final String SERVICE_LEVELS = "service-levels";

  private static final int MOST_ROWS = 500;
  private static final int MOST_GAPS = 5;

  /** As many as a path can draw. */
  private static final int MOST_REMINDERS = 3;

  private static final int MOST_STEPS = 200_000;

  /** The clocks that must have a limit; that for third parties may be missing, then no case waits for one. */
  private static final List<String> CLOCKS = List.of(
      "tier",
      "first-response",
      "next-response",
      "update",
      "resolution",
      "answer",
      "acceptance",
      "alarm");

  private static final List<String> PRIORITIES =
      Arrays.stream(Priority.values()).map(Priority::toString).toList();

  private static final Set<String> LANGUAGES = Set.of(
      "feel",
      "http://www.omg.org/spec/FEEL/20140401",
      "https://www.omg.org/spec/DMN/20180521/FEEL/",
      "https://www.omg.org/spec/DMN/20191111/FEEL/");

  private static final Pattern LOOKS_LIKE_A_DURATION = Pattern.compile("P[\\dT].*");
  private static final Pattern PART = Pattern.compile("\\d{1,2}%|100%");
  private static final Set<String> DMN_ELEMENTS = Set.of(
      "definitions",
      "decision",
      "description",
      "extensionElements",
      "variable",
      "decisionTable",
      "input",
      "inputExpression",
      "inputValues",
      "output",
      "outputValues",
      "defaultOutputEntry",
      "rule",
      "inputEntry",
      "outputEntry",
      "annotationEntry",
      "annotation",
      "text",
      "informationRequirement",
      "requiredDecision",
      "requiredInput",
      "inputData",
      "literalExpression",
      "knowledgeSource",
      "authorityRequirement",
      "requiredAuthority",
      "textAnnotation",
      "association",
      "sourceRef",
      "targetRef",
      "question",
      "allowedAnswers",
      "owner",
      "type",
      "locationURI",
      "properties",
      "property");

  void check(Table table, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    checkLanguage(table, Xml.read(library.content(table.file())), findings);
    if (table.rows().size() > MOST_ROWS) {
      findings.accept(table.finding(Rule.TOO_LARGE_A_TABLE, table.rows().size(), MOST_ROWS));
      return;
    }
    checkNames(table, findings);
    checkInputs(table, library, surroundings, findings);
    var readable = readable(table, findings);
    if (table.isTable() && !table.columns().isEmpty()) {
      new Computed(table, library, readable, findings).check();
    }
    checkValues(table, library, findings);
    if (table.id().equals(SERVICE_LEVELS)) {
      checkLimits(table, library, surroundings, findings);
    }
    if (table.id().equals("tiers")) {
      checkTiers(table, findings);
    }
  }

  private static void checkNames(Table table, Consumer<Finding> findings) {
    var timeToLive = table.decision().getCamundaHistoryTimeToLiveString();
    if (timeToLive == null || timeToLive.isBlank()) {
      findings.accept(table.finding(Rule.NO_TIME_TO_LIVE));
    }
    if (!(table.id() + ".dmn")
        .equals(org.springframework.util.StringUtils.getFilename(table.file()))) {
      findings.accept(table.finding(Rule.FILE_NAME, table.id(), table.id() + ".dmn"));
    }
  }

  // -- languages
  // ------------------------------------------------------------------------------------------------------

  private static void checkLanguage(Table table, Element element, Consumer<Finding> findings) {
    var space = String.valueOf(element.getNamespaceURI());
    if (space.contains("DMNDI")
        || space.contains("/DC/")
        || space.contains("/DI/")
        || space.contains("biodi")) {
      return;
    }
    if (space.contains("/DMN/") && !DMN_ELEMENTS.contains(element.getLocalName())) {
      findings.accept(table.finding(Rule.UNSUPPORTED_ELEMENT, element.getLocalName()));
    }
    if (element.getLocalName().equals("literalExpression")) {
      Xml.children(element).stream()
          .filter(each -> each.getLocalName().equals("text"))
          .map(Xml::ownText)
          .forEach(text -> look(table, text, "its expression", false, findings));
    }
    var language = element.getAttribute("expressionLanguage");
    if (!language.isEmpty()
        && !LANGUAGES.contains(language)
        && !language.equalsIgnoreCase("feel")) {
      findings.accept(table.finding(Rule.FOREIGN_LANGUAGE, language, element.getLocalName()));
    }
    Xml.children(element).forEach(child -> checkLanguage(table, child, findings));
  }

  /** The cells on the left that can be computed, by row; rows with others are left out. */
  private static Map<Table.Row, List<Cell>> readable(Table table, Consumer<Finding> findings) {
    var readable = new LinkedHashMap<Table.Row, List<Cell>>();
    for (var column : table.columns()) {
      look(table, column.expression(), "the input " + column.label(), false, findings);
    }
    for (var row : table.rows()) {
      var cells = new ArrayList<Cell>();
      for (var index = 0; index < row.when().size(); index++) {
        var text = row.when().get(index);
        var place =
            "rule %d, %s".formatted(row.number(), table.columns().get(index).label());
        var isFine = text.isEmpty() || text.equals("-") || look(table, text, place, true, findings);
        (isFine ? Cell.parse(text) : Optional.<Cell>empty()).ifPresentOrElse(cells::add, () -> {
          if (isFine) {
            findings.accept(table.finding(Rule.CELL_NOT_COMPUTED, text, place));
          }
        });
      }
      if (cells.size() == row.when().size()) {
        readable.put(row, cells);
      }
      for (var index = 0; index < row.then().size(); index++) {
        var text = row.then().get(index);
        if (!text.isEmpty()) {
          var label =
              index < table.results().size() ? table.results().get(index).label() : "a result";
          look(table, text, "rule %d, %s".formatted(row.number(), label), false, findings);
        }
      }
    }
    return readable;
  }

  private static boolean look(
      Table table, String text, String place, boolean isTest, Consumer<Finding> findings) {
    var reading = isTest ? Feel.unaryTests(text) : Feel.expression(text);
    reading
        .forbidden()
        .forEach(why -> findings.accept(
            reading.isReadable()
                ? table.finding(Rule.FORBIDDEN_EXPRESSION, text, why)
                : table.finding(Rule.UNREADABLE_CELL, text, place, why)));
    return reading.forbidden().isEmpty();
  }

  private static void checkInputs(
      Table table, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    var askers = library.drawings().stream()
        .filter(drawing -> drawing.all(BusinessRuleTask.class).stream()
            .anyMatch(task -> table.id().equals(task.getCamundaDecisionRef())))
        .toList();
    for (var drawing : askers) {
      var set = new Variables(drawing, library, surroundings).set();
      table.columns().stream()
          .flatMap(column -> Feel.expression(column.expression()).variables().stream())
          .filter(name -> !set.contains(name))
          .forEach(name -> findings.accept(table.finding(
              Rule.UNKNOWN_INPUT, name, set.stream().sorted().collect(Collectors.joining(", ")))));
    }
  }

  // -- gaps and overlaps
  // ----------------------------------------------------------------------------------------------

  /** The part that is computed exactly. */
  private static final class Computed {

    private final Table table;
    private final Map<Table.Row, List<Cell>> rows;
    private final Consumer<Finding> findings;
    private final List<Table.Column> columns;
    private final Library library;
    private int steps;

    Computed(
        Table table, Library library, Map<Table.Row, List<Cell>> rows, Consumer<Finding> findings) {
      this.table = table;
      this.library = library;
      this.rows = rows;
      this.findings = findings;
      this.columns = table.columns();
    }

    void check() {
      var isComplete = rows.size() == table.rows().size();
      if (table.isSingle() && isComplete) {
        var gaps = new ArrayList<List<Cell.Atom>>();
        gaps(0, List.copyOf(rows.keySet()), new ArrayList<>(), atoms(true), gaps);
        gaps.forEach(gap -> findings.accept(table.finding(Rule.DECISION_GAP, words(gap))));
      }
      if (table.hitPolicy() == HitPolicy.UNIQUE || table.hitPolicy() == HitPolicy.ANY) {
        checkOverlaps();
      }
      if (table.hitPolicy() == HitPolicy.FIRST) {
        checkOrder();
      }
    }

    /** What each column has to be looked at for; for gaps only what can come, if that is known. */
    private List<List<Cell.Atom>> atoms(boolean isForGaps) {
      return IntStream.range(0, columns.size())
          .mapToObj(index -> {
            var cells = rows.values().stream().map(row -> row.get(index)).toList();
            var atoms = Cell.atoms(cells, isForGaps ? declared(columns.get(index)) : List.of());
            return atoms;
          })
          .toList();
    }

    private List<String> declared(Table.Column column) {
      return switch (column.expression()) {
        case "priority" -> PRIORITIES;
        case "tier" -> library.tiers();
        case "clock" -> table.id().equals(SERVICE_LEVELS) ? CLOCKS : column.values();
        default -> column.values();
      };
    }

    private void gaps(
        int column,
        List<Table.Row> fitting,
        List<Cell.Atom> chosen,
        List<List<Cell.Atom>> atoms,
        List<List<Cell.Atom>> gaps) {
      steps++;
      if (gaps.size() >= MOST_GAPS || steps > MOST_STEPS) {
        return;
      }
      if (fitting.isEmpty()) {
        gaps.add(List.copyOf(chosen));
        return;
      }
      if (column == columns.size() || fitting.stream().anyMatch(row -> isAnyFrom(column, row))) {
        return;
      }
      Set<List<Table.Row>> seen = new HashSet<>();
      for (var atom : atoms.get(column)) {
        var still =
            fitting.stream().filter(row -> rows.get(row).get(column).fits(atom)).toList();
        if (seen.add(still)) {
          chosen.add(atom);
          gaps(column + 1, still, chosen, atoms, gaps);
          chosen.remove(chosen.size() - 1);
        }
      }
    }

    private boolean isAnyFrom(int column, Table.Row row) {
      return rows.get(row).stream().skip(column).allMatch(Cell::isAny);
    }

    private String words(List<Cell.Atom> gap) {
      return IntStream.range(0, gap.size())
          .filter(index -> !gap.get(index).words().equals("anything"))
          .mapToObj(index -> columns.get(index).label() + " " + gap.get(index).words())
          .collect(Collectors.joining(", "));
    }

    private void checkOverlaps() {
      var all = List.copyOf(rows.keySet());
      var atoms = atoms(false);
      for (var one = 0; one < all.size(); one++) {
        for (var other = one + 1; other < all.size(); other++) {
          var first = all.get(one);
          var second = all.get(other);
          var isSame = first.then().equals(second.then());
          if (table.hitPolicy() == HitPolicy.ANY && isSame) {
            continue;
          }
          common(first, second, atoms)
              .ifPresent(both -> findings.accept(table.finding(
                  Rule.DECISION_OVERLAP,
                  first.number() + " and " + second.number(),
                  words(both).isEmpty() ? "everything" : words(both),
                  table.hitPolicy() == HitPolicy.ANY
                      ? "'Any' although they say different things"
                      : "'Unique'")));
        }
      }
    }

    private Optional<List<Cell.Atom>> common(
        Table.Row first, Table.Row second, List<List<Cell.Atom>> atoms) {
      var both = new ArrayList<Cell.Atom>();
      for (var index = 0; index < columns.size(); index++) {
        var place = index;
        var atom = atoms.get(index).stream()
            .filter(each -> rows.get(first).get(place).fits(each)
                && rows.get(second).get(place).fits(each))
            .findFirst();
        if (atom.isEmpty()) {
          return Optional.empty();
        }
        both.add(atom.get());
      }
      return Optional.of(both);
    }

    private void checkOrder() {
      var all = List.copyOf(rows.keySet());
      var atoms = atoms(false);
      for (var index = 1; index < all.size(); index++) {
        var row = all.get(index);
        var own = IntStream.range(0, columns.size())
            .mapToObj(column -> atoms.get(column).stream()
                .filter(atom -> rows.get(row).get(column).fits(atom))
                .toList())
            .toList();
        var gaps = new ArrayList<List<Cell.Atom>>();
        steps = 0;
        gaps(0, all.subList(0, index), new ArrayList<>(), own, gaps);
        if (gaps.isEmpty() && steps <= MOST_STEPS && own.stream().noneMatch(List::isEmpty)) {
          findings.accept(table.finding(Rule.RULE_NEVER_APPLIES, row.number()));
        }
      }
    }
  }

  // -- what our own tables say
  // ----------------------------------------------------------------------------------------

  private static void checkValues(Table table, Library library, Consumer<Finding> findings) {
    var isOfLevels = table.id().equals(SERVICE_LEVELS);
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
  private static void checkLimits(
      Table table, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    for (var row : table.rows()) {
      checkReminder(table, row, findings);
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
        var row = level(table, priority, tier);
        if (row.isEmpty()) {
          findings.accept(table.finding(Rule.LIMIT_MISSING, priority, tier));
          continue;
        }
        compare(table, tier, before, row.get(), priority, findings);
        before = row.get();
      }
    }
  }

  private static void compare(
      Table table,
      String tier,
      Table.@org.jspecify.annotations.Nullable Row calmer,
      Table.Row row,
      String priority,
      Consumer<Finding> findings) {
    if (calmer == null || !table.said(calmer, "calendar").equals(table.said(row, "calendar"))) {
      return;
    }
    var less = table.said(calmer, "limit").flatMap(DecisionCheck::duration);
    var more = table.said(row, "limit").flatMap(DecisionCheck::duration);
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
  private static Optional<Table.Row> level(Table table, String priority, String tier) {
    Map<String, String> asked = Map.of("clock", "tier", "priority", priority, "tier", tier);
    Predicate<Table.Row> fits =
        row -> IntStream.range(0, table.columns().size()).allMatch(index -> {
          var value = asked.get(table.columns().get(index).expression());
          var atom = new Cell.Atom(String.valueOf(value), value, null, null);
          return Cell.parse(row.when().get(index)).map(cell -> cell.fits(atom)).orElse(false);
        });
    return table.rows().stream().filter(fits).findFirst();
  }

  private static void checkReminder(Table table, Table.Row row, Consumer<Finding> findings) {
    var isAlarm =
        table.column("clock") >= 0 && row.when().get(table.column("clock")).contains("alarm");
    var limit = table.said(row, "limit").flatMap(DecisionCheck::duration);
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

  private static void checkTiers(Table table, Consumer<Finding> findings) {
    var groups =
        table.rows().stream().flatMap(row -> table.said(row, "tier").stream()).toList();
    var twice = groups.stream()
        .filter(group -> java.util.Collections.frequency(groups, group) > 1)
        .distinct()
        .toList();
    if (groups.isEmpty() || !twice.isEmpty() || groups.size() < table.rows().size()) {
      findings.accept(table.finding(
          Rule.NO_TIERS,
          twice.isEmpty() ? "there are empty rows, or none" : String.join(", ", twice)));
    }
  }
}
