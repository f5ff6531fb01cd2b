package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A decision or a form as rows that people read.
 *
 * @param id of the decision or form
 * @param heads what the entries of each line are; texts of the file, or words of ours
 */
public record Sheet(String id, String title, List<String> heads, List<Line> lines) {

  /** Settings of a field that have a column of their own, or say nothing to people. */
  private static final Set<String> NOT_SAID =
      Set.of("id", "key", "type", "label", "layout", "components");

  /**
   * A rule or field.
   *
   * @param number from 1
   * @param kind how it differs from the other version; null where nothing does
   */
  public record Line(
      @Nullable String id, int number, @Nullable Kind kind, List<Entry> entries) {}

  /**
   * @param column what it is, by the name that stays when the head is written otherwise
   * @param isDifferent whether the same line of the other version says something else there
   */
  public record Entry(String column, String text, boolean isDifferent) {

    private static Entry of(String column, String text) {
      return new Entry(column, text, false);
    }
  }

  /**
   * The decisions or the form in a file; none for a model, which is drawn.
   *
   * @throws RuntimeException if it cannot be read
   */
  static List<Sheet> of(String file, byte[] content) {
    return switch (Library.ending(file)) {
      case "dmn" -> Table.read(file, content).stream().map(Sheet::of).toList();
      case "form" -> List.of(of(Form.read(file, content)));
      default -> List.of();
    };
  }

  private static Sheet of(Table table) {
    if (!table.isTable()) {
      var only = List.of(Entry.of("expression", table.expression()));
      return new Sheet(
          table.id(),
          table.label(),
          List.of("Expression"),
          List.of(new Line(table.id(), 1, null, only)));
    }
    var columns = Stream.concat(
            table.columns().stream().map(Table.Column::expression),
            table.results().stream().map(Table.Result::name))
        .toList();
    var heads = Stream.concat(
        table.columns().stream().map(Table.Column::label),
        table.results().stream().map(Table.Result::label));
    return new Sheet(
        table.id(),
        table.label(),
        heads.toList(),
        table.rows().stream().map(row -> line(columns, row)).toList());
  }

  private static Line line(List<String> columns, Table.Row row) {
    var cells = Stream.concat(row.when().stream(), row.then().stream()).toList();
    return new Line(
        row.id(),
        row.number(),
        null,
        IntStream.range(0, Math.min(columns.size(), cells.size()))
            .mapToObj(index -> Entry.of(columns.get(index), cell(cells.get(index))))
            .toList());
  }

  private static String cell(String cell) {
    return cell.isBlank() || cell.equals("-") ? "–" : Comparison.plain(cell);
  }

  private static Sheet of(Form form) {
    var fields = form.components();
    return new Sheet(
        form.id(),
        form.id(),
        List.of("Field", "Type", "Variable", "Settings"),
        IntStream.range(0, fields.size())
            .mapToObj(index -> line(index + 1, fields.get(index)))
            .toList());
  }

  private static Line line(int number, Form.Component field) {
    return new Line(
        field.id(),
        number,
        null,
        List.of(
            Entry.of("field", field.label()),
            Entry.of("type", field.type()),
            Entry.of("variable", field.key().orElse("–")),
            Entry.of("settings", settings(field))));
  }

  private static String settings(Form.Component field) {
    var settings = new ArrayList<String>();
    field.json().properties().forEach(each -> {
      if (!NOT_SAID.contains(each.getKey())) {
        settings.add(each.getKey() + ": " + Form.plain(each.getValue()));
      }
    });
    return String.join("; ", settings);
  }

  /** This version with all marked in which it differs from {@code others}, those of the same file. */
  Sheet marked(List<Sheet> others, List<Change> changes) {
    var kinds = new HashMap<String, Kind>();
    changes.stream()
        .filter(each -> each.element() != null)
        .sorted(Comparator.comparing(Change::kind))
        .forEach(each -> kinds.putIfAbsent(each.element(), each.kind()));
    var isWhole = others.stream().noneMatch(each -> each.id().equals(id));
    var there = new HashMap<String, Line>();
    others.stream()
        .filter(each -> each.id().equals(id))
        .flatMap(each -> each.lines().stream())
        .filter(line -> line.id() != null)
        .forEach(line -> there.put(line.id(), line));
    return new Sheet(
        id,
        title,
        heads,
        lines.stream()
            .map(line -> new Line(
                line.id(),
                line.number(),
                kinds.get(isWhole ? id : line.id()),
                marked(line, there.get(line.id()))))
            .toList());
  }

  private static List<Entry> marked(Line line, @Nullable Line other) {
    if (other == null) {
      return line.entries();
    }
    return line.entries().stream()
        .map(entry -> new Entry(
            entry.column(),
            entry.text(),
            other.entries().stream()
                .noneMatch(each -> each.column().equals(entry.column())
                    && Objects.equals(each.text(), entry.text()))))
        .toList();
  }
}
