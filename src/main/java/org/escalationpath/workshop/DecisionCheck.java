package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.escalationpath.engine.Feel;
import org.w3c.dom.Element;

/**
 * Whether a decision table decides: all cases that can come, no case twice, in a language that reaches nothing. Texts, flags, numbers and
 * ranges are computed exactly; other cells are named and left out.
 */
class DecisionCheck {

  private static final int MOST_ROWS = 500;

  private static final Set<String> LANGUAGES = Set.of(
      "feel",
      "http://www.omg.org/spec/FEEL/20140401",
      "https://www.omg.org/spec/DMN/20180521/FEEL/",
      "https://www.omg.org/spec/DMN/20191111/FEEL/");

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
      new Coverage(table, library, readable, findings).check();
    }
    new LevelsCheck(table, library, surroundings, findings).check();
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
}
