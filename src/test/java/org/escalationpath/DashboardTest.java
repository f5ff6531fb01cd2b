package org.escalationpath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.escalationpath.imports.Imports;
import org.escalationpath.metrics.FactKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The dashboard in a real browser, with the cases of a real service desk where they are at hand. */
@Tag("browser")
class DashboardTest extends EngineTest {

  private static final Path LOG = Path.of("../shared/data/bpic2013-incidents-early.csv.gz");

  @RegisterExtension
  static final Browser browser = new Browser();

  @LocalServerPort
  private int port;

  @Autowired
  private Imports imports;

  @Autowired
  private FactKeeper facts;

  @AfterEach
  void takeBack() {
    imports.all().forEach(each -> imports.remove(each.id()));
  }

  private String here(String path) {
    return "http://localhost:" + port + path;
  }

  @Test
  void somebodyNewSeesWhichTierIsTheBottleneckAndWhy() throws IOException {
    assumeTrue(Files.exists(LOG), "skipped: no log at " + LOG);
    var id = imports.begin(
        "bpic2013.csv.gz",
        Files.readString(Path.of("docs/imports/bpic2013.yaml")),
        Files.newInputStream(LOG));
    Awaitility.await()
        .atMost(2, TimeUnit.MINUTES)
        .until(() -> imports.find(id).orElseThrow().state().equals("done"));
    var lead = browser.signedIn(port, "lead");
    var period = "?import=" + id + "&from=2012-01-01&to=2012-06-30";

    lead.navigate(here("/metrics/path" + period));

    drawn(lead);
    assertThat(lead.locator("#chart-tiers .lead"))
        .containsText("The bottleneck is team lead: 50 % of all the time");
    assertThat(lead.locator("#chart-tiers .lead")).containsText("somebody there has the case");
    assertThat(lead.locator("#chart-escalation-rates .lead"))
        .containsText("front line passes on most");
    for (var chart : List.of("ways", "tiers", "escalation-rates", "reasons")) {
      Browser.picture(lead.locator("#chart-" + chart), "chart-" + chart);
    }
    lead.navigate(here("/metrics/trend" + period));
    drawn(lead);
    for (var chart : List.of("flow", "resolution", "control")) {
      Browser.picture(lead.locator("#chart-" + chart), "chart-" + chart);
    }
    lead.locator("#chart-resolution summary").click();
    lead.locator("#chart-resolution tbody a").first().click();
    assertThat(lead.locator("h1")).containsText("First resolution");
    assertThat(lead.locator("tbody tr").first()).containsText(id + ":");
  }

  private static void drawn(Page page) {
    for (var canvas : page.locator(".canvas[data-chart]").all()) {
      assertThat(canvas).hasAttribute("data-drawn", "true");
    }
  }

  @Test
  void whatHappensIsSeenWithoutAskingAgain() {
    desk.forgetAllCases();
    var lead = browser.signedIn(port, "lead");
    lead.navigate(here("/metrics"));
    var open = lead.locator("#strip tbody tr").first().locator("td").nth(1);
    assertThat(lead.locator("#strip")).containsText("Nothing is open");

    desk.opens(aCase());
    facts.refresh();

    assertThat(open).hasText("1");
  }

  @Test
  void aNumberLeadsToItsCases() {
    var number = desk.opens(aCase().ofProduct("of this case alone"));
    facts.refresh();
    var lead = browser.signedIn(port, "lead");
    lead.navigate(here("/metrics?product=of%20this%20case%20alone"));
    lead.locator(".headlines p", new Page.LocatorOptions().setHasText("Backlog"))
        .locator("a")
        .click();

    assertThat(lead.locator("h1")).containsText("Backlog");
    assertThat(lead.locator("tbody")).containsText(number.value());
  }

  @Test
  void whatIsAskedForWronglyIsSaidOnAPage() {
    var lead = Http.signedIn(port, "lead");
    for (var query : List.of(
        "/metrics?from=yesterday",
        "/metrics/trend?tier=" + "x".repeat(300),
        "/metrics/cases",
        "/metrics/cases?metric=happiness",
        "/metrics?colour=red")) {
      var answer = lead.get(query);
      Assertions.assertThat(answer.statusCode()).as(query).isEqualTo(400);
    }
    for (var hostile : List.of("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>")) {
      var encoded = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
      Assertions.assertThat(lead.get("/metrics/path?category=" + encoded).body())
          .doesNotContain(hostile);
    }
    Assertions.assertThat(Http.anonymous(port).get("/metrics").statusCode()).isEqualTo(302);
  }

  @Test
  void anOwnerBringsInALogOnThePage() {
    var owner = Http.signedIn(port, "owner");
    var refused =
        owner.submit("/metrics/imports", "/metrics/imports", Map.of("mapping", "format: what"));
    Assertions.assertThat(refused.body())
        .as("what was typed stays")
        .contains("role=\"alert\"")
        .contains("format: what</textarea>");
    var agent = Http.signedIn(port, "agent");
    Assertions.assertThat(agent.get("/metrics/imports").body()).doesNotContain("name=\"mapping\"");
  }
}
