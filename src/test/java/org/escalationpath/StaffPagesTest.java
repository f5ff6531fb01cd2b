package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases, a case, and messages, as staff see them and work with them. */
class StaffPagesTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  private final String word = "w" + UUID.randomUUID().toString().substring(0, 8);

  private Http as(String person) {
    return Http.signedIn(port, person);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  // ---- the list

  @Test
  void casesAreFoundByNumberNameAddressWordsTierStateReasonAndOwner() {
    var first = desk.opens(aCase().named("Anna " + word));
    var second = desk.opens(aCase().named("Berta " + word).ofSeverity("high"));
    desk.as("agent", () -> desk.tasks.claim(desk.task(second).getId(), "agent"));
    desk.escalates(second, COMPLEX_PROBLEM, null);
    var agent = as("agent");

    assertThat(found(agent, "text=" + word)).contains(first.value(), second.value());
    assertThat(found(agent, "text=anna+" + word))
        .contains(first.value())
        .doesNotContain(second.value());
    assertThat(found(agent, "text=" + first))
        .contains(first.value())
        .doesNotContain(second.value());
    assertThat(found(agent, "text=" + first.value().replace("C-0", ""))).contains(first.value());
    assertThat(found(agent, "text=" + encode(desk.theCase(second).customer().email())))
        .contains(second.value());
    var both = "&text=" + word;
    assertThat(found(agent, "tier=team-lead" + both))
        .contains(second.value())
        .doesNotContain(first.value());
    assertThat(found(agent, "priority=high" + both))
        .contains(second.value())
        .doesNotContain(first.value());
    assertThat(found(agent, "reason=complex-problem" + both))
        .contains(second.value())
        .doesNotContain(first.value());
    assertThat(found(agent, "owner=me" + both))
        .contains(second.value())
        .doesNotContain(first.value());
    assertThat(found(agent, "state=ended" + both)).contains("No case is like that.");
    assertThat(found(agent, "text=%25")).contains("No case is like that.");
  }

  private static String found(Http person, String query) {
    var answer = person.get("/cases?" + query);
    assertThat(answer.statusCode()).as(query).isEqualTo(200);
    return answer.body();
  }

  @Test
  void whoseLimitPassesWithinTheHourStandsOnTheDashboardWithItsMinutes() {
    var number = desk.opens(aCase().named(word));
    var agent = as("agent");
    var atRisk = "due=at-risk&order=due&text=" + word;
    assertThat(found(agent, atRisk)).contains("No case is like that.");
    assertThat(agent.get("/metrics/now").body()).doesNotContain(number.value());

    desk.fastForward(desk.deadlines(number).limitAt().minus(Duration.ofSeconds(29 * 60 + 30)));

    assertThat(found(agent, atRisk)).contains(number.value());
    assertThat(agent.get("/metrics/now").body())
        .containsPattern("30 min</td>\\s*<td class=\"nowrap\"><a href=\"/cases/" + number)
        .contains("/cases?tier=front-line&amp;due=at-risk&amp;order=due");

    // whose limit has passed is late, and no more at risk
    desk.management.createJobQuery().timers().active().list().stream()
        .filter(job -> job.getProcessInstanceId() != null)
        .forEach(job -> desk.management.suspendJobById(job.getId()));
    ClockUtil.setCurrentTime(Date.from(desk.deadlines(number).limitAt().plusSeconds(1)));
    assertThat(found(agent, atRisk)).contains("No case is like that.");
    assertThat(found(agent, "due=late&text=" + word)).contains(number.value());
    assertThat(agent.get("/metrics/now").body()).doesNotContain(number.value());
  }

  @Test
  void whatIsDueFollowsTheClocks() {
    var number = desk.opens(aCase().named(word));
    var limit = desk.deadlines(number).limitAt();
    assertThat(desk.theCase(number).dueAt()).isEqualTo(limit);
    var agent = as("agent");
    var late = "due=late&order=due&text=" + word;
    assertThat(found(agent, late)).contains("No case is like that.");

    desk.as(
        "agent",
        () -> desk.escalation.changePriority(
            number, org.escalationpath.cases.Priority.HIGH, "Urgent"));
    assertThat(desk.theCase(number).dueAt())
        .isEqualTo(desk.deadlines(number).limitAt())
        .isBefore(limit);
    assertThat(found(agent, "due=PT5H&text=" + word)).contains(number.value());
    Http.as(port, "agent")
        .post(
            "/api/cases/" + number + "/messages",
            "{\"from\": \"agent\", \"text\": \"Which?\", \"waitForCustomer\": true}");
    assertThat(desk.theCase(number).dueAt()).as("while it waits").isNull();
    Http.as(port, "agent")
        .post(
            "/api/cases/" + number + "/messages", "{\"from\": \"customer\", \"text\": \"That.\"}");
    assertThat(desk.theCase(number).dueAt()).isEqualTo(desk.deadlines(number).limitAt());

    desk.fastForward(desk.deadlines(number).limitAt());
    desk.expect(number).at(Desk.TEAM_LEAD);
    assertThat(desk.theCase(number).dueAt()).isEqualTo(desk.deadlines(number).limitAt());
    desk.resolves(number);
    assertThat(desk.theCase(number).dueAt()).as("with a solution proposed").isNull();
    desk.as("owner", () -> desk.escalation.replan(number, "A new policy"));
    assertThat(desk.theCase(number).dueAt())
        .as("replanned with a solution proposed")
        .isNull();
    assertThat(found(agent, "order=due&text=" + word))
        .as("what has no limit comes last, and is there")
        .contains(number.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=priority%3Bdrop",
        "order=number%3Bdrop",
        "tier=" + "x",
        "priority=huge",
        "reason=boredom",
        "due=tomorrow",
        "due=PT9999999999999H",
        "after=nonsense",
        "text=a%00b"
      })
  void badSearchesAreAnsweredInWordsAndNeverBreak(String query) {
    var page = as("agent").get("/cases?" + query);
    var api = Http.as(port, "agent").get("/api/cases?" + query);

    assertThat(page.statusCode()).as(page.body()).isIn(200, 400, 404);
    assertThat(api.statusCode()).as(api.body()).isIn(200, 400, 404);
  }

  @Test
  void pagesLieEndToEndInBothOrders() {
    for (var n = 0; n < 53; n++) {
      desk.intake.open(aCase().named("Page " + word).toNewCase());
    }
    var agent = as("agent");
    for (var order : new String[] {"newest", "due"}) {
      var first = found(agent, "order=" + order + "&text=" + word);
      var next = first
          .replaceFirst("(?s).*href=\"(/cases\\?[^\"]*after=[^\"]+)\".*", "$1")
          .replace("&amp;", "&");
      var second = agent.get(next).body();

      assertThat(first.split("Page " + word, -1)).hasSize(51);
      assertThat(second.split("Page " + word, -1)).hasSize(4);
      assertThat(second).contains("53 cases").doesNotContain("Next page");
    }
  }

  @Test
  void aSearchIsKeptAsAViewOfOnesOwnAndDeleted() {
    var agent = as("agent");
    var page = "/cases?tier=team-lead";

    agent.submit(
        page, "/cases/views", Map.of("name", "At " + word, "tier", "team-lead", "order", "due"));

    assertThat(agent.get("/cases").body())
        .contains("At " + word, "/cases?tier=team-lead&amp;order=due");
    assertThat(as("lead").get("/cases").body()).doesNotContain("At " + word);
    agent.submit(page, "/cases/views", Map.of("name", "", "tier", "team-lead"));
    assertThat(agent.get(page).body()).contains("Name: please fill it in.");
    agent.submit(page, "/cases/views", Map.of("name", "<script>x", "text", "\"><script>"));
    assertThat(agent.get("/cases").body()).doesNotContain("<script>x", "\"><script>");
    agent.submit(page, "/cases/views/deletion", Map.of("name", "At " + word));
    assertThat(agent.get("/cases").body()).doesNotContain("At " + word);
  }

  @Test
  void aCsvFileHasAllThatWasFoundAndNoFormulas() {
    desk.opens(aCase().named("=HYPERLINK(\"http://evil\"," + word + ")"));
    desk.opens(aCase().named("Quote \" and, comma " + word));

    var csv = as("agent").get("/cases.csv?text=" + word);

    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body().lines()).hasSize(3);
    assertThat(csv.body())
        .startsWith("\uFEFFnumber,subject,customer")
        .contains("\"'=HYPERLINK(\"\"http://evil\"\"," + word + ")\"")
        .contains("\"Quote \"\" and, comma " + word + "\"");
    assertThat(Http.anonymous(port).get("/cases.csv").statusCode()).isEqualTo(302);
    assertThat(as("agent").get("/cases.csv?order=x").statusCode()).isEqualTo(400);
  }

  // ---- a case

  @Test
  void theSenderConfirmsTheBriefAndWhoeverTakesOverReadsIt() {
    var number = desk.opens(aCase());
    var agent = as("agent");
    var page = "/cases/" + number;
    assertThat(agent.get(page).body())
        .contains("Built automatically from the case; nobody has confirmed it.");

    var answer = agent.submit(
        page,
        page + "/escalations",
        Map.of(
            "visit",
            "1",
            "reason",
            "complex-problem",
            "note",
            "See the brief",
            "toTier",
            "",
            "ask",
            "A new parcel by Friday",
            "tried",
            "The carrier was asked twice",
            "promised",
            "An answer today",
            "mood",
            "upset"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    desk.expect(number).at(Desk.TEAM_LEAD);
    assertThat(as("lead").get(page).body())
        .contains(
            "A new parcel by Friday", "The carrier was asked twice", "An answer today", "upset")
        .contains("Confirmed by Ada Agent on");
    assertThat(String.valueOf(desk.tasks.getVariableLocal(desk.task(number).getId(), "brief")))
        .contains("A new parcel by Friday", "(Confirmed by agent on");

    desk.fastForward(Duration.ofHours(1));
    Http.as(port, "agent")
        .post(
            "/api/cases/" + number + "/messages",
            "{\"from\": \"customer\", \"text\": \"By Thursday now!\"}");
    assertThat(as("lead").get(page).body()).contains("They have written since", "By Thursday now!");
    desk.fastForward(desk.deadlines(number).limitAt());
    assertThat(as("manager").get(page).body())
        .as("what nobody confirmed for this tier")
        .doesNotContain("The carrier was asked twice")
        .contains("nobody has confirmed it");
  }

  @Test
  void aGermanReaderReadsGerman() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForThirdParty(desk.theCase(number), "Carrier"));
    var page = "/cases/" + number;
    var agent = as("agent");
    agent.get("/?lang=de");

    assertThat(agent.get(page).body())
        .contains(
            "Noch hat niemand daran gearbeitet.",
            "die Uhr steht still, während wir auf Dritte warten")
        .contains("eingestuft, von System am Mo. 23. Nov. 2026 10:00 MEZ")
        .doesNotContain("Nobody", " by ", "waiting for");
    assertThat(agent
            .submit(page, page + "/priority", Map.of("priority", "normal", "why", "x"))
            .body())
        .contains("Es wurde nichts getan")
        .doesNotContain("its priority is");
    assertThat(agent.submit(page, page + "/repair", Map.of("why", "x")).body())
        .contains("Das ist anderen vorbehalten.");
    assertThat(agent.get("/cases/C-999999").body()).contains("Diesen Fall gibt es nicht.");
  }

  @Test
  void whoeverWasSlowerIsToldWhatHappenedAndKeepsWhatTheyTyped() {
    var number = desk.opens(aCase());
    var page = "/cases/" + number;
    var agent = as("agent");
    agent.get(page);
    desk.fastForward(desk.deadlines(number).limitAt());

    var answer = agent.submit(
        page, page + "/resolution", Map.of("visit", "1", "solution", "My long and careful answer"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains(
            "Nothing was done",
            "escalated by system on",
            "to team lead",
            "My long and careful answer");
    desk.expect(number).at(Desk.TEAM_LEAD).withoutLedger(What.SOLUTION_PROPOSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages           | agent   | kind=reply         | 400",
        "messages           | agent   | kind=shout&text=x  | 400",
        "messages           | agent   | text=x             | 400",
        "messages           | auditor | kind=note&text=x   | 403",
        "escalations        | agent   | visit=1&reason=boredom&note=x | 400",
        "escalations        | agent   | visit=1&reason=complex-problem | 400",
        "escalations        | agent   | visit=1&reason=complex-problem&note=x&toTier=nowhere | 400",
        "escalations        | agent   | visit=1&reason=complex-problem&note=x&ask=x&mood=furious | 400",
        "escalations        | agent   | reason=complex-problem&note=x | 409",
        "escalations        | lead    | visit=1&reason=complex-problem&note=x | 403",
        "returns            | agent   | visit=1&justification=x | 400",
        "resolution         | agent   | visit=1            | 400",
        "resolution         | owner   | visit=1&solution=x | 403",
        "claim              | agent   | visit=7            | 409",
        "claim              | lead    | visit=1            | 403",
        "priority           | agent   | priority=huge&why=x | 400",
        "priority           | agent   | priority=normal&why=x | 409",
        "customers-move     | agent   | move=dance         | 400",
        "customers-move     | agent   | move=accept        | 409",
        "links-revocation   | auditor | why=x              | 403",
        "repair             | agent   | why=x              | 403",
        "replanning         | agent   | why=x              | 403",
        "replanning         | owner   | why=               | 400"
      })
  void whatCannotBeDoneIsRefusedAndChangesNothing(
      String command, String person, String form, int status) {
    var number = desk.opens(aCase());
    var before = desk.ledger.of(number).size();
    var fields = new java.util.HashMap<String, String>();
    for (var field : form.split("&")) {
      fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
    }

    var answer = as(person).submit("/cases/" + number, "/cases/" + number + "/" + command, fields);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(desk.ledger.of(number)).hasSize(before);
  }

  @Test
  void aPersonTakesACaseOnItsPage() {
    var number = desk.opens(aCase());
    var agent = as("agent");
    var page = "/cases/" + number;

    assertThat(agent.submit(page, page + "/claim", Map.of("visit", "1")).statusCode())
        .isEqualTo(302);

    assertThat(desk.task(number).getAssignee()).isEqualTo("agent");
    desk.expect(number).ledger(What.CLAIMED);
    assertThat(agent.get(page).body()).doesNotContain(">Claim<");
  }

  @Test
  void whatChangesWhileAPageIsOpenIsShownWithoutItsForms() {
    var number = desk.opens(aCase());
    var page = "/cases/" + number;
    desk.escalates(number, COMPLEX_PROBLEM, null);

    var changes = as("lead").get(page + "/changes?visit=1&state=open&seq=1").body();

    assertThat(changes)
        .contains(
            "hx-swap-oob=\"true\"", "escalated by Ada Agent on", "What you can do has changed")
        .doesNotContain("<form");
    assertThat(as("lead").get(page + "/changes?visit=2&state=open&seq=1").body())
        .doesNotContain("What you can do has changed");
    var last = desk.ledger.lastSeq(number);
    assertThat(as("lead").get(page + "/changes?visit=1&state=open&seq=" + last).statusCode())
        .as("nothing has changed")
        .isEqualTo(204);
    assertThat(
            Http.anonymous(port).get(page + "/changes?visit=1&state=open&seq=1").statusCode())
        .isEqualTo(302);
    assertThat(Http.anonymous(port).get(page + "/live").statusCode()).isEqualTo(302);
  }

  // ---- messages

  @Test
  void aMessageIsFoundReadAndSentAgainWithAFreshLink() {
    var number = desk.opens(aCase());
    var before = desk.lastLink(number);
    var agent = as("agent");

    var list = agent.get("/outbox?case=" + number + "&recipient=customer").body();
    assertThat(list).contains("We have received your case", "delivered");
    var message = list.replaceFirst("(?s).*href=\"(/outbox/[\\w-]+)\".*", "$1");
    assertThat(agent.get(message).body())
        .contains("Your case has the number " + number, "/status/…")
        .doesNotContain(before.replaceFirst(".*/", ""));

    assertThat(agent.submit(message, message + "/resending", Map.of()).statusCode())
        .isEqualTo(302);
    desk.settle();

    assertThat(desk.mailsToCustomer(number)).hasSize(2);
    assertThat(desk.lastLink(number)).isNotEqualTo(before);
    assertThat(desk.entries(number, What.MESSAGE_RESENT)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("agent");
      assertThat(entry.details()).containsEntry("template", "case-acknowledged");
    });
    assertThat(as("auditor").submit(message, message + "/resending", Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(agent.submit(message, message + "/link", Map.of()).statusCode())
        .as("private links are for customers")
        .isEqualTo(403);
  }

  @Test
  void aMessageOnItsWayIsNotSentAgain() {
    var number = CaseNumber.of(
        desk.intake.open(aCase().toNewCase()).customerCase().number().value());
    var agent = as("agent");
    var list = agent.get("/outbox?case=" + number + "&state=requested").body();
    var message = list.replaceFirst("(?s).*href=\"(/outbox/[\\w-]+)\".*", "$1");

    var answer = agent.submit(message, message + "/resending", Map.of());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Only a message that was delivered");
    desk.settle();
    assertThat(desk.mailsToCustomer(number)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"state=lost", "recipient=all", "case=nonsense", "before=abc", "person=a%00b"})
  void badFiltersOfMessagesAreAnsweredInWords(String query) {
    assertThat(as("agent").get("/outbox?" + query).statusCode()).isIn(400, 404);
    assertThat(as("agent").get("/outbox/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void aDigestIsNotSentAgainAndNothingTwiceAtOnce() {
    var number = desk.opens(aCase());
    var agent = as("agent");
    var list = agent.get("/outbox?case=" + number + "&recipient=customer").body();
    var message = list.replaceFirst("(?s).*href=\"(/outbox/[\\w-]+)\".*", "$1");
    agent.submit(message, message + "/resending", Map.of());

    assertThat(agent.submit(message, message + "/resending", Map.of()).body())
        .contains("This message is on its way again already.");

    desk.settle();
    assertThat(desk.mailsToCustomer(number)).hasSize(2);
    jdbc.sql("update notification set template = 'customer-digest' where id = :id")
        .param("id", message.replaceFirst(".*/", ""))
        .update();
    assertThat(agent.submit("/outbox", message + "/resending", Map.of()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPartOfAPageWithoutASessionLeadsTheWholePageToTheSignIn() {
    var answer = Http.anonymous(port).send("GET", "/numbers", null, Map.of("HX-Request", "true"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login");
  }

  @Test
  void aNumberIsAlsoLookedForInWords() {
    var number = desk.opens(aCase().named("Order 88231" + word));

    assertThat(found(as("agent"), "text=88231" + word)).contains(number.value());
    assertThat(found(as("agent"), "text=88231")).contains(number.value());
  }

  // ---- the first page

  @Test
  void theFirstPageShowsStaffTheirOwnWorkAndHowThingsStand() {
    var mine = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(mine).getId(), "agent"));
    var free = desk.opens(aCase());

    var page = as("agent").get("/").body();

    assertThat(page).contains("Hello Ada Agent", mine.value(), free.value(), "How things stand");
    assertThat(as("agent").get("/numbers").body())
        .contains("waiting for acceptance")
        .doesNotContain("<html");
    assertThat(Http.anonymous(port).get("/numbers").statusCode()).isEqualTo(302);
    assertThat(as("agent").submit("/", "/demo/removal", Map.of()).statusCode()).isEqualTo(403);
  }
}
