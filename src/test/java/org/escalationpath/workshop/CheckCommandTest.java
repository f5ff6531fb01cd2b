package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar … check processes/}: what it prints, and what it exits with. */
class CheckCommandTest {

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) {
    printed.reset();
    return CheckCommand.run(
        List.of(arguments), new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(text());
  }

  private String broken() throws IOException {
    var file = folder.resolve("escalation-path.bpmn");
    Files.writeString(file, Drafts.shipped(Drafts.PATH).replace("${rang}", "${hasRung}"));
    return file.toString();
  }

  @Test
  void theShippedModelsAreFine() {
    assertThat(run("processes", "forms")).isEqualTo(CheckCommand.FINE);
    assertThat(text().trim()).matches("\\d+ files: 0 errors, 0 warnings\\.");
  }

  @Test
  void aModelThatWouldBeRefusedIsNamedWithFileElementAndRemedy() throws IOException {
    assertThat(run(broken())).isEqualTo(CheckCommand.REFUSED);
    assertThat(text())
        .contains(
            "ERROR  " + folder.resolve("escalation-path.bpmn")
                + ": 'Did it ring? yes' (flow_rang) reads 'hasRung'",
            "Why: ",
            "Do:  Correct its name",
            "[variable-never-set]",
            "1 files: 1 errors, 0 warnings.");
  }

  @Test
  void asJsonItSaysTheSameToPrograms() throws IOException {
    assertThat(run("--format=json", broken())).isEqualTo(CheckCommand.REFUSED);
    assertThat(json().path("fine").asBoolean()).isFalse();
    var finding = json().path("findings").get(0);
    assertThat(finding.path("rule").asText()).isEqualTo("variable-never-set");
    assertThat(finding.path("element").asText()).isEqualTo("flow_rang");
    assertThat(Files.readAllLines(Path.of(finding.path("file").asText()))
            .get(finding.path("line").asInt() - 1))
        .contains("flow_rang");
  }

  @Test
  void asSarifItCanBeShownBesideTheLines() throws IOException {
    assertThat(run("--format=sarif", broken())).isEqualTo(CheckCommand.REFUSED);
    assertThat(json().path("version").asText()).isEqualTo("2.1.0");
    var run = json().path("runs").get(0);
    assertThat(run.path("tool").path("driver").path("rules")).hasSize(Rule.values().length);
    var result = run.path("results").get(0);
    assertThat(result.path("ruleId").asText()).isEqualTo("variable-never-set");
    assertThat(result.path("level").asText()).isEqualTo("error");
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
        .isGreaterThan(1);
  }

  @Test
  void groupsAndTextsOfOnesOwnCanBeNamed() throws IOException {
    var file = folder.resolve("trial.bpmn");
    Files.writeString(file, Drafts.bpmn("trial", """
        <startEvent id="startEvent_a" name="a"/><userTask id="userTask_b" name="b" camunda:candidateGroups="lawyers"/>
        <serviceTask id="serviceTask_notifyCustomer" name="Notify customer" camunda:delegateExpression="${notifyCustomer}"><extensionElements>
        <camunda:inputOutput><camunda:inputParameter name="template">our-news</camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>
        <endEvent id="endEvent_z" name="z"/><sequenceFlow id="f1" sourceRef="startEvent_a" targetRef="userTask_b"/>
        <sequenceFlow id="f2" sourceRef="userTask_b" targetRef="serviceTask_notifyCustomer"/>
        <sequenceFlow id="f3" sourceRef="serviceTask_notifyCustomer" targetRef="endEvent_z"/>"""));
    assertThat(run(file.toString())).isEqualTo(CheckCommand.REFUSED);
    assertThat(text()).contains("lawyers", "our-news", "2 errors");

    Files.writeString(
        folder.resolve("notifications.properties"), "our-news.subject=x\nour-news.body=y\n");
    assertThat(run("--groups=lawyers", "--texts=" + folder, file.toString()))
        .isEqualTo(CheckCommand.FINE);
  }

  @Test
  void whatCannotBeUnderstoodSaysHowItIsUsed() {
    assertThat(run()).isEqualTo(CheckCommand.UNREADABLE);
    assertThat(text()).startsWith("Usage: ");
    assertThat(run("--format=xml", "processes")).isEqualTo(CheckCommand.UNREADABLE);
    assertThat(run("--quiet", "processes")).isEqualTo(CheckCommand.UNREADABLE);
    assertThat(text()).startsWith("There is no option --quiet.");
    assertThat(run("nowhere")).isEqualTo(CheckCommand.UNREADABLE);
    assertThat(text()).startsWith("Cannot read nowhere");
    assertThat(run("docs/pictures")).isEqualTo(CheckCommand.UNREADABLE);
    assertThat(text()).startsWith("There is no .bpmn, .dmn or .form file");
  }
}
