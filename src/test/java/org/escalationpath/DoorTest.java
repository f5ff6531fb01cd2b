package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.escalationpath.workshop.HostileModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The deploy door, as Camunda Modeler meets it: over REST, with the sign-in of a process owner. */
class DoorTest extends EngineTest {

  private static final Path PATH = Path.of("processes/escalation-path.bpmn");

  @LocalServerPort
  private int port;

  @Test
  void aRefusalNamesEachFindingWithItsElementWhyAndWhatToDo() throws IOException {
    var model = Files.readString(PATH)
        .replace("candidateGroups=\"team-lead\"", "candidateGroups=\"team-leads\"")
        .replace("${rang}", "${hasRung}");

    var answer = deploy(Map.of("escalation-path.bpmn", model));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer))
        .contains(
            "The deployment was refused, nothing of it took effect. 3 things to change:",
            "'Resolve at team lead' (userTask_resolveAtTeamLead) is for the group 'team-leads', which does not exist.",
            "Why: Nobody would see the task.",
            "Do:  Use one of ",
            "'Did it ring? yes' (flow_rang) reads 'hasRung', which nothing in this model sets.")
        .doesNotContain("Exception");
    assertThat(newDeployments()).isEmpty();
  }

  @Test
  void aModelWithWarningsAloneIsDeployed() throws IOException {
    var answer = deploy(
        Map.of("escalation-path.bpmn", Files.readString(PATH).replace(" name=\"Outcome?\"", "")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(newDeployments()).hasSize(1);
  }

  @Test
  void oneBadFileRefusesTheWholeDeployment() throws IOException {
    var answer = deploy(Map.of(
        "escalation-path.bpmn", Files.readString(PATH), "improve.form", "{\"id\": \"improve\"}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("The file improve.form cannot be read");
    assertThat(newDeployments()).isEmpty();
  }

  @Test
  void whatBreaksAnotherFileIsRefusedAndTheOtherIsNamed() throws IOException {
    var table = Files.readString(Path.of("processes/tiers.dmn"))
        .replaceFirst("(?s)<rule id=\"rule_tiers_4\">.*?</rule>", "");

    var answer = deploy(Map.of("tiers.dmn", table));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("processes/escalation-path.bpmn");
  }

  @Test
  void filesThatNeedEachOtherAreDeployedTogether() throws IOException {
    var renamed = Files.readString(PATH)
        .replace("formRef=\"resolve-at-team-lead\"", "formRef=\"resolve-at-lead\"");
    var form = Files.readString(Path.of("forms/resolve-at-team-lead.form"))
        .replace("\"id\": \"resolve-at-team-lead\"", "\"id\": \"resolve-at-lead\"");

    assertThat(deploy(Map.of("escalation-path.bpmn", renamed)).statusCode()).isEqualTo(400);
    assertThat(deploy(Map.of("escalation-path.bpmn", renamed, "resolve-at-lead.form", form))
            .statusCode())
        .isEqualTo(200);
  }

  static List<HostileModels.Hostile> aSample() {
    var all = HostileModels.all();
    return IntStream.range(0, all.size())
        .filter(index -> index % 11 == 0)
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("aSample")
  void aHostileModelIsRefusedOverRest(HostileModels.Hostile hostile) {
    var answer =
        deploy(Map.of(hostile.file(), new String(hostile.content(), StandardCharsets.UTF_8)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(newDeployments()).isEmpty();
  }

  private HttpResponse<String> deploy(Map<String, String> files) {
    var boundary = "boundary" + UUID.randomUUID();
    var body = new StringBuilder();
    new LinkedHashMap<>(files)
        .forEach((name, content) -> body.append(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n%s\r\n"
                .formatted(boundary, name, name, content)));
    return Http.as(port, "owner")
        .send(
            "POST",
            "/engine-rest/deployment/create",
            body + "--" + boundary + "--\r\n",
            Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
  }

  private static String message(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path("message").asText();
  }
}
