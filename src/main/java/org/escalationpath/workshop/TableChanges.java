package org.escalationpath.workshop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;

/** What is different between two versions of a file of decisions: tables by their ids, rows by theirs or by what they apply to. */
final class TableChanges {

  private final List<Table> before;
  private final List<Table> after;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  TableChanges(List<Table> before, List<Table> after) {
    this.before = before;
    this.after = after;
  }

  Comparison all() {
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
    return new Comparison(changes, renamed);
  }

  private void table(Table before, Table after) {
    var old = before.settings();
    var now = after.settings();
    now.forEach((name, value) -> setting(after.id(), name, old.get(name), value));
    names("input", inputs(before), inputs(after));
    names("output", outputs(before), outputs(after));
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

  private static Map<String, Map<String, String>> inputs(Table table) {
    var inputs = new LinkedHashMap<String, Map<String, String>>();
    for (var index = 0; index < table.columns().size(); index++) {
      var column = table.columns().get(index);
      inputs.put(
          table.names().get(index),
          settings(column.label(), column.type(), String.join(", ", column.values())));
    }
    return inputs;
  }

  private static Map<String, Map<String, String>> outputs(Table table) {
    var outputs = new LinkedHashMap<String, Map<String, String>>();
    for (var index = 0; index < table.results().size(); index++) {
      var result = table.results().get(index);
      outputs.put(
          table.names().get(table.columns().size() + index),
          settings(result.label(), result.type(), ""));
    }
    return outputs;
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
    var matched = matched(before, after);
    var last = 0;
    for (var row : after.rows()) {
      var old = matched.get(row);
      if (old == null) {
        add(
            Kind.ADDED,
            row.id(),
            "new rule %d for %s: %s".formatted(row.number(), when(row), then(after, row)));
        continue;
      }
      row(before, after, old, row);
      if (old.number() < last) {
        add(
            Kind.MOVED,
            row.id(),
            "the rule for %s stands at %d now, was at %d"
                .formatted(when(row), row.number(), old.number()));
      }
      last = Math.max(last, old.number());
      if (old.id() != null && row.id() != null && !old.id().equals(row.id())) {
        renamed.put(old.id(), row.id());
      }
    }
    var known = new HashSet<>(matched.values());
    before.rows().stream()
        .filter(old -> !known.contains(old))
        .forEach(old -> add(
            Kind.REMOVED,
            old.id(),
            "the rule for %s is gone (%s)".formatted(when(old), then(before, old))));
  }

  /** What each rule was: the one with its id, otherwise one that applied to the same and is not another's. */
  private static Map<Table.Row, Table.Row> matched(Table before, Table after) {
    var matched = new LinkedHashMap<Table.Row, Table.Row>();
    var free = new LinkedHashSet<>(before.rows());
    pair(
        after,
        free,
        matched,
        row -> Optional.ofNullable(row.id()),
        row -> Optional.ofNullable(row.id()));
    pair(after, free, matched, row -> conditions(before, row), row -> conditions(after, row));
    return matched;
  }

  private static <T> void pair(
      Table after,
      Set<Table.Row> free,
      Map<Table.Row, Table.Row> matched,
      Function<Table.Row, Optional<T>> wasKnownBy,
      Function<Table.Row, Optional<T>> isKnownBy) {
    var known = new HashMap<T, Deque<Table.Row>>();
    free.forEach(old -> wasKnownBy
        .apply(old)
        .ifPresent(by -> known.computeIfAbsent(by, key -> new ArrayDeque<>()).add(old)));
    for (var row : after.rows()) {
      if (!matched.containsKey(row)) {
        isKnownBy.apply(row).map(known::get).map(Deque::poll).ifPresent(old -> {
          matched.put(row, old);
          free.remove(old);
        });
      }
    }
  }

  private void row(Table before, Table after, Table.Row old, Table.Row row) {
    if (!conditions(before, old).equals(conditions(after, row))) {
      add(
          Kind.CHANGED,
          row.id(),
          "rule %d applies to %s now, was for %s".formatted(row.number(), when(row), when(old)));
    }
    var outputs = List.copyOf(outputs(after).keySet());
    var oldOutputs = List.copyOf(outputs(before).keySet());
    for (var index = 0; index < Math.min(outputs.size(), row.then().size()); index++) {
      var place = oldOutputs.indexOf(outputs.get(index));
      var was = place < 0 || place >= old.then().size() ? null : old.then().get(place);
      if (was != null && !was.equals(row.then().get(index))) {
        add(
            Kind.CHANGED,
            row.id(),
            "%s for %s: %s → %s"
                .formatted(
                    after.results().get(index).label(),
                    when(row),
                    Comparison.plain(was),
                    Comparison.plain(row.then().get(index))));
      }
    }
  }

  /** What a rule asks for, by what is compared, without columns that let everything through; nothing where none asks. */
  private static Optional<Map<String, String>> conditions(Table table, Table.Row row) {
    var conditions = new HashMap<String, String>();
    for (var index = 0; index < Math.min(row.when().size(), table.columns().size()); index++) {
      if (!isAny(row.when().get(index))) {
        conditions.put(table.names().get(index), row.when().get(index));
      }
    }
    return row.when().isEmpty() ? Optional.empty() : Optional.of(conditions);
  }

  private static boolean isAny(String cell) {
    return cell.isEmpty() || cell.equals("-");
  }

  /** {@code tier, high, team-lead}. */
  private static String when(Table.Row row) {
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
