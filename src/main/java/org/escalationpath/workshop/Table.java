package org.escalationpath.workshop;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/** A decision of a DMN file, read and not yet judged. */
final class Table {

  private static final int MOST_DECISIONS = 20;

  private final String file;
  private final Decision decision;
  private final @Nullable DecisionTable table;
  private final List<Column> columns;
  private final List<Result> results;
  private final List<Row> rows;
  private final List<String> names = new ArrayList<>();

  private Table(String file, Decision decision) {
    this.file = file;
    this.decision = decision;
    this.table = decision.getExpression() instanceof DecisionTable found ? found : null;
    this.columns = table == null
        ? List.of()
        : table.getInputs().stream().map(Table::column).toList();
    this.results = table == null
        ? List.of()
        : table.getOutputs().stream().map(Table::result).toList();
    this.rows = table == null ? List.of() : rows(List.copyOf(table.getRules()));
    Stream.concat(columns.stream().map(Column::expression), results.stream().map(Result::name))
        .forEach(name -> names.add(unique(name, names)));
  }

  /**
   * The decisions of a file.
   *
   * @throws RuntimeException if it is no DMN; the message is the parser's
   */
  static List<Table> read(String file, byte[] content) {
    var model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
    var decisions = model.getModelElementsByType(Decision.class);
    if (decisions.isEmpty()) {
      throw new IllegalArgumentException("there is no decision in it");
    }
    if (decisions.stream().anyMatch(each -> each.getId() == null)) {
      throw new IllegalArgumentException("one of its decisions has no id");
    }
    if (decisions.size() > MOST_DECISIONS) {
      throw new IllegalArgumentException(
          "it has %d decisions, the most is %d".formatted(decisions.size(), MOST_DECISIONS));
    }
    return decisions.stream().map(decision -> new Table(file, decision)).toList();
  }

  /** @param number from 1, as the Modeler shows it */
  record Row(int number, @Nullable String id, List<String> when, List<String> then) {}

  /**
   * @param expression what is compared, mostly the name of a variable
   * @param values what the table says may come; empty where it says nothing
   */
  record Column(String id, String label, String expression, String type, List<String> values) {}

  /** An output: its name is that of the result. */
  record Result(String name, String label, String type) {}

  String file() {
    return file;
  }

  String id() {
    return decision.getId();
  }

  /** What people read on it: its id where it has no name. */
  String label() {
    return decision.getName() == null ? id() : decision.getName();
  }

  Decision decision() {
    return decision;
  }

  DmnModelInstance model() {
    return (DmnModelInstance) decision.getModelInstance();
  }

  /** Whether it is a table; there are decisions that are one expression. */
  boolean isTable() {
    return table != null;
  }

  /** What the decision is if it is no table; empty otherwise. */
  String expression() {
    return decision.getExpression() instanceof LiteralExpression literal
        ? text(literal.getText())
        : "";
  }

  /** What is set for the whole decision, by what people call it. */
  Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("name", Objects.toString(decision.getName(), ""));
    settings.put("version tag", Objects.toString(decision.getVersionTag(), ""));
    settings.put(
        "history is kept", Objects.toString(decision.getCamundaHistoryTimeToLiveString(), ""));
    settings.put("hit policy", hitPolicy().toString());
    settings.put("expression", expression());
    return settings;
  }

  HitPolicy hitPolicy() {
    return table == null || table.getHitPolicy() == null ? HitPolicy.UNIQUE : table.getHitPolicy();
  }

  /** Whether no more than one row counts. */
  boolean isSingle() {
    return Stream.of(HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY)
        .anyMatch(hitPolicy()::equals);
  }

  List<Column> columns() {
    return columns;
  }

  private static Column column(Input input) {
    var expression = input.getInputExpression();
    var text = expression == null ? "" : text(expression.getText());
    var type = expression == null || expression.getTypeRef() == null ? "" : expression.getTypeRef();
    var values = input.getInputValues() == null
        ? List.<String>of()
        : Cell.texts(text(input.getInputValues().getText()));
    return new Column(
        input.getId(), input.getLabel() == null ? text : input.getLabel(), text, type, values);
  }

  List<Result> results() {
    return results;
  }

  private static Result result(Output output) {
    return new Result(
        String.valueOf(output.getName()),
        output.getLabel() == null ? String.valueOf(output.getName()) : output.getLabel(),
        output.getTypeRef() == null ? "" : output.getTypeRef());
  }

  List<Row> rows() {
    return rows;
  }

  private static List<Row> rows(List<org.camunda.bpm.model.dmn.instance.Rule> rules) {
    return IntStream.range(0, rules.size())
        .mapToObj(index -> new Row(
            index + 1,
            rules.get(index).getId(),
            rules.get(index).getInputEntries().stream()
                .map(entry -> text(entry.getText()))
                .toList(),
            rules.get(index).getOutputEntries().stream()
                .map(entry -> text(entry.getText()))
                .toList()))
        .toList();
  }

  private static String text(@Nullable Text text) {
    return text == null ? "" : text.getTextContent().trim();
  }

  /** What a row says for the output {@code name}, without quotes; nothing where there is none or it is computed. */
  Optional<String> said(Row row, String name) {
    var names = results().stream().map(Result::name).toList();
    var place = names.indexOf(name);
    return place < 0 || place >= row.then().size()
        ? Optional.empty()
        : Cell.text(row.then().get(place));
  }

  /** What stays when a column gets another label: its expression or name, numbered where there are several. */
  List<String> names() {
    return names;
  }

  /** {@code name}, numbered if it is among {@code names}. */
  static String unique(String name, Collection<String> names) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? name : name + " " + number)
        .filter(each -> !names.contains(each))
        .findFirst()
        .orElseThrow();
  }

  /** The place of the column that asks for {@code expression}, from 0; -1 where none does. */
  int column(String expression) {
    return columns().stream().map(Column::expression).toList().indexOf(expression);
  }

  Finding finding(Rule rule, Object... facts) {
    return Finding.of(rule, file, id(), label(), facts);
  }
}
