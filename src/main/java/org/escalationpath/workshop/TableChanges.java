package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;

/** What is different between two versions of a file of decisions: tables by their ids, rows by theirs or by what they apply to. */
final class TableChanges {

  private final List<Table> before;
  private final List<Table> after;
  private final List<Change> changes = new ArrayList<>();

  TableChanges(List<Table> before, List<Table> after) {
    this.before = before;
    this.after = after;
  }

  List<Change> all() {
    for (var table : after) {
      before.stream()
          .filter(each -> each.id().equals(table.id()))
          .findFirst()
          .ifPresentOrElse(
              old -> table(old, table),
              () -> add(Kind.ADDED, table.id(), "new decision '%s'".formatted(table.label())));
    }
    before.stream()
        .filter(old -> after.stream().noneMatch(each -> each.id().equals(old.id())))
        .forEach(
            old -> add(Kind.REMOVED, old.id(), "the decision '%s' is gone".formatted(old.label())));
    return changes;
  }

  private void table(Table before, Table after) {
    var old = before.settings();
    var now = after.settings();
    now.forEach((name, value) -> setting(after.id(), name, old.get(name), value));
    names("input", labels(before.columns()), labels(after.columns()));
    names("output", results(before), results(after));
    rows(before, after);
  }

  private void setting(String element, String name, @Nullable String old, String now) {
    if (!now.equals(old)) {
      add(
          Kind.CHANGED,
          element,
          "%s: %s → %s"
              .formatted(name, Comparison.plain(Objects.toString(old, "")), Comparison.plain(now)));
    }
  }

  private static Map<String, Map<String, String>> labels(List<Table.Column> columns) {
    var labels = new LinkedHashMap<String, Map<String, String>>();
    columns.forEach(column -> labels.put(
        column.expression(),
        settings(column.label(), column.type(), String.join(", ", column.values()))));
    return labels;
  }

  private static Map<String, Map<String, String>> results(Table table) {
    var labels = new LinkedHashMap<String, Map<String, String>>();
    table
        .results()
        .forEach(result -> labels.put(result.name(), settings(result.label(), result.type(), "")));
    return labels;
  }

  private static Map<String, String> settings(String label, String type, String values) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("label", label);
    settings.put("type", type);
    settings.put("values", values);
    return settings;
  }

  private void names(
      String what,
      Map<String, Map<String, String>> before,
      Map<String, Map<String, String>> after) {
    after.forEach((name, now) -> {
      var old = before.get(name);
      if (old == null) {
        add(Kind.ADDED, name, "new %s '%s'".formatted(what, now.get("label")));
      } else {
        now.forEach((setting, value) -> setting(
            name,
            "%s '%s', %s".formatted(what, now.get("label"), setting),
            old.get(setting),
            value));
      }
    });
    before.forEach((name, old) -> {
      if (!after.containsKey(name)) {
        add(Kind.REMOVED, name, "the %s '%s' is gone".formatted(what, old.get("label")));
      }
    });
  }

  private void rows(Table before, Table after) {
    var gone = new ArrayList<>(before.rows());
    var matched = new LinkedHashMap<Table.Row, Table.Row>();
    match(after, gone, matched, (old, row) -> Objects.equals(old.id(), row.id()));
    match(
        after,
        gone,
        matched,
        (old, row) ->
            !row.when().isEmpty() && conditions(before, old).equals(conditions(after, row)));
    var last = 0;
    for (var row : after.rows()) {
      var old = matched.get(row);
      if (old == null) {
        add(
            Kind.ADDED,
            row.id(),
            "new rule %d for %s: %s".formatted(row.number(), when(after, row), then(after, row)));
        continue;
      }
      row(before, after, old, row);
      if (old.number() < last) {
        add(
            Kind.MOVED,
            row.id(),
            "the rule for %s stands at %d now, was at %d"
                .formatted(when(after, row), row.number(), old.number()));
      }
      last = Math.max(last, old.number());
    }
    gone.forEach(old -> add(
        Kind.REMOVED,
        old.id(),
        "the rule for %s is gone (%s)".formatted(when(before, old), then(before, old))));
  }

  private static void match(
      Table after,
      List<Table.Row> gone,
      Map<Table.Row, Table.Row> matched,
      BiPredicate<Table.Row, Table.Row> isSame) {
    for (var row : after.rows()) {
      if (!matched.containsKey(row)) {
        gone.stream().filter(old -> isSame.test(old, row)).findFirst().ifPresent(old -> {
          matched.put(row, old);
          gone.remove(old);
        });
      }
    }
  }

  private void row(Table before, Table after, Table.Row old, Table.Row row) {
    if (!conditions(before, old).equals(conditions(after, row))) {
      add(
          Kind.CHANGED,
          row.id(),
          "rule %d applies to %s now, was for %s"
              .formatted(row.number(), when(after, row), when(before, old)));
    }
    var names = after.results().stream().map(Table.Result::name).toList();
    var oldNames = before.results().stream().map(Table.Result::name).toList();
    for (var index = 0; index < names.size(); index++) {
      var place = oldNames.indexOf(names.get(index));
      if (place >= 0 && !old.then().get(place).equals(row.then().get(index))) {
        add(
            Kind.CHANGED,
            row.id(),
            "%s for %s: %s → %s"
                .formatted(
                    after.results().get(index).label(),
                    when(after, row),
                    Comparison.plain(old.then().get(place)),
                    Comparison.plain(row.then().get(index))));
      }
    }
  }

  /** What a row asks for, by what is compared: columns that let everything through say nothing. */
  private static Map<String, String> conditions(Table table, Table.Row row) {
    var conditions = new HashMap<String, String>();
    for (var index = 0; index < Math.min(row.when().size(), table.columns().size()); index++) {
      if (!isAny(row.when().get(index))) {
        conditions.put(table.columns().get(index).expression(), row.when().get(index));
      }
    }
    return conditions;
  }

  private static boolean isAny(String cell) {
    return cell.isEmpty() || cell.equals("-");
  }

  /** {@code tier, high, team-lead}. */
  private static String when(Table table, Table.Row row) {
    var words = row.when().stream()
        .filter(cell -> !isAny(cell))
        .map(Comparison::plain)
        .collect(Collectors.joining(", "));
    return words.isEmpty() ? "all else" : words;
  }

  private static String then(Table table, Table.Row row) {
    var words = new ArrayList<String>();
    for (var index = 0; index < Math.min(row.then().size(), table.results().size()); index++) {
      words.add(
          table.results().get(index).label() + " " + Comparison.plain(row.then().get(index)));
    }
    return String.join(", ", words);
  }

  private void add(Kind kind, @Nullable String element, String words) {
    changes.add(new Change(kind, element, words));
  }
}
