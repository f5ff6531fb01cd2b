package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.DeploymentRefused;
import org.escalationpath.engine.Refused;
import org.escalationpath.workshop.ProcedureChanges;
import org.escalationpath.workshop.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** A change is proposed, approved by a second person, deployed, told to the tiers and looked back at. */
class ProcedureChangeTest extends EngineTest {

  private static final Path PATH = Path.of("processes/escalation-path.bpmn");

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private RepositoryService repository;

  @Autowired
  private FormService forms;

  @Autowired
  private ProcedureChanges changes;

  @Autowired
  private Workshop workshop;

  @Autowired
  private Journal journal;

  @BeforeEach
  void aSecondProcessOwner() {
    desk.identities.createMembership("manager", "process-owner");
  }

  @AfterEach
  void asItWas() {
    desk.identities.deleteMembership("manager", "process-owner");
    ReflectionTestUtils.setField(workshop, "isDirectAllowed", true);
  }

  private static Map<String, byte[]> changed() throws IOException {
    return Map.of(
        "escalation-path.bpmn",
        Files.readString(PATH)
            .replace("name=\"Was it solved?\"", "name=\"Solved?\"")
            .getBytes(StandardCharsets.UTF_8));
  }

  private String proposed() throws IOException {
    var files = changed();
    var ids = new ArrayList<String>();
    desk.as(
        "owner", () -> ids.add(changes.propose("A shorter question", "It is read faster.", files)));
    return ids.get(0);
  }

  private Task task(String name) {
    return desk.tasks.createTaskQuery().taskName(name).singleResult();
  }

  private void answers(String person, String name, Map<String, Object> answers) {
    var id = task(name).getId();
    desk.as(person, () -> forms.submitTaskForm(id, answers));
  }

  private int latest() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("escalation-path")
        .latestVersion()
        .singleResult()
        .getVersion();
  }

  private long versions() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("escalation-path")
        .count();
  }

  @Test
  void aSecondPersonApprovesAndThenItIsDeployedToldAndLookedBackAt() throws IOException {
    var id = proposed();
    assertThat(desk.tasks
            .createTaskQuery()
            .taskName("Approve change")
            .taskCandidateGroup("process-owner")
            .count())
        .isOne();
    assertThat(String.valueOf(desk.tasks.getVariable(task("Approve change").getId(), "brief")))
        .contains(
            "A shorter question (owner)", "It is read faster.", "name: Was it solved? → Solved?");

    answers("manager", "Approve change", Map.of("outcome", "approve"));

    assertThat(versions()).isEqualTo(2);
    assertThat(changes.find(id).orElseThrow()).satisfies(change -> {
      assertThat(change.state()).isEqualTo("deployed");
      assertThat(change.decidedBy()).isEqualTo("manager");
    });
    for (var tier : List.of("front-line", "team-lead", "department-manager", "senior-management")) {
      assertThat(desk.tasks
              .createTaskQuery()
              .taskName("Read change")
              .taskCandidateGroup(tier)
              .count())
          .as(tier)
          .isOne();
    }
    desk.opens(aCase());
    desk.fastForward(Duration.ofDays(15));
    assertThat(desk.tasks.createTaskQuery().taskName("Read change").count()).isZero();
    desk.fastForward(Duration.ofDays(14));
    assertThat(String.valueOf(desk.tasks.getVariable(task("Review change").getId(), "brief")))
        .contains(
            "Cases opened: ", " before, ", "escalated by a time limit: ", "These are few cases");

    answers("manager", "Review change", Map.of("outcome", "keep", "note", "It is fine."));

    assertThat(changes.find(id).orElseThrow().review()).isEqualTo("keep");
    assertThat(desk.runtime
            .createProcessInstanceQuery()
            .processDefinitionKey("procedure-change")
            .count())
        .isZero();
    assertThat(journal.latest("change-reviewed").orElseThrow().facts()).containsEntry("change", id);
  }

  @Test
  void whoProposedItDoesNotDecide() throws IOException {
    var id = proposed();

    assertThatThrownBy(() -> answers("owner", "Approve change", Map.of("outcome", "approve")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("a second process owner decides");
    var claim = Http.as(port, "owner")
        .post(
            "/engine-rest/task/" + task("Approve change").getId() + "/claim",
            "{\"userId\": \"owner\"}");
    assertThat(claim.statusCode()).as(claim.body()).isEqualTo(400);
    assertThat(claim.body()).contains("a second process owner decides");
    assertThat(changes.find(id).orElseThrow().state()).isEqualTo("proposed");
    assertThat(versions()).isOne();
  }

  @Test
  void aRejectionSaysWhyAndNothingIsDeployed() throws IOException {
    var id = proposed();
    assertThatThrownBy(() -> answers("manager", "Approve change", Map.of("outcome", "reject")))
        .hasMessageContaining("note");
    assertThatThrownBy(() -> answers("manager", "Approve change", Map.of("outcome", "perhaps")))
        .hasMessageContaining("outcome");

    answers("manager", "Approve change", Map.of("outcome", "reject", "note", "Not now."));

    assertThat(versions()).isOne();
    assertThat(changes.find(id).orElseThrow()).satisfies(change -> {
      assertThat(change.state()).isEqualTo("refused");
      assertThat(change.note()).isEqualTo("Not now.");
    });
  }

  @Test
  void whoDecidesIsToldThatSomebodyDeployedTheSameFileMeanwhile() throws IOException {
    var first = proposed();
    var second = proposed();
    var task = desk.tasks
        .createTaskQuery()
        .processVariableValueEquals("changeId", first)
        .singleResult()
        .getId();
    desk.as("manager", () -> forms.submitTaskForm(task, Map.of("outcome", "approve")));

    assertThat(changes.overtaken(second)).containsExactly("escalation-path.bpmn");
    assertThat(changes.overtaken(first)).isEmpty();
    assertThat(Http.signedIn(port, "owner").get("/models/changes/" + second).body())
        .contains("escalation-path.bpmn has been deployed again since this was proposed.");
  }

  /** However the step is reached: in the middle, twice, or by somebody who says that another proposed it. */
  @Test
  void theStepItselfDeploysNothingThatNoSecondPersonApproved() throws IOException {
    var id = proposed();

    assertThatThrownBy(() -> desk.as(
            "owner",
            () -> desk.runtime
                .createProcessInstanceByKey("procedure-change")
                .setVariable("changeId", id)
                .setVariable("proposer", "somebody")
                .startBeforeActivity("serviceTask_deployChange")
                .execute()))
        .isInstanceOf(RuntimeException.class);
    assertThat(versions()).isOne();
  }

  @Test
  void whereTwoPersonsAreNeededNobodyDeploysAloneButAnApprovedChangeIsDeployed()
      throws IOException {
    ReflectionTestUtils.setField(workshop, "isDirectAllowed", false);
    var files = changed();
    assertThatThrownBy(() -> desk.as("owner", () -> workshop.deploy(files, "mine")))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining("Propose the change on the page Models");
    assertThat(versions()).isOne();

    proposed();
    answers("manager", "Approve change", Map.of("outcome", "approve"));

    assertThat(versions()).isEqualTo(2);
    assertThatThrownBy(() -> desk.as("manager", () -> workshop.deploy(files, "mine, too")))
        .isInstanceOf(DeploymentRefused.class);
  }

  @Test
  void whatWouldBeRefusedCannotBeProposed() throws IOException {
    var broken = Map.of(
        "escalation-path.bpmn",
        Files.readString(PATH).replace("${rang}", "${hasRung}").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> changes.propose("x", "y", broken))
        .hasMessageContaining("It would be refused: 1 things to change");
    assertThatThrownBy(() -> changes.propose(" ", "y", changed()))
        .hasMessageContaining("200 characters");
    assertThatThrownBy(() -> changes.propose("x", "y".repeat(2001), changed()))
        .hasMessageContaining("2,000");
  }

  @Test
  void itIsComparedWithWhatWasDeployedWhenItWasProposed() throws IOException {
    var label = "escalation-path:" + latest();
    var id = proposed();
    answers("manager", "Approve change", Map.of("outcome", "approve"));
    desk.fastForward(Duration.ofMinutes(1));
    var back = Map.of("escalation-path.bpmn", Files.readAllBytes(PATH));
    desk.as("owner", () -> workshop.deploy(back, "as it was"));
    assertThat(versions()).isEqualTo(3);

    assertThat(changes.compared(id)).singleElement().satisfies(compared -> {
      assertThat(compared.before()).isNotNull();
      assertThat(compared.before().label()).isEqualTo(label);
      assertThat(compared.after().label()).isNull();
      assertThat(compared.changes())
          .singleElement()
          .satisfies(change -> assertThat(change.element()).isEqualTo("gateway_howDidItEnd"));
    });
    jdbc.sql(
            "update procedure_change_file set base = 'gone', differs = :differs where change_id = :id")
        .param("id", id)
        .param(
            "differs",
            "CHANGED 'Solved?', name: Was it solved? → Solved?\nREMOVED one\nof two lines")
        .update();
    assertThat(changes.compared(id)).singleElement().satisfies(compared -> {
      assertThat(compared.before()).isNull();
      assertThat(compared.changes())
          .extracting(change -> change.kind() + " " + change.words())
          .containsExactly(
              "CHANGED 'Solved?', name: Was it solved? → Solved?",
              "REMOVED one",
              "CHANGED of two lines");
    });
    assertThat(Http.signedIn(port, "owner").get("/models/changes/" + id).body())
        .contains("name: Was it solved? → Solved?");
  }

  /** One from before it was kept what was deployed then: nobody can say whether it was overtaken. */
  @Test
  void aProposalOfBeforeIsShownInItsWordsAndNotCalledOvertaken() throws IOException {
    var id = proposed();
    jdbc.sql("update procedure_change_file set base = null where change_id = :id")
        .param("id", id)
        .update();

    assertThat(changes.overtaken(id)).isEmpty();
    assertThat(Http.signedIn(port, "manager").get("/models/changes/" + id).body())
        .contains("name: Was it solved? → Solved?", "How it looks");
    answers("manager", "Approve change", Map.of("outcome", "approve"));
    assertThat(versions()).isEqualTo(2);
  }

  @Test
  void thePageShowsItToOwnersAndAuditors() throws IOException {
    var id = proposed();

    assertThat(Http.signedIn(port, "owner").get("/models").body())
        .contains("A shorter question", "waits for a second person");
    assertThat(Http.signedIn(port, "manager").get("/").body())
        .contains("A shorter question")
        .doesNotContain("/cases/" + id);
    assertThat(Http.signedIn(port, "auditor").get("/models/changes/" + id).body())
        .contains(
            "It is read faster.",
            "name: Was it solved? → Solved?",
            "Nothing is wrong with these files.");
    // who reads that the path changes follows the link in their task
    assertThat(Http.signedIn(port, "agent").get("/models/changes/" + id).body())
        .contains("It is read faster.");
    assertThat(Http.anonymous(port).get("/models/changes/" + id).body())
        .doesNotContain("It is read faster.");
    assertThat(Http.signedIn(port, "owner").get("/models/changes/none").statusCode())
        .isEqualTo(400);
    assertThat(Http.signedIn(port, "agent")
            .submit("/", "/models/propose", Map.of("title", "x", "why", "y"))
            .statusCode())
        .isEqualTo(403);
  }
}
