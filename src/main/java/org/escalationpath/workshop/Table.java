package org.escalationpath.workshop;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.jspecify.annotations.Nullable;

/** A decision of a DMN file, read and not yet judged. */
final class Table {

  private static final int MOST_DECISIONS = 20;

  private final String file;
  private final Decision decision;
  private final @Nullable DecisionTable table;

  private Table(String file, Decision decision) {
    this.file = file;
    this.decision = decision;
    this.table = decision.getExpression() instanceof DecisionTable found ? found : null;
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
    if (decisions.size() > MOST_DECISIONS) {
      throw new IllegalArgumentException(
          "it has %d decisions, the most is %d".formatted(decisions.size(), MOST_DECISIONS));
    }
    return decisions.stream().map(decision -> new Table(file, decision)).toList();
  }

  /** @param number from 1, as the Modeler shows it */
  record Row(int number, String id, List<String> when, List<String> then) {}

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
            && literal.getText() != null
        ? literal.getText().getTextContent().trim()
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
    return table == null
        ? List.of()
        : table.getInputs().stream().map(Table::column).toList();
  }

  private static Column column(Input input) {
    var expression = input.getInputExpression();
    var text = expression == null || expression.getText() == null
        ? ""
        : expression.getText().getTextContent().trim();
    var type = expression == null || expression.getTypeRef() == null ? "" : expression.getTypeRef();
    var values = input.getInputValues() == null || input.getInputValues().getText() == null
        ? List.<String>of()
        : Cell.texts(input.getInputValues().getText().getTextContent());
    return new Column(
        input.getId(), input.getLabel() == null ? text : input.getLabel(), text, type, values);
  }

  List<Result> results() {
    return table == null
        ? List.of()
        : table.getOutputs().stream().map(Table::result).toList();
  }

  private static Result result(Output output) {
    return new Result(
        String.valueOf(output.getName()),
        output.getLabel() == null ? String.valueOf(output.getName()) : output.getLabel(),
        output.getTypeRef() == null ? "" : output.getTypeRef());
  }

  List<Row> rows() {
    if (table == null) {
      return List.of();
    }
    var rules = List.copyOf(table.getRules());
    return java.util.stream.IntStream.range(0, rules.size())
        .mapToObj(index -> new Row(
            index + 1,
            rules.get(index).getId(),
            rules.get(index).getInputEntries().stream()
                .map(entry -> entry.getText() == null
                    ? ""
                    : entry.getText().getTextContent().trim())
                .toList(),
            rules.get(index).getOutputEntries().stream()
                .map(entry -> entry.getText() == null
                    ? ""
                    : entry.getText().getTextContent().trim())
                .toList()))
        .toList();
  }

  /** What a row says for the output {@code name}, without quotes; nothing where there is none or it is computed. */
  Optional<String> said(Row row, String name) {
    var names = results().stream().map(Result::name).toList();
    var place = names.indexOf(name);
    return place < 0 || place >= row.then().size()
        ? Optional.empty()
        : Cell.text(row.then().get(place));
  }

  /** The place of the column that asks for {@code expression}, from 0; -1 where none does. */
  int column(String expression) {
    return columns().stream().map(Column::expression).toList().indexOf(expression);
  }

  Finding finding(Rule rule, Object... facts) {
    return Finding.of(rule, file, id(), label(), facts);
  }
}
