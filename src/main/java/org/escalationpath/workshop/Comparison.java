package org.escalationpath.workshop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.escalationpath.workshop.Change.Kind;
import org.springframework.util.StringUtils;

/** Two versions of a model, a decision or a form beside each other: what was added, removed, changed and moved, in words. */
public final class Comparison {

  private static final Pattern DURATION =
      Pattern.compile("\"?(P(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?)\"?");

  private Comparison() {}

  /**
   * All changes from {@code before} to {@code after}, in the order of the file.
   *
   * @param file its name, which says what it is
   * @throws RuntimeException if one of them cannot be read
   */
  public static List<Change> of(String file, byte[] before, byte[] after) {
    return switch (Library.ending(file)) {
      case "bpmn" ->
        new DrawingChanges(Drawing.read(file, before), Drawing.read(file, after)).all();
      case "dmn" -> tables(Table.read(file, before), Table.read(file, after));
      case "form" -> forms(Form.read(file, before), Form.read(file, after));
      default -> throw new IllegalArgumentException("'" + file + "' is no model, decision or form");
    };
  }

  // -- decisions
  // ------------------------------------------------------------------------------------------------------

  private static List<Change> tables(List<Table> before, List<Table> after) {
    var changes = new ArrayList<Change>();
    for (var table : after) {
      before.stream()
          .filter(each -> each.id().equals(table.id()))
          .findFirst()
          .ifPresentOrElse(
              old -> table(old, table, changes),
              () -> changes.add(
                  new Change(Kind.ADDED, table.id(), "new decision '%s'".formatted(table.id()))));
    }
    before.stream()
        .filter(old -> after.stream().noneMatch(each -> each.id().equals(old.id())))
        .forEach(old -> changes.add(
            new Change(Kind.REMOVED, old.id(), "the decision '%s' is gone".formatted(old.id()))));
    return changes;
  }

  private static void table(Table before, Table after, List<Change> changes) {
    if (before.hitPolicy() != after.hitPolicy()) {
      changes.add(changed(
          after.id(), "hit policy: %s → %s".formatted(before.hitPolicy(), after.hitPolicy())));
    }
    names("input", labels(before.columns()), labels(after.columns()), changes);
    names("output", results(before), results(after), changes);
    rows(before, after, changes);
  }

  private static Map<String, String> labels(List<Table.Column> columns) {
    var labels = new LinkedHashMap<String, String>();
    columns.forEach(column -> labels.put(column.expression(), column.label()));
    return labels;
  }

  private static Map<String, String> results(Table table) {
    var labels = new LinkedHashMap<String, String>();
    table.results().forEach(result -> labels.put(result.name(), result.label()));
    return labels;
  }

  private static void names(
      String what, Map<String, String> before, Map<String, String> after, List<Change> changes) {
    after.forEach((name, label) -> {
      if (!before.containsKey(name)) {
        changes.add(new Change(Kind.ADDED, name, "new %s '%s'".formatted(what, label)));
      } else if (!before.get(name).equals(label)) {
        changes.add(changed(
            name, "the %s '%s' is called '%s' now".formatted(what, before.get(name), label)));
      }
    });
    before.forEach((name, label) -> {
      if (!after.containsKey(name)) {
        changes.add(new Change(Kind.REMOVED, name, "the %s '%s' is gone".formatted(what, label)));
      }
    });
  }

  private static void rows(Table before, Table after, List<Change> changes) {
    var gone = new ArrayList<>(before.rows());
    var matched = new LinkedHashMap<Table.Row, Table.Row>();
    match(after, gone, matched, (old, row) -> Objects.equals(old.id(), row.id()));
    match(
        after, gone, matched, (old, row) -> !row.when().isEmpty() && old.when().equals(row.when()));
    var last = 0;
    for (var row : after.rows()) {
      var old = matched.get(row);
      if (old == null) {
        changes.add(new Change(
            Kind.ADDED,
            row.id(),
            "new rule %d for %s: %s".formatted(row.number(), when(after, row), then(after, row))));
        continue;
      }
      row(before, after, old, row, changes);
      if (old.number() < last) {
        changes.add(new Change(
            Kind.MOVED,
            row.id(),
            "the rule for %s stands at %d now, was at %d"
                .formatted(when(after, row), row.number(), old.number())));
      }
      last = Math.max(last, old.number());
    }
    gone.forEach(old -> changes.add(new Change(
        Kind.REMOVED,
        old.id(),
        "the rule for %s is gone (%s)".formatted(when(before, old), then(before, old)))));
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

  private static void row(
      Table before, Table after, Table.Row old, Table.Row row, List<Change> changes) {
    if (!old.when().equals(row.when())) {
      changes.add(changed(
          row.id(),
          "rule %d applies to %s now, was for %s"
              .formatted(row.number(), when(after, row), when(before, old))));
    }
    var names = after.results().stream().map(Table.Result::name).toList();
    var oldNames = before.results().stream().map(Table.Result::name).toList();
    for (var index = 0; index < names.size(); index++) {
      var place = oldNames.indexOf(names.get(index));
      if (place >= 0 && !old.then().get(place).equals(row.then().get(index))) {
        changes.add(changed(
            row.id(),
            "%s for %s: %s → %s"
                .formatted(
                    after.results().get(index).label(),
                    when(after, row),
                    plain(old.then().get(place)),
                    plain(row.then().get(index)))));
      }
    }
  }

  /** {@code tier, high, team-lead}. */
  private static String when(Table table, Table.Row row) {
    var words = row.when().stream()
        .filter(cell -> !cell.isEmpty() && !cell.equals("-"))
        .map(Comparison::plain)
        .collect(Collectors.joining(", "));
    return words.isEmpty() ? "all else" : words;
  }

  private static String then(Table table, Table.Row row) {
    var words = new ArrayList<String>();
    for (var index = 0; index < Math.min(row.then().size(), table.results().size()); index++) {
      words.add(table.results().get(index).label() + " " + plain(row.then().get(index)));
    }
    return String.join(", ", words);
  }

  /** A cell without quotes, a duration as people write it: {@code 4 h}. */
  static String plain(String cell) {
    var duration = DURATION.matcher(cell.trim());
    if (duration.matches() && !duration.group(1).equals("P")) {
      return duration(Duration.parse(duration.group(1)));
    }
    return cell.isBlank() ? "nothing" : cell.trim().replaceAll("^\"([^\"]*)\"$", "$1");
  }

  private static String duration(Duration duration) {
    var parts = new ArrayList<String>();
    if (duration.toDaysPart() > 0 && duration.toHoursPart() == 0) {
      parts.add(duration.toDaysPart() + " d");
    } else if (duration.toHours() > 0) {
      parts.add(duration.toHours() + " h");
    }
    if (duration.toMinutesPart() > 0) {
      parts.add(duration.toMinutesPart() + " min");
    }
    if (duration.toSecondsPart() > 0) {
      parts.add(duration.toSecondsPart() + " s");
    }
    return parts.isEmpty() ? "0" : String.join(" ", parts);
  }

  // -- forms
  // ----------------------------------------------------------------------------------------------------------

  private static List<Change> forms(Form before, Form after) {
    var changes = new ArrayList<Change>();
    var old = fields(before);
    var now = fields(after);
    now.forEach((id, field) -> {
      if (!old.containsKey(id)) {
        changes.add(
            new Change(Kind.ADDED, id, "new %s '%s'".formatted(field.type(), field.label())));
      } else {
        field(old.get(id), field, changes);
      }
    });
    old.forEach((id, field) -> {
      if (!now.containsKey(id)) {
        changes.add(new Change(
            Kind.REMOVED, id, "the %s '%s' is gone".formatted(field.type(), field.label())));
      }
    });
    var both = new LinkedHashSet<>(now.keySet());
    both.retainAll(old.keySet());
    var order = old.keySet().stream().filter(both::contains).toList();
    if (!order.equals(List.copyOf(both))) {
      changes.add(new Change(Kind.MOVED, null, "the fields stand in another order"));
    }
    return changes;
  }

  private static Map<String, Form.Component> fields(Form form) {
    var fields = new LinkedHashMap<String, Form.Component>();
    form.components().forEach(component -> fields.put(component.id(), component));
    return fields;
  }

  private static void field(Form.Component before, Form.Component after, List<Change> changes) {
    var names = new LinkedHashSet<String>();
    before.json().fieldNames().forEachRemaining(names::add);
    after.json().fieldNames().forEachRemaining(names::add);
    names.remove("components");
    for (var name : names) {
      var old = before.json().path(name);
      var now = after.json().path(name);
      if (!old.equals(now)) {
        changes.add(changed(
            after.id(),
            "'%s', %s: %s → %s".formatted(after.label(), name, value(old), value(now))));
      }
    }
  }

  private static String value(com.fasterxml.jackson.databind.JsonNode node) {
    return node.isMissingNode()
        ? "nothing"
        : StringUtils.truncate(node.isTextual() ? node.asText() : node.toString(), 200);
  }

  private static Change changed(String element, String words) {
    return new Change(Kind.CHANGED, element, words);
  }
}
