package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.model.dmn.HitPolicy;

/**
 * What the rows of a table leave open, and where they contradict each other: computed exactly, for each combination of what its columns
 * ask for.
 */
final class Coverage {

  private static final int MOST_GAPS = 5;
  private static final int MOST_STEPS = 200_000;

  private final Table table;
  private final Map<Table.Row, List<Cell>> rows;
  private final Consumer<Finding> findings;
  private final List<Table.Column> columns;
  private final Library library;
  private int steps;

  /** @param rows those that can be computed, with their cells on the left */
  Coverage(
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
      case "priority" -> LevelsCheck.PRIORITIES;
      case "tier" -> library.tiers();
      case "clock" -> table.id().equals(LevelsCheck.TABLE) ? LevelsCheck.CLOCKS : column.values();
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
