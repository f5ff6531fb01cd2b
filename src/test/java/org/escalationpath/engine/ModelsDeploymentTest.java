package org.escalationpath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.escalationpath.EngineTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ModelsDeploymentTest extends EngineTest {

  @Autowired
  private ModelsDeployment deployment;

  @Autowired
  private RepositoryService repository;

  @Test
  void anUnchangedModelIsNotDeployedAgainAndAChangedOneIs() {
    deployment.deploy(Map.of("processes/trial.bpmn", model("one")));
    deployment.deploy(Map.of("processes/trial.bpmn", model("one")));
    assertThat(versions()).isEqualTo(1);

    deployment.deploy(Map.of("processes/trial.bpmn", model("two")));
    assertThat(versions()).isEqualTo(2);
  }

  @Test
  void whatSomebodyElseDeployedLaterStays() {
    deployment.deploy(Map.of("processes/trial.bpmn", model("ours")));
    repository
        .createDeployment()
        .name("from the modeler")
        .addString("trial.bpmn", new String(model("theirs"), StandardCharsets.UTF_8))
        .deploy();

    deployment.deploy(Map.of("processes/trial.bpmn", model("ours, newer")));

    assertThat(latestName()).isEqualTo("theirs");
  }

  @Test
  void aChangedFormIsUsedByTasksThatAreOpenAlready() {
    var lostParcel = desk.opens(org.escalationpath.Desk.aCase());
    var task = desk.task(lostParcel).getId();
    var before = form(task);
    var changed = repository
        .createDeployment()
        .name("corrected form")
        .addString(
            "resolve-at-front-line.form",
            before.replace("Solution for the customer", "What we offer"))
        .deploy();

    assertThat(form(task)).isNotEqualTo(before).contains("What we offer");
    repository.deleteDeployment(changed.getId(), true);
    assertThat(form(task)).isEqualTo(before);
  }

  /** An upgrade starts in any case: what does not go with an owner's models is left out and reported. */
  @Test
  void whatIsRefusedDoesNotKeepTheRestFromBeingDeployed() {
    var broken = new String(model("ours"), StandardCharsets.UTF_8)
        .replace("\"trial\"", "\"trial-broken\"")
        .replace(
            "<startEvent id=\"s\"/>", "<startEvent id=\"s\"/><userTask id=\"t\" name=\"Never\"/>");

    deployment.deploy(Map.of(
        "processes/trial.bpmn", model("ours"),
        "processes/trial-broken.bpmn", broken.getBytes(StandardCharsets.UTF_8)));

    assertThat(versions()).isEqualTo(1);
    assertThat(repository
            .createProcessDefinitionQuery()
            .processDefinitionKey("trial-broken")
            .count())
        .isZero();
  }

  private String form(String task) {
    var forms = org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.formService();
    try (var form = forms.getDeployedTaskForm(task)) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private long versions() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("trial")
        .count();
  }

  private String latestName() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("trial")
        .latestVersion()
        .singleResult()
        .getName();
  }

  private static byte[] model(String name) {
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
          targetNamespace="x"><process id="trial" name="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
          <startEvent id="s"/></process></definitions>""".formatted(name).getBytes(StandardCharsets.UTF_8);
  }
}
