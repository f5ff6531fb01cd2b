package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as somebody meets it who starts it for the first time: every page has something true to show, until it is taken away. */
@Tag("database")
class DemoTest {

  @TempDir
  private Path folder;

  private final ChildApplication application = new ChildApplication();

  @AfterEach
  void stop() {
    application.kill();
  }

  @Test
  void theFirstStartTellsCasesInEveryStateAndTheAdministratorTakesThemAway() throws IOException {
    assumeFalse(TestDatabase.isPostgresql(), "skipped: the demo is on H2");
    var database = TestDatabase.another("demo", folder);
    var roots = folder.resolve("roots.txt");
    application.start(
        database, "--escalation.demo.cases=true", "--escalation.audit.roots-file=" + roots);
    application.awaitReady();
    var agent = Http.as(application.port(), "agent");

    var cases = agent.get("/api/cases?size=200").body();
    List<String> states = JsonPath.read(cases, "$.cases[*].state");
    List<String> tiers = JsonPath.read(cases, "$.cases[?(@.state == 'open')].tier");
    assertThat(states)
        .hasSizeGreaterThanOrEqualTo(60)
        .contains("open", "waiting", "resolved", "closed", "closed-unresolved", "withdrawn");
    assertThat(tiers)
        .contains("front-line", "team-lead", "department-manager", "senior-management");
    assertThat(tasks())
        .contains("Call customer back", "Hold debrief", "Improve", "Reach customer by phone");
    nothingIsWrong();
    everyPageHasSomethingToShow();

    agent.post("/api/cases", """
        {"customer": {"name": "Own", "email": "own@example.org"}, "subject": "My own", "description": "stays"}""");
    Files.writeString(roots, "2026-11-23T09:00:00.000Z 1 %s%n".formatted("a".repeat(64)));
    assertThat(altered()).containsExactly("seal-missing");
    remove();
    assertThat(altered()).as("roots of what was there before are put aside").isEmpty();
    assertThat(folder)
        .isDirectoryContaining(
            each -> each.getFileName().toString().startsWith("roots.txt.until-"));

    assertThat(JsonPath.<List<String>>read(agent.get("/api/cases").body(), "$.cases[*].subject"))
        .containsExactly("My own");
    assertThat(tasks()).containsOnly("Resolve at front line");
    nothingIsWrong();

    application.kill();
    application.start(database, "--escalation.demo.cases=true");
    application.awaitReady();
    assertThat(JsonPath.<List<String>>read(
            Http.as(application.port(), "agent").get("/api/cases").body(), "$.cases[*].subject"))
        .as("a start on a database that has cases tells nothing")
        .containsExactly("My own");
  }

  private List<String> tasks() {
    return JsonPath.read(
        Http.as(application.port(), "admin").get("/engine-rest/task").body(), "$[*].name");
  }

  private List<String> altered() {
    return JsonPath.read(
        Http.as(application.port(), "auditor").get("/api/audit/verification").body(),
        "$.problems[*].kind");
  }

  /** The escalation auditor has looked at all of them, and no step has failed. */
  private void nothingIsWrong() {
    var audited = Http.as(application.port(), "owner").post("/api/auditor/run", "{}");
    assertThat(audited.statusCode()).as(audited.body()).isEqualTo(200);
    assertThat(JsonPath.<List<String>>read(audited.body(), "$.findings[*].text"))
        .isEmpty();
    assertThat(Http.as(application.port(), "admin")
            .get("/engine-rest/incident/count")
            .body())
        .contains("\"count\":0");
  }

  private void everyPageHasSomethingToShow() {
    var lead = Http.signedIn(application.port(), "lead");
    assertThat(lead.get("/").body()).contains("Waiting for somebody of my group", "/cases/C-");
    assertThat(lead.get("/cases?due=late").body()).contains("/cases/C-");
    assertThat(lead.get("/cases?reason=policy-exception").body()).contains("/cases/C-");
    assertThat(lead.get("/outbox?template=survey-invitation").body()).contains("/outbox/");
    assertThat(Http.anonymous(application.port()).get("/").body()).contains("How things stand");
  }

  private void remove() {
    // what staff says of a step may name one of these cases
    Http.signedIn(application.port(), "agent")
        .submit("/cases", "/remarks", Map.of("page", "/cases/C-000001", "text", "Too many fields"));
    var admin = Http.signedIn(application.port(), "admin");
    assertThat(admin.get("/").body()).contains("60 cases came with the demo");
    assertThat(admin.submit("/", "/demo/removal", Map.of()).statusCode()).isEqualTo(302);
    assertThat(admin.get("/").body()).doesNotContain("came with the demo");
  }
}
