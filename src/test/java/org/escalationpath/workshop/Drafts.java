package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.escalationpath.engine.Steps;

/** Files as an owner might send them: the shipped ones with something changed, or small ones of their own. */
final class Drafts {

  static final String PATH = "processes/escalation-path.bpmn";
  static final String LEVELS = "processes/service-levels.dmn";
  static final String TRIAGE = "processes/triage.dmn";
  static final String TIERS = "processes/tiers.dmn";

  private final Map<String, String> files = new LinkedHashMap<>();

  private Drafts() {}

  static Map<String, byte[]> shipped() {
    try {
      return ShippedModels.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String shipped(String file) {
    return new String(shipped().get(file), StandardCharsets.UTF_8);
  }

  /** A shipped file in which {@code from} is {@code to}, everywhere. */
  static Drafts changed(String file, String from, String to) {
    var drafts = new Drafts();
    drafts.files.put(file, shipped(file));
    return drafts.change(file, from, to);
  }

  /** The same, by a regular expression over lines. */
  static Drafts rewritten(String file, String pattern, String to) {
    var drafts = new Drafts();
    var text = shipped(file);
    var changed = java.util.regex.Pattern.compile(pattern, java.util.regex.Pattern.DOTALL)
        .matcher(text)
        .replaceFirst(to);
    assertThat(changed).as("%s has %s", file, pattern).isNotEqualTo(text);
    drafts.files.put(file, changed);
    return drafts;
  }

  Drafts change(String file, String from, String to) {
    var text = files.getOrDefault(file, shipped().containsKey(file) ? shipped(file) : "");
    assertThat(text).as(file).contains(from);
    files.put(file, text.replace(from, to));
    return this;
  }

  static Drafts file(String name, String content) {
    var drafts = new Drafts();
    drafts.files.put(name, content);
    return drafts;
  }

  Drafts and(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** A small process {@code trial} with {@code content}. */
  static Drafts process(String content) {
    return file("trial.bpmn", bpmn("trial", content));
  }

  static String bpmn(String key, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">
          <process id="%s" name="Trial" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process>
          <message id="m" name="%s"/><error id="e" errorCode="broken"/><escalation id="x" escalationCode="up"/>
        </definitions>""".formatted(key, content, "nobodySendsThis");
  }

  /** A decision table {@code trial}: columns of inputs, hit policy, and rows whose last cell is the result. */
  static Drafts table(String hitPolicy, String inputs, String... rows) {
    return file("trial.dmn", dmn("trial", hitPolicy, inputs, rows));
  }

  static String dmn(String key, String hitPolicy, String inputs, String... rows) {
    var columns = new StringBuilder();
    var number = 0;
    for (var input : inputs.split(",")) {
      columns.append(
          "<input id=\"i%d\" label=\"%s\"><inputExpression id=\"ie%d\"><text>%s</text></inputExpression></input>"
              .formatted(++number, input, number, input));
    }
    var rules = new StringBuilder();
    for (var row : rows) {
      var cells = row.split("\\|", -1);
      rules.append("<rule id=\"r%d\">".formatted(++number));
      for (var index = 0; index < cells.length; index++) {
        var kind = index == cells.length - 1 ? "outputEntry" : "inputEntry";
        rules.append("<%s id=\"c%d\"><text>%s</text></%s>"
            .formatted(kind, ++number, cells[index].trim().replace("<", "&lt;"), kind));
      }
      rules.append("</rule>");
    }
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
            id="d" name="d" namespace="x">
          <decision id="%s" name="Trial" camunda:historyTimeToLive="P1D"><decisionTable id="t" hitPolicy="%s">%s
            <output id="o" label="Result" name="result"/>%s</decisionTable></decision>
        </definitions>""".formatted(key, hitPolicy, columns, rules);
  }

  static String form(String id, String components) {
    return """
        {"schemaVersion": 16, "type": "default", "id": "%s", "components": [%s]}""".formatted(id, components);
  }

  Map<String, byte[]> files() {
    var bytes = new LinkedHashMap<String, byte[]>();
    files.forEach((name, content) -> bytes.put(name, content.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  /** What would be said if they were deployed over what is shipped. */
  Report inspected() {
    return inspection().inspect(files(), shipped());
  }

  static Inspection inspection() {
    return new Inspection(new Surroundings(
        Steps.published(),
        Set.of("process-owner", "auditor", "camunda-admin"),
        Set.of("office", "always"),
        MessageTexts.names("")));
  }

  static Stream<Path> models(Path folder) throws IOException {
    return Files.list(folder).filter(file -> file.toString().endsWith(".bpmn")).sorted();
  }
}
