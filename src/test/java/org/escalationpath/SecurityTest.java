package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.aCase;

import com.jayway.jsonpath.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.escalationpath.cases.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets in, who may do what, and that no model, expression or filter runs code. */
class SecurityTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private FilterService filters;

  @TempDir
  Path folder;

  // ---- nobody anonymous

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/task",
        "/engine-rest//task",
        "/engine-rest/./task",
        "/engine-rest;x/engine",
        "//engine-rest/engine",
        "/%65ngine-rest/engine",
        "/ENGINE-REST/engine",
        "/engine-rest/engine/",
        "/engine-rest",
        "/api/cases",
        "/api/cases/",
        "/api//cases",
        "/api/cases/C-000001",
        "/api;x/cases",
        "/v3/api-docs",
        "/cases",
        "/cases/C-000001",
        "/outbox",
        "/camunda/app/tasklist/",
        "/camunda/app/cockpit/",
        "/camunda/app/admin/",
        "/camunda/api/engine/engine/",
        "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
        "/camunda/api/admin/setup/default/user/create",
        "/camunda/app/admin/default/setup/",
        "/actuator",
        "/actuator/env",
        "/actuator/metrics",
        "/actuator/heapdump",
        "/h2-console",
        "/swagger-ui.html",
        "/openapi.json",
        "/anything-else"
      })
  void nothingOfTheSystemAnswersAnonymously(String path) {
    for (var method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD")) {
      var answer =
          Http.anonymous(port).send(method, path, method.equals("GET") ? null : "{}", Map.of());
      assertThat(answer.statusCode()).as("%s %s", method, path).isGreaterThanOrEqualTo(300);
      assertThat(answer.statusCode()).as("%s %s", method, path).isLessThan(500);
    }
  }

  @Test
  void whatIsMeantToBePublicIs() {
    var anonymous = Http.anonymous(port);
    for (var path : List.of("/", "/login", "/css/pages.css", "/actuator/health")) {
      assertThat(anonymous.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(anonymous.get("/actuator/health").body()).doesNotContain("components", "database");
  }

  @Test
  void theSetupPageMakesNoAdministrator() {
    var answer = Http.anonymous(port).post("/camunda/api/admin/setup/default/user/create", """
        {"profile": {"id": "mallory", "firstName": "M", "lastName": "M"}, "credentials": {"password": "mallory"}}""");

    assertThat(answer.statusCode()).isIn(302, 401, 403);
    assertThat(desk.identities.createUserQuery().userId("mallory").count()).isZero();
  }

  @Test
  void aWrongPasswordIsRefusedAndTooManyOfThemFromOneAddressOnlyForThatUser() {
    var user = "nobody-" + UUID.randomUUID();
    for (var i = 0; i < 10; i++) {
      assertThat(Http.as(port, user, "wrong").get("/api/cases").statusCode()).isEqualTo(401);
    }
    assertThat(Http.as(port, user, "wrong").get("/api/cases").statusCode()).isEqualTo(429);
    assertThat(Http.as(port, "agent").get("/api/cases").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangedPasswordAndAChangedGroupCountAtOnce() {
    var user = desk.identities.newUser("temp");
    user.setPassword("first-password");
    desk.identities.saveUser(user);
    try {
      assertThat(Http.as(port, "temp", "first-password").get("/api/cases").statusCode())
          .isEqualTo(403);
      desk.identities.createMembership("temp", "front-line");
      assertThat(Http.as(port, "temp", "first-password").get("/api/cases").statusCode())
          .isEqualTo(200);
      var changed = desk.identities.createUserQuery().userId("temp").singleResult();
      changed.setPassword("second-password");
      desk.identities.saveUser(changed);
      assertThat(Http.as(port, "temp", "first-password").get("/api/cases").statusCode())
          .isEqualTo(401);
      assertThat(Http.as(port, "temp", "second-password").get("/api/cases").statusCode())
          .isEqualTo(200);
    } finally {
      desk.identities.deleteUser("temp");
    }
  }

  // ---- sessions

  @Test
  void signingInOnThePageChangesTheSessionAndOpensTheWebApps() {
    var browser = Http.anonymous(port);
    var signedIn =
        browser.submit("/login", "/login", Map.of("username", "agent", "password", "demo"));

    assertThat(signedIn.statusCode()).isEqualTo(302);
    assertThat(signedIn.headers().firstValue("Location").orElse("")).doesNotContain("error");
    var cookies = signedIn.headers().allValues("Set-Cookie");
    assertThat(cookies)
        .anySatisfy(
            cookie -> assertThat(cookie).contains("JSESSIONID", "HttpOnly", "SameSite=Lax"));
    assertThat(browser.get("/cases").statusCode()).isEqualTo(200);
    assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
  }

  @Test
  void aFormWithoutItsTokenIsRefused() {
    var browser = Http.anonymous(port);
    browser.submit("/login", "/login", Map.of("username", "agent", "password", "demo"));
    var lostParcel = desk.opens(aCase());

    var forged = browser.send(
        "POST",
        "/cases/" + lostParcel + "/resolution",
        "solution=gone",
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
    var overTheApi =
        browser.post("/api/cases/" + lostParcel + "/resolution", "{\"solution\": \"gone\"}");

    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(overTheApi.statusCode()).isIn(401, 403);
    desk.expect(lostParcel).inState("open");
  }

  @Test
  void basicCredentialsThatABrowserSendsFromAnotherSiteDoNotCount() {
    var lostParcel = desk.opens(aCase());

    var crossSite = Http.as(port, "agent")
        .send(
            "POST",
            "/api/cases/" + lostParcel + "/resolution",
            "{\"solution\": \"gone\"}",
            Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"));

    assertThat(crossSite.statusCode()).isEqualTo(403);
  }

  @Test
  void everyAnswerCarriesTheProtectiveHeaders() {
    for (var path : List.of("/", "/api/cases", "/engine-rest/engine", "/login", "/status/wrong")) {
      var headers = Http.anonymous(port).get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy")).as(path).isPresent();
      assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("no-referrer");
    }
  }

  // ---- private links

  @Test
  void aWrongLinkTellsNothing() {
    var lostParcel = desk.opens(aCase());
    var right = desk.lastLink(lostParcel).replaceFirst("http://[^/]+", "");
    var flipped = right.substring(0, right.length() - 1) + (right.endsWith("A") ? "B" : "A");

    var anonymous = Http.anonymous(port);
    assertThat(anonymous.get(right).statusCode()).isEqualTo(200);
    var wrong = anonymous.get(flipped);
    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(anonymous.get("/status/x").body()).isEqualTo(wrong.body());
    assertThat(anonymous.get(right.replace("/status/", "/survey/")).statusCode())
        .isEqualTo(404);
    assertThat(jdbc.sql("select count(*) from link_token where hash = :token")
            .param("token", right.replaceFirst(".*/", ""))
            .query(Integer.class)
            .single())
        .isZero();
  }

  @Test
  void aMailScannerThatFollowsTheSurveyLinkRatesNothing() {
    var lostParcel = desk.opens(aCase());
    desk.resolves(lostParcel);
    desk.customer(lostParcel, () -> desk.escalation.accept(lostParcel, "customer"));
    desk.fastForward(java.time.Duration.ofDays(1));
    var link = desk.lastLink(lostParcel).replaceFirst("http://[^/]+", "");

    var anonymous = Http.anonymous(port);
    for (var i = 0; i < 3; i++) {
      assertThat(anonymous.get(link + "?csat=1&solved=no").statusCode()).isEqualTo(200);
      anonymous.send("HEAD", link, null, Map.of());
    }
    assertThat(
            jdbc.sql("select count(*) from survey where case_number = :number and csat is not null")
                .param("number", lostParcel.value())
                .query(Integer.class)
                .single())
        .isZero();

    assertThat(
            anonymous.submit(link, link, Map.of("csat", "9", "solved", "yes")).statusCode())
        .isEqualTo(400);
    assertThat(
            anonymous.submit(link, link, Map.of("csat", "bad", "solved", "yes")).statusCode())
        .isEqualTo(400);
    assertThat(anonymous.submit(link, link, Map.of("comment", "no rating")).statusCode())
        .isEqualTo(400);
    assertThat(anonymous
            .submit(link, link, Map.of("csat", "4", "solved", "yes", "comment", "x".repeat(4_001)))
            .statusCode())
        .isEqualTo(400);
    assertThat(
            anonymous.submit(link, link, Map.of("csat", "4", "solved", "yes")).statusCode())
        .isEqualTo(302);
    assertThat(
            anonymous.submit(link, link, Map.of("csat", "4", "solved", "yes")).statusCode())
        .isEqualTo(302);
  }

  @Test
  void theCustomersPageTakesMessagesAndMovesAndAnswersMistakesInWords() {
    var lostParcel = desk.opens(aCase());
    var link = desk.lastLink(lostParcel).replaceFirst("http://[^/]+", "");
    var customer = Http.anonymous(port);

    assertThat(
            customer.submit(link, link + "/messages", Map.of("text", "Hello?")).statusCode())
        .isEqualTo(302);
    assertThat(customer.submit(link, link + "/messages", Map.of("text", " ")).statusCode())
        .isEqualTo(400);
    assertThat(customer
            .submit(link, link + "/messages", Map.of("text", "x".repeat(10_001)))
            .statusCode())
        .isEqualTo(400);
    assertThat(customer.submit(link, link + "/messages", Map.of()).statusCode()).isEqualTo(400);
    assertThat(customer.submit(link, link + "/moves", Map.of("move", "explode")).statusCode())
        .isEqualTo(400);
    assertThat(customer
            .submit(link, link + "/moves", Map.of("move", "escalate", "why", ""))
            .statusCode())
        .isEqualTo(400);
    assertThat(customer.submit(link, link + "/moves", Map.of("move", "accept")).statusCode())
        .isEqualTo(409);
    assertThat(customer
            .submit(link, link + "/moves", Map.of("move", "escalate", "why", "Too slow"))
            .statusCode())
        .isEqualTo(302);

    desk.expect(lostParcel).at(Desk.TEAM_LEAD).escalatedBecauseOf(Reason.CUSTOMER_REQUEST);
    assertThat(customer.get(link).body()).contains("team lead", "Hello?");
  }

  // ---- roles in the engine

  @Test
  void anAgentSeesAndCompletesOnlyTheTasksOfTheirTier() {
    var lostParcel = desk.opens(aCase());
    var task = desk.task(lostParcel).getId();
    var solution =
        "{\"variables\": {\"outcome\": {\"value\": \"resolve\"}, \"solution\": {\"value\": \"Sent\"}}}";

    for (var other : List.of("lead", "auditor", "owner")) {
      assertThat(Http.as(port, other)
              .post("/engine-rest/task/" + task + "/complete", solution)
              .statusCode())
          .as(other)
          .isIn(403, 404, 409);
      assertThat(Http.as(port, other)
              .post("/engine-rest/task/" + task + "/submit-form", solution)
              .statusCode())
          .as(other)
          .isIn(403, 404, 409);
    }
    desk.expect(lostParcel).inState("open");
    assertThat(Http.as(port, "agent")
            .post("/engine-rest/task/" + task + "/complete", solution)
            .statusCode())
        .isEqualTo(204);
    desk.expect(lostParcel).inState("resolved");
  }

  @Test
  void aWrongAnswerToATaskIsRefusedInWordsAndASecondOneIsTooLate() {
    var lostParcel = desk.opens(aCase());
    var path = "/engine-rest/task/" + desk.task(lostParcel).getId() + "/submit-form";
    var agent = Http.as(port, "agent");

    var wrong = agent.post(path, "{\"variables\": {\"outcome\": {\"value\": \"escalate\"}}}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("'reason' is missing");
    var right =
        "{\"variables\": {\"outcome\": {\"value\": \"resolve\"}, \"solution\": {\"value\": \"Sent\"}}}";
    assertThat(agent.post(path, right).statusCode()).isEqualTo(204);
    var late = agent.post(path, right);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("Somebody else was faster");
  }

  @Test
  void theWaysOutThatNoModelDrawsAreClosed() {
    var lostParcel = desk.opens(aCase());
    var task = desk.task(lostParcel).getId();
    var agent = Http.as(port, "agent");

    assertThat(agent
            .post(
                "/engine-rest/task/" + task + "/bpmnEscalation",
                "{\"escalationCode\": \"customerSilent\"}")
            .statusCode())
        .isIn(400, 403);
    assertThat(agent
            .post("/engine-rest/task/" + task + "/bpmnError", "{\"errorCode\": \"x\"}")
            .statusCode())
        .isIn(400, 403);
    assertThat(agent
            .put("/engine-rest/task/" + task + "/variables/tierLimitAt", "{\"value\": \"never\"}")
            .statusCode())
        .isEqualTo(403);
    assertThat(agent
            .post(
                "/engine-rest/message",
                "{\"messageName\": \"caseWithdrawn\", \"all\": true, \"businessKey\": \"%s\"}"
                    .formatted(lostParcel))
            .statusCode())
        .isIn(400, 403, 409);
    desk.expect(lostParcel).inState("open");
  }

  @Test
  void onlyAdministratorsMakeFiltersAndOnlyWithHarmlessExpressions() {
    var harmful = """
        {"resourceType": "Task", "name": "x", "query": {"assigneeExpression": "${''.getClass().forName('java.lang.Runtime')}"}}""";
    assertThat(
            Http.as(port, "agent").post("/engine-rest/filter/create", harmful).statusCode())
        .isEqualTo(403);
    assertThat(
            Http.as(port, "owner").post("/engine-rest/filter/create", harmful).statusCode())
        .isEqualTo(403);

    var admin = Http.as(port, "admin");
    var created = admin.post("/engine-rest/filter/create", harmful);
    if (created.statusCode() == 200) {
      String id = JsonPath.read(created.body(), "$.id");
      assertThat(admin.post("/engine-rest/filter/" + id + "/list", "{}").statusCode())
          .isBetween(400, 599);
      filters.deleteFilter(id);
    }
    var harmless = admin.post("/engine-rest/filter/create", """
        {"resourceType": "Task", "name": "mine", "query": {"assigneeExpression": "${currentUser()}",
         "dueBeforeExpression": "${dateTime().plusDays(1)}"}}""");
    assertThat(harmless.statusCode()).isEqualTo(200);
    String id = JsonPath.read(harmless.body(), "$.id");
    assertThat(admin.post("/engine-rest/filter/" + id + "/list", "{}").statusCode())
        .isEqualTo(200);
    filters.deleteFilter(id);
  }

  // ---- no code

  static Stream<String> expressions() {
    return Stream.of(
        "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('touch FILE')}",
        "${''['class'].forName('java.lang.Runtime').getRuntime().exec('touch FILE')}",
        "${execution.getProcessEngineServices().getRepositoryService().createDeployment()}",
        "${execution.engineServices}",
        "${environment.getProperty('user.home')}",
        "${dataSource.connection}",
        "${notifyCustomer.getClass().getClassLoader()}",
        "${notifyCustomer.execute(execution)}",
        "${''.class.forName('java.nio.file.Files')}",
        "${systemProperties['user.home']}",
        "${execution.getClass()}",
        "${execution.id.class}",
        "${''.format('%1000000000d', 1)}");
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void anExpressionThatRunsReachesNothingButVariablesAndSteps(String expression) {
    var file = folder.resolve("proof");
    var engine = (ProcessEngineConfigurationImpl)
        BpmnAwareTests.processEngine().getProcessEngineConfiguration();
    var lostParcel = desk.opens(Desk.aCase());
    var path = desk.runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(lostParcel.value())
        .processDefinitionKey("escalation-path")
        .singleResult()
        .getId();
    assertThatThrownBy(() -> engine
            .getCommandExecutorTxRequired()
            .execute(context -> engine
                .getExpressionManager()
                .createExpression(expression.replace("FILE", file.toString()))
                .getValue(context.getExecutionManager().findExecutionById(path))))
        .hasMessageMatching("(?s).*(may not|Cannot resolve identifier|Unknown property|cannot).*");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void expressionsInsideOrQueriesAreRefused() {
    var answer = Http.as(port, "admin").post("/engine-rest/task", """
        {"orQueries": [{"dueAfterExpression": "${now()}", "assignee": "x"}]}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not allowed in orQueries");
  }

  static Stream<String> codeInModels() {
    return Stream.of(
        "<serviceTask id=\"t\" camunda:type=\"shell\"/>",
        "<serviceTask id=\"t\" camunda:type=\"mail\"/>",
        "<serviceTask id=\"t\" camunda:class=\"java.lang.Object\"/>",
        "<serviceTask id=\"t\" camunda:delegateExpression=\"${notifyCustomer.x()}\"/>",
        "<scriptTask id=\"t\" scriptFormat=\"groovy\"><script>println 1</script></scriptTask>",
        "<userTask id=\"t\" camunda:formKey=\"embedded:deployment:x.html\"/>",
        """
        <userTask id="t"><extensionElements><camunda:taskListener event="create" class="java.lang.Object"/>
          </extensionElements></userTask>""",
        """
        <serviceTask id="t" camunda:expression="${true}"><extensionElements><camunda:inputOutput>
          <camunda:inputParameter name="x"><camunda:script scriptFormat="groovy">1</camunda:script></camunda:inputParameter>
          </camunda:inputOutput></extensionElements></serviceTask>""",
        """
        <serviceTask id="t"><extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId>
          </camunda:connector></extensionElements></serviceTask>""");
  }

  @ParameterizedTest
  @MethodSource("codeInModels")
  void aModelThatWouldRunCodeIsRefusedWhenTheOwnerDeploysIt(String task) {
    var model = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
          targetNamespace="x"><process id="code" isExecutable="true" camunda:historyTimeToLive="P1D">
          <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>%s</process></definitions>""".formatted(task);
    var body = "--x\r\nContent-Disposition: form-data; name=\"m\"; filename=\"code.bpmn\"\r\n\r\n"
        + model + "\r\n--x--\r\n";

    var answer = Http.as(port, "owner")
        .send(
            "POST",
            "/engine-rest/deployment/create",
            body,
            Map.of("Content-Type", "multipart/form-data; boundary=x"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(BpmnAwareTests.repositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey("code")
            .count())
        .isZero();
  }

  // ---- the engine's own doors

  @Test
  void whatWouldPassByTheFormsAndTheLedgerIsForAdministrators() {
    var lostParcel = desk.opens(aCase());
    var task = desk.task(lostParcel);
    var variables = "{\"variables\": {\"caseNumber\": {\"value\": \"%s\"}}}".formatted(lostParcel);
    var calls = Map.of(
        "/engine-rest/process-definition/key/escalation-path/start",
        variables,
        "/engine-rest/engine/default/process-definition/key/escalation-path/start",
        variables,
        "/engine-rest/message",
        "{\"messageName\": \"caseReopened\"}",
        "/engine-rest/task/" + task.getId() + "/resolve",
        variables,
        "/engine-rest/process-instance/" + task.getProcessInstanceId() + "/variables",
        "{}",
        "/engine-rest/execution/" + task.getExecutionId() + "/localVariables",
        "{}",
        "/engine-rest/identity/verify",
        "{\"username\": \"admin\", \"password\": \"demo\"}",
        "/engine-rest/external-task/fetchAndLock",
        "{\"workerId\": \"x\", \"maxTasks\": 1}");

    calls.forEach((path, body) -> {
      for (var person : List.of("agent", "owner", "auditor")) {
        assertThat(Http.as(port, person).post(path, body).statusCode())
            .as("%s %s", person, path)
            .isEqualTo(403);
      }
    });
    assertThat(Http.as(port, "auditor")
            .post("/engine-rest/task/" + task.getId() + "/comment/create", "{\"message\": \"x\"}")
            .statusCode())
        .isEqualTo(403);
    desk.expect(lostParcel).inState("open");
  }

  @Test
  void aWrongOpeningFormIsAnsweredInWords() {
    var answer = Http.as(port, "agent")
        .post("/engine-rest/process-definition/key/escalation-path/submit-form", """
        {"variables": {"customerName": {"value": "Erika"}, "customerEmail": {"value": "nonsense"}}}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'customer email' must be");
  }

  @Test
  void basicCredentialsFromAnotherSiteDeployNothing() {
    var answer = Http.as(port, "owner")
        .send(
            "POST", "/engine-rest/deployment/create", "x", Map.of("Sec-Fetch-Site", "cross-site"));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  // ---- the ledger

  @Test
  void theDatabaseRefusesToChangeOrDeleteWhatTheLedgerSays() {
    var lostParcel = desk.opens(aCase());

    for (var statement : List.of(
        "update ledger set who = 'nobody' where case_number = :number",
        "delete from ledger where case_number = :number")) {
      assertThatThrownBy(
              () -> jdbc.sql(statement).param("number", lostParcel.value()).update())
          .hasMessageContaining("append-only");
    }
    assertThat(desk.ledger.of(lostParcel)).extracting("who").doesNotContain("nobody");
  }
}
