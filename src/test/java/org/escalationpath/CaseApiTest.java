package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Cases over HTTP, with good and bad input. */
class CaseApiTest extends EngineTest {

  private static final String LOST_PARCEL = """
      {"customer": {"name": "Erika Muster", "email": "erika@example.org", "language": "de"},
       "subject": "Lost parcel", "description": "It never came."}""";

  @LocalServerPort
  private int port;

  @Test
  void aCaseIsOpenedWithItsNumberTierAndPrivateLink() {
    var answer = Http.as(port, "agent").post("/api/cases", LOST_PARCEL);

    assertThat(answer.statusCode()).isEqualTo(201);
    String number = JsonPath.read(answer.body(), "$.number");
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/cases/" + number);
    assertThat(JsonPath.<String>read(answer.body(), "$.tier")).isEqualTo("front-line");
    String statusUrl = JsonPath.read(answer.body(), "$.statusUrl");
    assertThat(Http.anonymous(port)
            .get(statusUrl.substring(statusUrl.indexOf("/status")))
            .body())
        .contains("Lost parcel", "lang=\"de\"", "Kundendienst");
  }

  @Test
  void theSameExternalIdOpensOneCaseEvenAtTheSameMoment() throws Exception {
    var body = LOST_PARCEL.replace(
        "\"subject\"", "\"externalId\": \"%s\", \"subject\"".formatted(UUID.randomUUID()));
    var agent = Http.as(port, "agent");
    agent.get("/api/cases?size=1");

    var pool = Executors.newFixedThreadPool(6);
    Callable<java.net.http.HttpResponse<String>> open = () -> agent.post("/api/cases", body);
    var answers = new ArrayList<java.net.http.HttpResponse<String>>();
    for (var future : pool.invokeAll(java.util.Collections.nCopies(6, open))) {
      answers.add(future.get());
    }
    pool.shutdown();

    assertThat(answers).extracting(java.net.http.HttpResponse::statusCode).containsOnly(200, 201);
    assertThat(answers.stream().filter(each -> each.statusCode() == 201)).hasSize(1);
    assertThat(answers.stream()
            .map(each -> JsonPath.<String>read(each.body(), "$.number"))
            .distinct())
        .hasSize(1);
  }

  @Test
  void aCaseGoesItsWholeWayOverHttp() {
    var agent = Http.as(port, "agent");
    var lead = Http.as(port, "lead");
    String number = JsonPath.read(agent.post("/api/cases", LOST_PARCEL).body(), "$.number");
    var of = "/api/cases/" + number;

    assertThat(agent.post(of + "/messages", """
        {"from": "agent", "text": "Which address?", "waitForCustomer": true}""").body()).contains("\"state\":\"waiting\"");
    assertThat(agent.get(of + "/deadlines").body()).contains("\"paused\":true");
    assertThat(agent.post(of + "/messages", """
        {"from": "customer", "text": "Number 7"}""").body()).contains("\"state\":\"open\"");
    assertThat(agent.put(of + "/priority", """
        {"priority": "high", "why": "A birthday present"}""").body()).contains("\"priority\":\"high\"");
    assertThat(agent.post(of + "/escalations", """
        {"reason": "complex-problem", "note": "The carrier does not answer"}""").body()).contains("\"tier\":\"team-lead\"");
    assertThat(agent.post(of + "/escalations", """
        {"reason": "customer-request", "note": "Wants the boss", "onBehalfOf": "customer"}""").body())
        .contains("\"tier\":\"department-manager\"");
    assertThat(Http.as(port, "manager").post(of + "/returns", """
        {"justification": "Send a new one, approved"}""").body())
        .contains("\"tier\":\"team-lead\"");
    assertThat(lead.post(of + "/resolution", """
        {"solution": "A new parcel is on its way"}""").body()).contains("\"state\":\"resolved\"");
    assertThat(agent.post(of + "/rejection", """
        {"why": "It came broken", "onBehalfOf": "customer"}""").body())
        .contains("\"tier\":\"department-manager\"", "\"state\":\"open\"");
    assertThat(Http.as(port, "manager").post(of + "/resolution", """
        {"solution": "Your money back"}""").statusCode())
        .isEqualTo(200);
    assertThat(agent.post(of + "/acceptance", """
        {"onBehalfOf": "customer"}""").body()).contains("\"state\":\"closed\"");
    assertThat(agent.post(of + "/reopening", """
        {"why": "No money came", "toTier": "front-line"}""").body()).contains("\"tier\":\"front-line\"");
    assertThat(agent.post(of + "/withdrawal", "{}").body()).contains("\"state\":\"withdrawn\"");

    var ledger = Http.as(port, "auditor").get(of + "/ledger").body();
    assertThat(JsonPath.<java.util.List<String>>read(ledger, "$.entries[*].what"))
        .containsSubsequence(
            "opened",
            "triaged",
            "acknowledged",
            "message-sent",
            "paused",
            "message-received",
            "resumed",
            "priority-changed",
            "claimed",
            "escalated",
            "escalated",
            "claimed",
            "returned",
            "claimed",
            "solution-proposed",
            "rejected",
            "escalated",
            "solution-proposed",
            "accepted",
            "closed",
            "reopened",
            "withdrawn");
    assertThat(JsonPath.<java.util.List<Integer>>read(ledger, "$.entries[*].seq"))
        .startsWith(1, 2, 3)
        .isSorted();
  }

  @Test
  void twoFirstCasesOfANewCustomerAtOnceAreBothOpened() throws Exception {
    var agent = Http.as(port, "agent");
    agent.get("/api/cases?size=1");
    var body = LOST_PARCEL.replace("erika@example.org", UUID.randomUUID() + "@example.org");
    var pool = Executors.newFixedThreadPool(2);
    Callable<Integer> open = () -> agent.post("/api/cases", body).statusCode();
    for (var future : pool.invokeAll(java.util.List.of(open, open))) {
      assertThat(future.get()).isEqualTo(201);
    }
    pool.shutdown();
  }

  @Test
  void whatIsNotToldAboutAKnownCustomerStaysAsItWas() {
    var agent = Http.as(port, "agent");
    var email = UUID.randomUUID() + "@example.org";
    agent.post(
        "/api/cases",
        LOST_PARCEL
            .replace("erika@example.org", email)
            .replace("\"language\": \"de\"", "\"language\": \"de\", \"segment\": \"premium\""));
    agent.post("/api/cases", """
        {"customer": {"name": "Erika", "email": "%s"}, "subject": "Again", "description": "And again"}""".formatted(email));

    assertThat(agent.get("/api/cases?customer=" + email).body())
        .contains("\"segment\":\"premium\"", "\"language\":\"de\"")
        .doesNotContain("standard");
  }

  @Test
  void aReplyOfTenThousandDifficultCharactersIsSentAndHoldsUpNothing() {
    var lostParcel = desk.opens(Desk.aCase());
    var text = "\\\"\\n".repeat(4_999);

    var answer = Http.as(port, "agent")
        .post(
            "/api/cases/" + lostParcel + "/messages",
            "{\"from\": \"agent\", \"text\": \"" + text + "x\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    desk.settle();
    desk.fastForward(desk.deadlines(lostParcel).limitAt());
    desk.expect(lostParcel).at(Desk.TEAM_LEAD);
  }

  static Stream<Arguments> badCases() {
    return Stream.of(
        Arguments.of("{}", "'customer name' is missing"),
        Arguments.of("", "no JSON"),
        Arguments.of("[1]", "no JSON"),
        Arguments.of(
            LOST_PARCEL.replace("\"subject\"", "\"urgency\": 1, \"subject\""),
            "There is no property 'urgency'"),
        Arguments.of(LOST_PARCEL.replace("erika@example.org", "a@b.c,d@e.f"), "a single address"),
        Arguments.of(LOST_PARCEL.replace("erika@example.org", "no address"), "a single address"),
        Arguments.of(
            LOST_PARCEL.replace("Erika Muster", "Bob\\r\\nBcc: x@y.z"), "must be a single line"),
        Arguments.of(LOST_PARCEL.replace("Lost parcel", "x".repeat(10_000)), "at most 200"),
        Arguments.of(LOST_PARCEL.replace("It never came.", "x".repeat(1_000_000)), "at most 10000"),
        Arguments.of(LOST_PARCEL.replace("Lost parcel", "a\\u0000b"), "control characters"),
        Arguments.of(LOST_PARCEL.replace("Lost parcel", "a\\ud800b"), "broken letters"),
        Arguments.of(LOST_PARCEL.replace("\"de\"", "\"klingon language\""), "'language'"),
        Arguments.of(
            LOST_PARCEL.replace("\"subject\"", "\"severity\": \"awful\", \"subject\""),
            "'severity' must be one of"),
        Arguments.of(
            LOST_PARCEL.replace("\"subject\"", "\"reason\": \"boredom\", \"subject\""),
            "'boredom' is no reason"),
        Arguments.of(
            LOST_PARCEL.replace("\"subject\"", "\"neededBy\": \"soon\", \"subject\""),
            "'neededBy' must be"),
        Arguments.of(LOST_PARCEL.replace("\"Lost parcel\"", "{}"), "wrong type"));
  }

  @ParameterizedTest
  @MethodSource("badCases")
  void aMistakeIsAnsweredWithWhatToChange(String body, String saying) {
    var answer = Http.as(port, "agent").post("/api/cases", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail")).contains(saying);
  }

  @Test
  void hostileTextIsKeptAsTextAndShownAsText() {
    var agent = Http.as(port, "agent");
    var answer =
        agent.post("/api/cases", LOST_PARCEL.replace("Lost parcel", "<script>alert(1)</script>"));
    assertThat(answer.statusCode()).isEqualTo(201);

    var page = agent.get("/cases/" + JsonPath.read(answer.body(), "$.number"));
    assertThat(page.statusCode()).isEqualTo(302);
    String status = JsonPath.read(answer.body(), "$.statusUrl");
    assertThat(Http.anonymous(port)
            .get(status.substring(status.indexOf("/status")))
            .body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void unknownCasesPagesAndStatesAreAnsweredInWords() {
    var agent = Http.as(port, "agent");
    assertThat(agent.get("/api/cases/C-999999").statusCode()).isEqualTo(404);
    assertThat(agent.get("/api/cases/nonsense").statusCode()).isEqualTo(404);
    assertThat(agent.get("/api/cases?size=1000000").statusCode()).isEqualTo(400);
    assertThat(agent.get("/api/cases?state=priority;drop").statusCode()).isEqualTo(400);
    assertThat(agent.get("/api/cases?size=many").statusCode()).isEqualTo(400);
    assertThat(agent
            .send("DELETE", "/api/cases/C-000001", null, java.util.Map.of())
            .statusCode())
        .isEqualTo(405);
  }

  @Test
  void whoeverIsTooLateIsToldWhatHappened() {
    var agent = Http.as(port, "agent");
    String number = JsonPath.read(agent.post("/api/cases", LOST_PARCEL).body(), "$.number");
    agent.post("/api/cases/" + number + "/resolution", "{\"solution\": \"Sent again\"}");

    var late = agent.post("/api/cases/" + number + "/resolution", "{\"solution\": \"Sent again\"}");

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(JsonPath.<String>read(late.body(), "$.happened.what"))
        .isEqualTo("solution-proposed");
    assertThat(desk.entries(CaseNumber.of(number), What.SOLUTION_PROPOSED)).hasSize(1);
  }

  @Test
  void anotherTiersCaseIsNotOnesOwnToDecide() {
    String number =
        JsonPath.read(Http.as(port, "agent").post("/api/cases", LOST_PARCEL).body(), "$.number");

    var of = "/api/cases/" + number;
    assertThat(Http.as(port, "lead")
            .post(of + "/resolution", "{\"solution\": \"x\"}")
            .statusCode())
        .isEqualTo(403);
    assertThat(Http.as(port, "auditor").post(of + "/withdrawal", "{}").statusCode())
        .isEqualTo(403);
    assertThat(Http.as(port, "auditor").post("/api/cases", LOST_PARCEL).statusCode())
        .isEqualTo(403);
    assertThat(Http.as(port, "admin")
            .post(of + "/messages", "{\"from\":\"agent\",\"text\":\"x\"}")
            .statusCode())
        .isEqualTo(403);
    assertThat(Http.as(port, "auditor").get(of + "/ledger").statusCode()).isEqualTo(200);
    desk.expect(CaseNumber.of(number)).inState("open");
  }

  @Test
  void pagesOfCasesFollowOneAnotherWithoutGapsOrRepetitions() {
    var agent = Http.as(port, "agent");
    var email = UUID.randomUUID() + "@example.org";
    for (var i = 0; i < 5; i++) {
      agent.post("/api/cases", LOST_PARCEL.replace("erika@example.org", email));
    }

    var seen = new ArrayList<String>();
    String after = null;
    do {
      var page = agent
          .get("/api/cases?size=2&customer=" + email + (after == null ? "" : "&after=" + after))
          .body();
      seen.addAll(JsonPath.read(page, "$.cases[*].number"));
      after = JsonPath.read(page, "$.next");
    } while (after != null);

    assertThat(seen)
        .hasSize(5)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void theInterfaceIsDescribedInOpenApi() {
    var description = Http.as(port, "agent").get("/v3/api-docs").body();

    assertThat(JsonPath.<java.util.Map<String, Object>>read(description, "$.paths"))
        .containsKeys(
            "/api/cases", "/api/cases/{number}/escalations", "/api/cases/{number}/ledger");
    assertThat(Http.anonymous(port).get("/v3/api-docs").statusCode()).isEqualTo(401);
  }

  @Test
  void deployingChangedServiceLevelsChangesTheLimitOfTheNextCaseWithoutARestart() throws Exception {
    var before = desk.opens(Desk.aCase());
    var original = new String(
        getClass().getResourceAsStream("/processes/service-levels.dmn").readAllBytes(),
        java.nio.charset.StandardCharsets.UTF_8);
    var changed = original.replaceFirst(
        "(?s)(\"normal\"</text>.*?\"front-line\"</text>.*?)\"PT8H\"", "$1\"PT1H\"");
    assertThat(changed).isNotEqualTo(original);

    try {
      assertThat(deploy(changed)).isEqualTo(200);
      var after = desk.opens(Desk.aCase());
      assertThat(desk.deadlines(after).limitAt()).isEqualTo(desk.now().plus(Duration.ofHours(1)));
      assertThat(desk.deadlines(before).limitAt()).isAfter(desk.now().plus(Duration.ofHours(1)));
    } finally {
      assertThat(deploy(original)).isEqualTo(200);
    }
  }

  private int deploy(String table) {
    var boundary = "boundary" + UUID.randomUUID();
    var body =
        "--%s\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nowner\r\n--%s\r\nContent-Disposition: form-data; name=\"service-levels.dmn\"; filename=\"service-levels.dmn\"\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, boundary, table, boundary);
    return Http.as(port, "owner")
        .send(
            "POST",
            "/engine-rest/deployment/create",
            body,
            java.util.Map.of("Content-Type", "multipart/form-data; boundary=" + boundary))
        .statusCode();
  }
}
