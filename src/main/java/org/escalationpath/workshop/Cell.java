package org.escalationpath.workshop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cell on the left side of a decision table whose meaning can be computed exactly: texts, flags, numbers and ranges of them, or
 * nothing, which stands for all. FEEL can say more than that; such cells are left out of what is computed.
 */
final class Cell {

  private static final int LONGEST = 1_000;
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern TEXT = Pattern.compile(STRING);
  private static final Pattern TEXTS = Pattern.compile(STRING + "(?:\\s*,\\s*" + STRING + ")*");
  private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)", Pattern.DOTALL);
  private static final String NUMBER = "-?\\d{1,30}(?:\\.\\d{1,30})?";
  private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>)?\\s*(" + NUMBER + ")");
  private static final Pattern RANGE = Pattern.compile(
      "([\\[\\](])\\s*(" + NUMBER + ")\\s*\\.\\.\\s*(" + NUMBER + ")\\s*([\\[\\])])");

  /** What a column is about. */
  enum Kind {
    ANY,
    TEXT,
    NUMBER,
    FLAG
  }

  /** One value, or one stretch of values between which no cell of the column makes a difference. */
  record Atom(
      String words,
      @Nullable String text,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high) {}

  private record Range(
      @Nullable BigDecimal low, boolean withLow, @Nullable BigDecimal high, boolean withHigh) {}

  private final Kind kind;
  private final boolean isNegated;
  private final List<String> texts;
  private final List<Range> ranges;

  private Cell(Kind kind, boolean isNegated, List<String> texts, List<Range> ranges) {
    this.kind = kind;
    this.isNegated = isNegated;
    this.texts = texts;
    this.ranges = ranges;
  }

  /** The cell, or nothing where it says more than can be computed. */
  static Optional<Cell> parse(String cell) {
    var text = cell.trim();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.isEmpty() || text.equals("-")) {
      return Optional.of(new Cell(Kind.ANY, false, List.of(), List.of()));
    }
    var not = NOT.matcher(text);
    return not.matches() ? positive(not.group(1).trim(), true) : positive(text, false);
  }

  private static Optional<Cell> positive(String text, boolean isNegated) {
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(new Cell(Kind.FLAG, isNegated, List.of(text), List.of()));
    }
    if (TEXTS.matcher(text).matches()) {
      return Optional.of(new Cell(Kind.TEXT, isNegated, texts(text), List.of()));
    }
    var ranges = new ArrayList<Range>();
    for (var part : text.split(",")) {
      var range = range(part.trim());
      if (range.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(range.get());
    }
    return Optional.of(new Cell(Kind.NUMBER, isNegated, List.of(), ranges));
  }

  private static Optional<Range> range(String part) {
    var range = RANGE.matcher(part);
    if (range.matches()) {
      return Optional.of(new Range(
          new BigDecimal(range.group(2)),
          range.group(1).equals("["),
          new BigDecimal(range.group(3)),
          range.group(4).equals("]")));
    }
    var comparison = COMPARISON.matcher(part);
    return comparison.matches() ? Optional.of(compared(comparison)) : Optional.empty();
  }

  private static Range compared(Matcher comparison) {
    var number = new BigDecimal(comparison.group(2));
    return switch (comparison.group(1) == null ? "=" : comparison.group(1)) {
      case "<" -> new Range(null, false, number, false);
      case "<=" -> new Range(null, false, number, true);
      case ">" -> new Range(number, false, null, false);
      case ">=" -> new Range(number, true, null, false);
      default -> new Range(number, true, number, true);
    };
  }

  /** The texts in quotes, in their order. */
  static List<String> texts(String cell) {
    return TEXT.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  /** The one text in quotes, if the cell is just that. */
  static Optional<String> text(String cell) {
    var match = TEXT.matcher(cell.trim());
    return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
  }

  Kind kind() {
    return kind;
  }

  boolean isAny() {
    return kind == Kind.ANY;
  }

  /** Whether the cell is true for all of {@code atom}. */
  boolean fits(Atom atom) {
    if (isAny()) {
      return true;
    }
    var isIn = kind == Kind.NUMBER
        ? ranges.stream().anyMatch(range -> isIn(atom, range))
        : atom.text() != null && texts.contains(atom.text());
    return isIn != isNegated;
  }

  private static boolean isIn(Atom atom, Range range) {
    var isPoint = atom.low() != null && atom.low().equals(atom.high());
    return isAbove(atom, range, isPoint) && isBelow(atom, range, isPoint);
  }

  private static boolean isAbove(Atom atom, Range range, boolean isPoint) {
    if (range.low() == null) {
      return true;
    }
    if (atom.low() == null) {
      return false;
    }
    var order = atom.low().compareTo(range.low());
    return order > 0 || order == 0 && (range.withLow() || !isPoint);
  }

  private static boolean isBelow(Atom atom, Range range, boolean isPoint) {
    if (range.high() == null) {
      return true;
    }
    if (atom.high() == null) {
      return false;
    }
    var order = atom.high().compareTo(range.high());
    return order < 0 || order == 0 && (range.withHigh() || !isPoint);
  }

  /**
   * What a column has to be looked at for: each text that is named and any other, or each number that is named and what lies between.
   * Where {@code declared} says which texts may come, there are no others.
   */
  static List<Atom> atoms(List<Cell> column, List<String> declared) {
    var kind = column.stream().map(Cell::kind).filter(each -> each != Kind.ANY).findFirst();
    if (kind.isEmpty()) {
      return List.of(new Atom("anything", null, null, null));
    }
    return switch (kind.get()) {
      case FLAG ->
        Stream.of("true", "false").map(each -> new Atom(each, each, null, null)).toList();
      case NUMBER -> numbers(column);
      default -> textAtoms(column, declared);
    };
  }

  private static List<Atom> textAtoms(List<Cell> column, List<String> declared) {
    var named = new java.util.LinkedHashSet<>(declared);
    if (declared.isEmpty()) {
      column.forEach(cell -> named.addAll(cell.texts));
    }
    var atoms = new ArrayList<Atom>();
    named.forEach(text -> atoms.add(new Atom("\"" + text + "\"", text, null, null)));
    if (declared.isEmpty()) {
      atoms.add(new Atom("anything else", null, null, null));
    }
    return atoms;
  }

  private static List<Atom> numbers(List<Cell> column) {
    var points = new TreeSet<BigDecimal>();
    column.stream().flatMap(cell -> cell.ranges.stream()).forEach(range -> {
      Stream.of(Optional.ofNullable(range.low()), Optional.ofNullable(range.high()))
          .flatMap(Optional::stream)
          .forEach(points::add);
    });
    var atoms = new ArrayList<Atom>();
    BigDecimal before = null;
    for (var point : points) {
      atoms.add(
          before == null
              ? new Atom("< " + point, null, null, point)
              : new Atom("between " + before + " and " + point, null, before, point));
      atoms.add(new Atom(point.toString(), null, point, point));
      before = point;
    }
    atoms.add(new Atom("> " + before, null, before, null));
    return atoms;
  }
}
