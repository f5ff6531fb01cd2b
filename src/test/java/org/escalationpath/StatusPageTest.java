package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What customers see and do behind their private links. */
class StatusPageTest extends EngineTest {

  @LocalServerPort
  private int port;

  private String link(CaseNumber number) {
    return URI.create(desk.lastLink(number)).getPath();
  }

  private static Http.File file(String name) {
    return new Http.File(name, ("content of " + name).getBytes(StandardCharsets.UTF_8));
  }

  private static String fileLink(String page, String name) {
    return page.replaceFirst("(?s).*href=\"([^\"]+)\">" + name + "<.*", "$1");
  }

  @Test
  void thePathShowsWhereTheCaseWasIsAndWhoOwnsIt() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.escalates(number, COMPLEX_PROBLEM, Desk.DEPARTMENT_MANAGER);

    var page = Http.anonymous(port).get(link(number)).body();

    assertThat(page.replaceAll("\\s+", " "))
        .contains("<li class=\"done\"><span>front line</span>")
        .contains("<li class=\"skipped\"><span>team lead</span>")
        .contains("<li class=\"here\" aria-current=\"step\"><span>department manager</span>")
        .contains("<li class=\"ahead\"><span>senior management</span>")
        .contains("Your case is with our department manager.")
        .contains("Ada is responsible for your case");
  }

  @Test
  void aCustomerReadsTheirOwnLanguageAndMayChooseAnother() {
    var number = desk.opens(aCase().speaking("de"));
    var customer = Http.anonymous(port);

    assertThat(customer.get(link(number)).body())
        .contains("lang=\"de\"", "Ihr Fall ist jetzt hier: Kundendienst.");
    assertThat(customer.get(link(number) + "?lang=en").body())
        .contains("Your case is with our front line.");
    assertThat(customer.get(link(number)).body()).contains("lang=\"en\"");
    assertThat(customer.get(link(number) + "?lang=fr").statusCode()).isEqualTo(200);
    assertThat(customer.get(link(number) + "?lang=%00%3Cscript%3E").statusCode())
        .isEqualTo(200);
  }

  @Test
  void filesGoBothWaysAndThoseOfInternalNotesStayInside() {
    var number = desk.opens(aCase());
    var link = link(number);
    var customer = Http.anonymous(port);
    var agent = Http.signedIn(port, "agent");
    var page = "/cases/" + number;
    assertThat(customer
            .upload(link, link + "/messages", Map.of("text", ""), List.of(file("mine.txt")))
            .statusCode())
        .isEqualTo(302);
    assertThat(agent
            .upload(
                page,
                page + "/messages",
                Map.of("text", "Here.", "kind", "reply"),
                List.of(file("ours.txt")))
            .statusCode())
        .isEqualTo(302);
    assertThat(agent
            .upload(
                page,
                page + "/messages",
                Map.of("text", "Hm.", "kind", "note"),
                List.of(file("secret.txt")))
            .statusCode())
        .isEqualTo(302);

    var status = customer.get(link).body();
    assertThat(status).contains("mine.txt", "ours.txt").doesNotContain("secret.txt", "Hm.");
    assertThat(customer.get(fileLink(status, "ours.txt")).body()).isEqualTo("content of ours.txt");
    var staff = agent.get(page).body();
    assertThat(agent.get(fileLink(staff, "mine.txt")).body()).isEqualTo("content of mine.txt");
    var secret = fileLink(staff, "secret.txt");
    assertThat(agent.get(secret).body()).isEqualTo("content of secret.txt");
    var id = secret.replaceFirst(".*/", "");
    assertThat(customer.get(link + "/files/" + id).statusCode()).isEqualTo(404);
    assertThat(Http.anonymous(port).get(secret).statusCode()).isEqualTo(302);
    assertThat(desk.entries(number, What.MESSAGE_RECEIVED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("files", 1));

    // the link of one case opens no file of another
    var other = desk.opens(aCase());
    var mine = fileLink(status, "mine.txt").replaceFirst(".*/", "");
    assertThat(customer.get(link(other) + "/files/" + mine).statusCode()).isEqualTo(404);
    assertThat(agent.get("/cases/" + other + "/files/" + mine).statusCode()).isEqualTo(404);
  }

  @Test
  void aMessageWithABadFileIsNotKeptAtAllAndWhatWasTypedStays() {
    var number = desk.opens(aCase());
    var link = link(number);

    var answer = Http.anonymous(port)
        .upload(
            link,
            link + "/messages",
            Map.of("text", "See the film."),
            List.of(file("good.txt"), new Http.File("film.mp4", new byte[10_000_001])));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .contains("larger than 10 MB", "See the film.</textarea>")
        .doesNotContain("good.txt");
    assertThat(desk.entries(number, What.MESSAGE_RECEIVED)).isEmpty();
  }

  @Test
  void whoeverIsTooLateSeesWhereTheCaseIsAndWhatTheyTyped() {
    var number = desk.opens(aCase());
    desk.resolves(number);
    var link = link(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));

    var answer = Http.anonymous(port)
        .submit(link, link + "/moves", Map.of("move", "reject", "why", "It broke again!"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("Your case has moved on meanwhile", "It broke again!", "Your case is closed.");
    desk.expect(number).inState("closed");
  }

  @Test
  void linksThatWentAstrayAreMadeInvalidAndTheNextMailBringsANewOne() {
    var number = desk.opens(aCase());
    var old = link(number);
    var agent = Http.signedIn(port, "agent");
    var page = "/cases/" + number;

    assertThat(agent.submit(page, page + "/links-revocation", Map.of("why", "")).statusCode())
        .isEqualTo(400);
    assertThat(agent
            .submit(page, page + "/links-revocation", Map.of("why", "Posted on a forum"))
            .statusCode())
        .isEqualTo(302);

    assertThat(Http.anonymous(port).get(old).statusCode()).isEqualTo(404);
    assertThat(Http.anonymous(port)
            .submit("/open", old + "/moves", Map.of("move", "withdraw"))
            .statusCode())
        .isEqualTo(404);
    desk.expect(number).inState("open").ledger(What.LINKS_REVOKED);
    desk.resolves(number);
    assertThat(Http.anonymous(port).get(link(number)).statusCode()).isEqualTo(200);
  }

  @Test
  void theLookIsTheReadersChoice() {
    var visitor = Http.anonymous(port);

    assertThat(visitor.get("/open?theme=dark").body()).contains("data-theme=\"dark\"");
    assertThat(visitor.get("/open").body()).contains("data-theme=\"dark\"");
    assertThat(visitor.get("/open?theme=%22onload=x").body()).contains("data-theme=\"dark\"");
  }
}
