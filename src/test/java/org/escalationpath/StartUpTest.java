package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Starting on databases as one finds them, and refusing to start where that would not be safe. */
@Tag("database")
class StartUpTest {

  @TempDir
  Path folder;

  private final ChildApplication first = new ChildApplication();
  private final ChildApplication second = new ChildApplication();

  @AfterEach
  void stop() {
    first.kill();
    second.kill();
  }

  @Test
  void productionRefusesInsecureSettingsAndNamesEach() {
    first.start(TestDatabase.another("insecure", folder), "--spring.profiles.active=production");

    assertThat(first.awaitEnd())
        .contains("Not safe for production")
        .contains("spring.datasource.password is empty")
        .contains("escalation.base-url must start with https://")
        .contains("spring.mail.host is missing")
        .contains("nobody is in the group camunda-admin");
  }

  @Test
  void productionStartsWithSafeSettingsAndHasNobodyButTheFirstAdministrator() {
    assumeTrue(TestDatabase.isPostgresql(), "skipped: production is for PostgreSQL");
    first.start(
        TestDatabase.another("production", folder),
        "--spring.profiles.active=production",
        "--server.address=127.0.0.1",
        "--spring.datasource.password=a-password-that-the-test-server-does-not-ask-for",
        "--escalation.base-url=https://support.example.org",
        "--escalation.administrator.user=chief",
        "--escalation.administrator.password=correct-horse-battery",
        "--spring.mail.host=mail.example.org");
    first.awaitReady("chief", "correct-horse-battery");

    var port = first.port();
    assertThat(Http.as(port, "agent").get("/api/cases").statusCode()).isEqualTo(401);
    assertThat(Http.as(port, "admin").get("/api/cases").statusCode()).isEqualTo(401);
    assertThat(Http.anonymous(port).get("/").body()).doesNotContain("demo");
    assertThat(Http.anonymous(port).get("/login").headers().allValues("Set-Cookie"))
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
  }

  @Test
  void aDatabaseThatHasTheEnginesTablesAlreadyIsTakenOver() throws Exception {
    var url = TestDatabase.another("engine_only", folder);
    var vendor = TestDatabase.isPostgresql() ? "postgres" : "h2";
    try (var connection = DriverManager.getConnection(url, TestDatabase.user(), "")) {
      for (var part : List.of(
          "engine",
          "history",
          "identity",
          "case.engine",
          "case.history",
          "decision.engine",
          "decision.history")) {
        ScriptUtils.executeSqlScript(
            connection,
            new ClassPathResource("org/camunda/bpm/engine/db/create/activiti.%s.create.%s.sql"
                .formatted(vendor, part)));
      }
    }

    first.start(url);
    first.awaitReady();

    assertThat(Http.as(first.port(), "agent").get("/api/cases").body()).contains("\"cases\":[]");
  }

  @Test
  void twoNodesThatStartAtOnceOnAnEmptyDatabaseDeployEachModelOnce() throws IOException {
    assumeTrue(TestDatabase.isPostgresql(), "skipped: H2 is for one node");
    var url = TestDatabase.another("two_nodes", folder);

    first.start(url);
    second.start(url);
    first.awaitReady();
    second.awaitReady();

    var definitions =
        Http.as(first.port(), "owner").get("/engine-rest/process-definition").body();
    assertThat(JsonPath.<List<Integer>>read(definitions, "$[*].version"))
        .containsOnly(1)
        .hasSize(models());
    var opened = Http.as(second.port(), "agent").post("/api/cases", """
        {"customer": {"name": "E", "email": "e@example.org"}, "subject": "S", "description": "D"}""");
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(Http.as(first.port(), "lead").get("/api/cases").body()).contains("C-000001");
  }

  private static int models() throws IOException {
    try (var files = Files.list(Path.of("processes"))) {
      return (int) files.filter(file -> file.toString().endsWith(".bpmn")).count();
    }
  }
}
