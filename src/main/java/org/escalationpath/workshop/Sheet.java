package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A decision or a form as rows that people read.
 *
 * @param id of the decision or form
 */
public record Sheet(String id, String title, List<Head> heads, List<Line> lines) {

  /** Settings of a field that have a column of their own, or say nothing to people. */
  private static final Set<String> NOT_SAID =
      Set.of("id", "key", "type", "label", "layout", "components");

  /**
   * What the entries of a column are.
   *
   * @param column the name that stays when the label is written otherwise
   * @param label the owner's word; null where the column is ours
   */
  public record Head(String column, @Nullable String label) {}

  /**
   * A rule or field.
   *
   * @param id what it is known by in another version
   * @param number from 1
   * @param kind how it differs from the other version; null where nothing does
   * @param entries one for each head
   */
  public record Line(
      @Nullable String id, int number, @Nullable Kind kind, List<Entry> entries) {}

  /** @param isDifferent whether the same line of the other version says something else there */
  public record Entry(String text, boolean isDifferent) {}

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
      return new Sheet(
          table.id(),
          table.label(),
          List.of(new Head("expression", null)),
          List.of(line(table.id(), 1, Stream.of(table.expression()))));
    }
    var labels = Stream.concat(
            table.columns().stream().map(Table.Column::label),
            table.results().stream().map(Table.Result::label))
        .toList();
    return new Sheet(
        table.id(),
        table.label(),
        IntStream.range(0, labels.size())
            .mapToObj(index -> new Head(table.names().get(index), labels.get(index)))
            .toList(),
        table.rows().stream()
            .map(row -> line(
                row.id(),
                row.number(),
                Stream.concat(
                    cells(row.when(), table.columns().size()),
                    cells(row.then(), table.results().size()))))
            .toList());
  }

  /** As many as there are columns, whatever the file says. */
  private static Stream<String> cells(List<String> cells, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(index -> index < cells.size() ? cells.get(index) : "")
        .map(cell -> cell.isBlank() || cell.equals("-") ? "–" : Comparison.plain(cell));
  }

  private static Sheet of(Form form) {
    var lines = new ArrayList<Line>();
    form.named()
        .forEach((name, field) -> lines.add(line(
            name,
            lines.size() + 1,
            Stream.of(field.label(), field.type(), field.key().orElse("–"), settings(field)))));
    return new Sheet(
        form.id(),
        form.id(),
        Stream.of("field", "type", "variable", "settings")
            .map(column -> new Head(column, null))
            .toList(),
        lines);
  }

  private static String settings(Form.Component field) {
    return field.json().properties().stream()
        .filter(each -> !NOT_SAID.contains(each.getKey()))
        .map(each -> each.getKey() + ": " + Form.plain(each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static Line line(@Nullable String id, int number, Stream<String> texts) {
    return new Line(id, number, null, texts.map(text -> new Entry(text, false)).toList());
  }

  /** This version with the ids that the same things have in the other one. */
  Sheet renamed(Map<String, String> names) {
    return new Sheet(
        names.getOrDefault(id, id),
        title,
        heads,
        lines.stream()
            .map(line -> new Line(
                line.id() == null ? null : names.getOrDefault(line.id(), line.id()),
                line.number(),
                line.kind(),
                line.entries()))
            .toList());
  }

  /** This version with all marked in which it differs from {@code others}, those of the same file. */
  Sheet marked(List<Sheet> others, List<Change> changes) {
    var kinds = new HashMap<String, Kind>();
    changes.stream()
        .filter(each -> each.element() != null)
        .sorted(Comparator.comparing(Change::kind))
        .forEach(each -> kinds.putIfAbsent(each.element(), each.kind()));
    var other = others.stream().filter(each -> each.id().equals(id)).findFirst();
    var there = new HashMap<String, Line>();
    other.ifPresent(sheet -> sheet.lines().stream()
        .filter(line -> line.id() != null)
        .forEach(line -> there.put(line.id(), line)));
    return new Sheet(
        id,
        title,
        heads,
        lines.stream()
            .map(line -> new Line(
                line.id(),
                line.number(),
                kinds.get(other.isEmpty() ? id : line.id()),
                there.containsKey(line.id())
                    ? marked(line, other.orElseThrow(), there.get(line.id()))
                    : line.entries()))
            .toList());
  }

  private List<Entry> marked(Line line, Sheet other, Line there) {
    var columns = other.heads.stream().map(Head::column).toList();
    return IntStream.range(0, heads.size())
        .mapToObj(index -> {
          var text = line.entries().get(index).text();
          var place = columns.indexOf(heads.get(index).column());
          return new Entry(
              text, place < 0 || !text.equals(there.entries().get(place).text()));
        })
        .toList();
  }
}
