package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.escalationpath.cases.What;
import org.escalationpath.workshop.ModelMigrations;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page where owners check, compare and deploy models, and move running cases over. */
class ModelPagesTest extends EngineTest {

  private static final Path PATH = Path.of("processes/escalation-path.bpmn");

  @LocalServerPort
  private int port;

  @Autowired
  private RepositoryService repository;

  @Autowired
  private ModelMigrations migrations;

  private String page(String person, String path) {
    return Http.signedIn(port, person).get(path).body();
  }

  private static String changed() throws IOException {
    return Files.readString(PATH).replace("name=\"Was it solved?\"", "name=\"Solved?\"");
  }

  private HttpResponse<String> send(
      String person, String path, Map<String, String> fields, Map<String, String> files) {
    var http = Http.signedIn(port, person);
    return files.isEmpty()
        ? http.submit("/", path, fields)
        : http.upload(
            "/",
            path,
            fields,
            files.entrySet().stream()
                .map(each ->
                    new Http.File(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList());
  }

  private HttpResponse<String> deploy(String person, String model, String why) {
    return send(
        person,
        "/models/deploy",
        Map.of(
            "name",
            "escalation-path.bpmn",
            "content",
            Base64.getEncoder().encodeToString(model.getBytes(StandardCharsets.UTF_8)),
            "why",
            why),
        Map.of());
  }

  private List<String> versions() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("escalation-path")
        .orderByProcessDefinitionVersion()
        .desc()
        .list()
        .stream()
        .map(each -> each.getId())
        .toList();
  }

  @Test
  void thePageListsAllFilesWithTheirVersionsAndWhoDeployedThem() {
    desk.opens(aCase());

    assertThat(page("owner", "/models"))
        .contains(
            "Escalation path",
            "Service levels",
            "resolve-at-team-lead",
            "with the release",
            "Check and deploy");
    assertThat(page("auditor", "/models"))
        .contains("Escalation path")
        .doesNotContain("Check and deploy");
    assertThat(Http.signedIn(port, "agent").get("/models").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsSentIsLookedAtAndNothingIsDeployed() throws IOException {
    var answer = send(
        "owner",
        "/models/check",
        Map.of(),
        Map.of("escalation-path.bpmn", Files.readString(PATH).replace("${rang}", "${hasRung}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "These files would be refused. To change: 1.",
            "Did it ring? yes",
            "reads &#39;hasRung&#39;",
            "Correct its name",
            "condition: ${rang} → ${hasRung}")
        .doesNotContain("action=\"/models/deploy\"");
    assertThat(versions()).hasSize(1);
  }

  @Test
  void whatMayBeDeployedIsDeployedByteForByteWithAWord() throws IOException {
    var looked =
        send("owner", "/models/check", Map.of(), Map.of("escalation-path.bpmn", changed()));
    assertThat(looked.body())
        .contains(
            "These files may be deployed.",
            "name: Was it solved? → Solved?",
            "action=\"/models/deploy\"");

    var answer = deploy("owner", changed(), "A shorter question");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(versions()).hasSize(2);
    try (var model = repository.getProcessModel(versions().get(0))) {
      assertThat(new String(model.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(changed());
    }
    assertThat(page("owner", "/models/model/escalation-path"))
        .contains("Otto Owner", "Compare with the latest", "Deploy again");
  }

  @Test
  void whatIsRefusedStaysOnThePageWithItsFindings() throws IOException {
    var answer = deploy("owner", changed().replace("${rang}", "${hasRung}"), "by mistake");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("hasRung");
    assertThat(versions()).hasSize(1);
  }

  @Test
  void badInputSaysWhatToChange() throws IOException {
    assertThat(send("owner", "/models/check", Map.of(), Map.of()).body())
        .contains("Choose between 1 and 30 files");
    assertThat(deploy("owner", changed(), " ").statusCode()).isEqualTo(400);
    assertThat(deploy("owner", changed(), "x".repeat(201)).statusCode()).isEqualTo(400);
    assertThat(send(
                "owner",
                "/models/deploy",
                Map.of("name", "x.bpmn", "content", "no Base64!", "why", "x"),
                Map.of())
            .statusCode())
        .isEqualTo(400);
    var hostile = send(
        "owner", "/models/check", Map.of(), Map.of("<img src=x onerror=alert(1)>.bpmn", "<x/>"));
    assertThat(hostile.body()).doesNotContain("<img src=x");
    assertThat(Http.signedIn(port, "owner").get("/models/model/nothing").statusCode())
        .isEqualTo(400);
    assertThat(Http.signedIn(port, "owner").get("/models/compare?one=x&other=y").statusCode())
        .isEqualTo(400);
    assertThat(Http.signedIn(port, "owner").get("/models/migration?from=x&to=y").statusCode())
        .isEqualTo(400);
  }

  @Test
  void onlyProcessOwnersAndAdministratorsChangeModels() throws IOException {
    for (var person : List.of("agent", "director", "auditor")) {
      assertThat(deploy(person, changed(), "mine").statusCode()).as(person).isEqualTo(403);
      assertThat(send(person, "/models/check", Map.of(), Map.of("a.bpmn", "x")).statusCode())
          .as(person)
          .isEqualTo(403);
      assertThat(send(person, "/models/restore", Map.of("version", versions().get(0)), Map.of())
              .statusCode())
          .as(person)
          .isEqualTo(403);
      assertThat(send(
                  person,
                  "/models/migration",
                  Map.of("from", "x", "to", "y", "action", "start"),
                  Map.of())
              .statusCode())
          .as(person)
          .isEqualTo(403);
    }
    assertThat(versions()).hasSize(1);
  }

  @Test
  void twoVersionsAreComparedInTheOrderOfTime() throws IOException {
    deploy("owner", changed(), "A shorter question");
    var newest = encoded(versions().get(0));
    var older = encoded(versions().get(1));

    assertThat(page("owner", "/models/compare?one=" + newest + "&other=" + older))
        .contains(
            "name: Was it solved? → Solved?",
            "data-kind=\"CHANGED\"",
            "data-element=\"gateway_howDidItEnd\"");
    assertThat(page("auditor", "/models/compare?one=" + older + "&other=" + newest))
        .contains("Solved?");
  }

  @Test
  void tablesAndFormsStandBesideEachOtherToo() throws IOException {
    var levels = Files.readString(Path.of("processes/service-levels.dmn"))
        .replaceFirst("(?s)(rule_service-levels_6\".*?)\"PT4H\"", "$1\"PT2H\"");
    var form = Files.readString(Path.of("forms/resolve-at-team-lead.form"))
        .replace("Solution for the customer", "What we <offer>");

    var looked = send(
            "owner",
            "/models/check",
            Map.of(),
            Map.of("service-levels.dmn", levels, "resolve-at-team-lead.form", form))
        .body();

    assertThat(looked)
        .contains(
            "<del>4 h</del>",
            "<ins>2 h</ins>",
            "service-levels:",
            "The new version",
            "<ins>What we &lt;offer&gt;</ins>");
  }

  @Test
  void aFileThatCannotBeReadOrIsNewSaysSo() {
    assertThat(send("owner", "/models/check", Map.of(), Map.of("service-levels.dmn", "<no"))
            .body())
        .contains("it cannot be read, so what changes cannot be told", "its rows are not shown");
    assertThat(
            send("owner", "/models/check", Map.of(), Map.of("more.form", "{}")).body())
        .contains("This file is new here.", "its rows are not shown");
  }

  @Test
  void theLatestVersionIsShown() {
    assertThat(page("auditor", "/models/decision/service-levels"))
        .contains("How it looks", "class=\"sheet\"", "team-lead");
    assertThat(page("auditor", "/models/form/resolve-at-team-lead"))
        .contains("Solution for the customer");
    assertThat(page("auditor", "/models/model/customer-notification"))
        .contains("data-content=", "No cases were moved so far.");
    assertThat(page("auditor", "/models/model/customer-notification/moved"))
        .contains("id=\"moved\"")
        .doesNotContain("hx-get");
    assertThat(Http.signedIn(port, "agent")
            .get("/models/model/customer-notification/moved")
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void casesAreMovedFromThePageAndItSaysHowFarItIs() throws IOException {
    var lostParcel = desk.opens(aCase());
    deploy("owner", changed(), "A shorter question");
    var to = versions().get(0);
    var from = versions().get(1);
    assertThat(page("owner", "/models/migration?from=" + encoded(from) + "&to=" + encoded(to)))
        .contains(
            "1 cases run under escalation-path:",
            "Each of them has a place to go to.",
            "the same element",
            "Time limit passed");

    var form = Map.of("from", from, "to", to, "why", "For all");
    assertThat(send("owner", "/models/migration", with(form, "try"), Map.of()).body())
        .contains("One case was moved and taken back.");
    assertThat(desk.entries(lostParcel, What.MIGRATED)).isEmpty();
    assertThat(send("owner", "/models/migration", with(form, "start"), Map.of()).statusCode())
        .isEqualTo(302);
    while (migrations.moveSome() > 0) {
      // until none waits
    }

    assertThat(desk.entries(lostParcel, What.MIGRATED)).hasSize(1);
    assertThat(page("owner", "/models/model/escalation-path"))
        .contains("For all", "1 / 1", "Take its cases back");
    assertThat(page("auditor", "/cases/" + lostParcel)).contains("moved to another model version");
  }

  private static Map<String, String> with(Map<String, String> form, String action) {
    var more = new java.util.HashMap<>(form);
    more.put("action", action);
    return more;
  }

  @Test
  void anEarlierVersionIsDeployedAgain() throws IOException {
    deploy("owner", changed(), "A shorter question");

    assertThat(send("owner", "/models/restore", Map.of("version", versions().get(1)), Map.of())
            .statusCode())
        .isEqualTo(302);

    assertThat(versions()).hasSize(3);
    try (var model = repository.getProcessModel(versions().get(0))) {
      assertThat(new String(model.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(Files.readString(PATH));
    }
  }

  @Test
  void thePaletteAndEachFileCanBeTakenHome() throws IOException {
    assertThat(page("owner", "/models/palette.json"))
        .isEqualTo(
            Files.readString(Path.of("processes/.camunda/element-templates/escalation-path.json")));
    assertThat(page("owner", "/models/file?version=" + encoded(versions().get(0))))
        .isEqualTo(Files.readString(PATH));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
