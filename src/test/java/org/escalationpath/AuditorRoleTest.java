package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.CaseNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An auditor reads everything and changes nothing of a case: tried with everything that the engine's REST API, our interface and our
 * pages offer, as they list it themselves.
 */
class AuditorRoleTest extends EngineTest {

  /** What auditors write: what is theirs, and what was verified and taken out. */
  private static final Set<String> THEIRS = Set.of(
      "journal", "journal_head", "saved_view", "step_remark", "seal", "seal_entry", "sealed_chain");

  /** Anybody's, whoever is signed in: forms for customers, reached by what a customer has. */
  private static final List<String> PUBLIC =
      List.of("/open", "/status/", "/survey/", "/login", "/error");

  /** What auditors may do with their worksheets; of other tasks the engine says no. */
  private static final Set<String> DOING = Set.of(
      "/task/{id}/claim", "/task/{id}/unclaim", "/task/{id}/complete", "/task/{id}/submit-form");

  @LocalServerPort
  private int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private CaseNumber number;

  @BeforeEach
  void aCaseUnderWay() {
    number = desk.opens(aCase());
  }

  private Map<String, String> ids() {
    var task = desk.task(number);
    var ids = new HashMap<String, String>();
    ids.put("id", task.getId());
    ids.put("number", number.value());
    ids.put("key", "escalation-path");
    ids.put("userId", "agent");
    ids.put("varId", "priority");
    return ids;
  }

  private static String filled(String path, Map<String, String> ids) {
    var filled = path;
    for (var id : ids.entrySet()) {
      filled = filled.replaceAll("\\{" + id.getKey() + "}", id.getValue());
    }
    return filled.replaceAll("\\{[^}]+}", "x");
  }

  @Test
  void everyChangeOfTheEngineIsRefused() {
    var ids = ids();
    var ofTheProcess = new HashMap<>(ids);
    ofTheProcess.put("id", desk.task(number).getProcessInstanceId());
    var auditor = Http.as(port, "auditor");
    var notRefused = new ArrayList<String>();
    var tried = 0;
    for (var resource : EngineResources.all()) {
      if (resource.isReading()) {
        continue;
      }
      for (var each : List.of(ids, ofTheProcess)) {
        var path = "/engine-rest" + filled(resource.path(), each);
        var written = written(() -> {
          var status = auditor
              .send(resource.method(), path, "{}", Map.of("Content-Type", "application/json"))
              .statusCode();
          if (DOING.contains(resource.path()) ? status < 400 : status != 403) {
            notRefused.add(resource + " " + status);
          }
        });
        assertThat(written).as("%s", resource).isEmpty();
        tried++;
      }
    }
    System.out.println("MEASURED auditor: " + tried + " changes of the engine tried");
    assertThat(notRefused).isEmpty();
    assertThat(tried).isGreaterThan(250);
  }

  @Test
  void theTaskOfATierIsNoneOfTheirs() {
    var task = "/engine-rest/task/" + desk.task(number).getId();
    var auditor = Http.as(port, "auditor");
    var outcome = """
        {"variables": {"outcome": {"value": "escalate"}, "reason": {"value": "complex-problem"}, "note": {"value": "It needs somebody higher."}}}
        """;

    assertThat(auditor.post(task + "/claim", "{\"userId\": \"auditor\"}").statusCode())
        .isEqualTo(403);
    assertThat(auditor.post(task + "/complete", outcome).statusCode()).isEqualTo(403);
    assertThat(auditor.post(task + "/submit-form", outcome).statusCode()).isEqualTo(403);
    assertThat(auditor.post(task + "/unclaim", "").statusCode()).isEqualTo(403);
  }

  @Test
  void whatTheEngineAnswersWritesNothing() {
    var ids = ids();
    var auditor = Http.as(port, "auditor");
    var failed = new ArrayList<String>();
    var tried = 0;
    for (var resource : EngineResources.all()) {
      if (!resource.isReading()) {
        continue;
      }
      var path = "/engine-rest" + filled(resource.path(), ids);
      var written = written(() -> {
        var status = auditor
            .send(
                resource.method(),
                path,
                resource.method().equals("GET") ? null : "{}",
                Map.of("Content-Type", "application/json", "Accept", "*/*"))
            .statusCode();
        if (status == 401 || status > 500) {
          failed.add(resource + " " + status);
        }
      });
      assertThat(written).as("%s", resource).isEmpty();
      tried++;
    }
    System.out.println("MEASURED auditor: " + tried + " questions to the engine tried");
    assertThat(failed).isEmpty();
  }

  @Test
  void noEndpointAndNoPageOfOursLetsAnAuditorChangeACase() {
    var ids = ids();
    var program = Http.as(port, "auditor");
    var browser = Http.signedIn(port, "auditor");
    var done = new ArrayList<String>();
    var tried = 0;
    for (var mapping : mappings.getHandlerMethods().keySet()) {
      for (var pattern : mapping.getPatternValues()) {
        for (var method : methods(mapping.getMethodsCondition().getMethods())) {
          if (PUBLIC.stream().anyMatch(pattern::startsWith) || pattern.contains("/live")) {
            continue;
          }
          var path = filled(pattern, ids);
          var written = written(() -> {
            var status = send(program, browser, method, path);
            if (!method.equals("GET") && status < 400 && !isTheirs(pattern)) {
              done.add(method + " " + pattern + " " + status);
            }
            assertThat(status).as("%s %s", method, path).isLessThan(500);
          });
          assertThat(written).as("%s %s", method, path).isSubsetOf(THEIRS);
          tried++;
        }
      }
    }
    System.out.println("MEASURED auditor: " + tried + " endpoints and pages of ours tried");
    assertThat(done).isEmpty();
    assertThat(tried).isGreaterThan(60);
  }

  private static boolean isTheirs(String pattern) {
    return pattern.startsWith("/audit")
        || pattern.startsWith("/cases/views")
        || pattern.equals("/remarks")
        || pattern.equals("/api/calendars/preview");
  }

  private static List<String> methods(Set<RequestMethod> methods) {
    return methods.isEmpty()
        ? List.of("GET", "POST")
        : methods.stream().map(RequestMethod::name).toList();
  }

  private static int send(Http program, Http browser, String method, String path) {
    if (path.startsWith("/api") || path.startsWith("/v3")) {
      return program
          .send(
              method,
              path,
              method.equals("GET") ? null : "{}",
              Map.of("Content-Type", "application/json"))
          .statusCode();
    }
    return method.equals("GET")
        ? browser.get(path).statusCode()
        : browser.submit("/cases", path, aForm()).statusCode();
  }

  /** What any of our forms asks for. */
  private static Map<String, String> aForm() {
    var form = new HashMap<String, String>();
    for (var field :
        List.of("text", "note", "solution", "justification", "why", "name", "definition", "id")) {
      form.put(field, "x");
    }
    form.put("visit", "1");
    form.put("kind", "note");
    form.put("reason", "complex-problem");
    form.put("priority", "low");
    form.put("move", "withdraw");
    form.put("version", "1");
    return form;
  }

  /** The tables that are written to. */
  private static Set<String> written(Runnable action) {
    var tables = new java.util.TreeSet<String>();
    for (var sql : Statements.of(action)) {
      var words = sql.strip().toLowerCase(Locale.ROOT).split("\\s+");
      switch (words[0]) {
        case "insert", "delete", "merge" -> tables.add(words[2].replaceFirst("\\(.*", ""));
        case "update" -> tables.add(words[1]);
        default -> {}
      }
    }
    return tables;
  }
}
