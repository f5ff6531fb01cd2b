package org.escalationpath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.escalationpath.Browser.button;
import static org.escalationpath.Browser.violations;
import static org.escalationpath.Desk.aCase;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.escalationpath.workshop.ModelMigrations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An owner checks, compares, deploys and moves cases, in a real browser. */
@Tag("browser")
class OwnersDayTest extends EngineTest {

  @RegisterExtension
  static Browser browser = new Browser();

  @LocalServerPort
  private int port;

  @Autowired
  private ModelMigrations migrations;

  private final List<String> errors = new ArrayList<>();

  private Page owner() {
    var page = browser.signedIn(port, "owner");
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        errors.add(message.text());
      }
    });
    page.onPageError(errors::add);
    return page;
  }

  private void open(Page page, String address) {
    page.navigate("http://localhost:" + port + address);
  }

  private void checks(Page page, FilePayload... files) {
    open(page, "/models");
    page.locator("#files").setInputFiles(files);
    page.locator("main form.card button").click();
    assertThat(page.locator("h2").first()).not().hasText("Check and deploy");
  }

  /** Whether everybody can use a page, in each look; with a glance at each. */
  private void looksWell(Page page, String name, Runnable goThere) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      goThere.run();
      assertThat(violations(page, name + " " + scheme)).isEmpty();
      Browser.glance(page, "page-" + name + (scheme == ColorScheme.DARK ? "-dark" : ""));
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    open(page, "/models?lang=de");
    page.setViewportSize(360, 740);
    goThere.run();
    assertThat(page.locator("html")).hasAttribute("lang", "de");
    assertThat((boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
        .as(name)
        .isFalse();
    Browser.glance(page, "page-" + name + "-phone");
    open(page, "/models?lang=en");
    page.setViewportSize(1280, 900);
  }

  private static FilePayload file(String path, String pattern, String to) throws IOException {
    var text = Files.readString(Path.of(path));
    var changed = Pattern.compile(pattern, Pattern.DOTALL).matcher(text).replaceFirst(to);
    assertThat(changed).as(path).isNotEqualTo(text);
    return new FilePayload(
        Path.of(path).getFileName().toString(),
        "application/octet-stream",
        changed.getBytes(StandardCharsets.UTF_8));
  }

  private static FilePayload path() throws IOException {
    return file("processes/escalation-path.bpmn", "name=\"Was it solved\\?\"", "name=\"Solved?\"");
  }

  private static FilePayload levels() throws IOException {
    return file(
        "processes/service-levels.dmn",
        "(rule_service-levels_6\".*?)\"PT4H\"(.*?)\"PT1H\"",
        "$1\"PT2H\"$2\"PT30M\"");
  }

  private static FilePayload form() throws IOException {
    return file(
        "forms/resolve-at-team-lead.form",
        "\"label\": \"Solution for the customer\"",
        "\"label\": \"What we offer\"");
  }

  private static Locator after(Page page, String file) {
    return page.locator(".beside[data-file='" + file + "'] figure").last();
  }

  @Test
  void whatIsWrongIsShownOnTheDiagram() throws IOException {
    var page = owner();
    var broken = file(
        "processes/escalation-path.bpmn",
        "candidateGroups=\"team-lead\"",
        "candidateGroups=\"team-leads\"");
    looksWell(page, "models-refused", () -> {
      checks(page, broken);
      assertThat(page.locator(".diagram[data-drawn]")).hasCount(2);
    });
    checks(page, broken);

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("These files would be refused.");
    var task = "[data-element-id=userTask_resolveAtTeamLead]";
    var diagrams = page.locator(".diagram[data-drawn]");
    assertThat(diagrams).hasCount(2);
    assertThat(diagrams.nth(0).locator(task + ".finding-ERROR")).hasCount(0);
    assertThat(diagrams.nth(1).locator(task + ".finding-ERROR.change-CHANGED")).hasCount(1);
    assertThat(diagrams.nth(1).locator(".badge")).hasText("error");
    button(page, "Resolve at team lead").first().press("Enter");
    assertThat(diagrams.nth(1).locator(task + ".pointed-at")).hasCount(1);
    assertThat(diagrams.nth(1).locator(task)).isInViewport();
    assertThat(page.locator("form[action$=deploy]")).hasCount(0);
    assertThat(errors).isEmpty();
  }

  @Test
  void whatChangesStandsBesideWhatWasBeforeItIsDeployedAndAfter() throws IOException {
    var page = owner();
    checks(page, path(), levels(), form());

    // with many files, only those are opened that somebody asks for
    assertThat(page.locator(".diagram[data-drawn]")).hasCount(0);
    button(page, "Limit for tier, high, team-lead: 4 h → 2 h").click();
    var row = page.locator(".beside[data-file='service-levels.dmn'] tr.pointed-at");
    assertThat(row).hasCount(2);
    assertThat(row.nth(0).locator("del")).hasText(new String[] {"4 h", "1 h"});
    assertThat(row.nth(1).locator("ins")).hasText(new String[] {"2 h", "30 min"});
    assertThat(row.nth(1)).containsText("changed");
    button(page, "'Solved?', name: Was it solved? → Solved?").click();
    assertThat(after(page, "escalation-path.bpmn")
            .locator("[data-element-id=gateway_howDidItEnd].change-CHANGED.pointed-at"))
        .hasCount(1);
    page.locator("details").last().locator("summary").click();
    assertThat(after(page, "resolve-at-team-lead.form").locator("ins")).hasText("What we offer");
    assertThat(violations(page, "check")).isEmpty();

    page.getByLabel("What changes, in a few words").first().fill("Team leads get two hours");
    button(page, "Deploy").click();
    assertThat(page.getByText("Deployed: 3 files.")).isVisible();
    looksWell(page, "models-compare", () -> compares(page, "model/escalation-path"));
    compares(page, "model/escalation-path");
    assertThat(page.locator("[data-element-id=gateway_howDidItEnd].change-CHANGED"))
        .hasCount(2);
    looksWell(page, "models-compare-form", () -> compares(page, "form/resolve-at-team-lead"));
    compares(page, "form/resolve-at-team-lead");
    assertThat(page.locator("del")).hasText("Solution for the customer");
    looksWell(page, "models-compare-table", () -> compares(page, "decision/service-levels"));
    compares(page, "decision/service-levels");
    assertThat(page.locator("tr.line-CHANGED")).hasCount(2);
    assertThat(errors).isEmpty();
  }

  private void compares(Page page, String file) {
    open(page, "/models/" + file);
    page.locator("a[href*='/models/compare']").first().click();
    assertThat(page.locator("#one")).isVisible();
    for (var diagram : page.locator(".diagram").all()) {
      assertThat(diagram).hasAttribute("data-drawn", "true");
    }
  }

  @Test
  void bothDiagramsShowTheSamePart() throws IOException {
    var page = owner();
    checks(page, path());
    assertThat(page.locator(".diagram[data-drawn]")).hasCount(2);

    button(page, "'Solved?', name: Was it solved? → Solved?").click();

    var shown = parts(page);
    assertThat(shown.get(0).get(0)).as("scale").isGreaterThan(0.75);
    page.locator(".diagram").first().hover();
    page.mouse().wheel(0, 200);
    page.waitForFunction(
        "before => document.querySelector('.diagram .viewport').getCTM().f !== before",
        shown.get(0).get(2));
    assertThat(parts(page).get(1).get(2)).isNotEqualTo(shown.get(1).get(2));
    assertThat(errors).isEmpty();
  }

  /** Scale, left and top of what each diagram shows; the same in both. */
  @SuppressWarnings("unchecked")
  private static List<List<Double>> parts(Page page) {
    var parts = (List<List<Number>>)
        page.evaluate(
            "Array.from(document.querySelectorAll('.diagram .viewport')).map(each => [each.getCTM().a, each.getCTM().e, each.getCTM().f])");
    var numbers = parts.stream()
        .map(part -> part.stream().map(Number::doubleValue).toList())
        .toList();
    for (var index = 0; index < 3; index++) {
      assertThat(numbers.get(0).get(index)).isCloseTo(numbers.get(1).get(index), within(0.1));
    }
    return numbers;
  }

  @Test
  void thePageSaysByItselfHowFarMovingCasesIs() throws IOException {
    desk.opens(aCase());
    var page = owner();
    checks(page, path());
    page.getByLabel("What changes, in a few words").first().fill("A shorter question");
    button(page, "Deploy").click();
    open(page, "/models/model/escalation-path");
    page.getByText("Move its cases to the latest").click();
    page.getByLabel("Why").fill("For all");
    button(page, "Move all").click();
    var moved = page.locator("#moved");
    assertThat(moved).containsText("0 / 1");
    assertThat(moved.locator("progress")).hasCount(1);
    assertThat(violations(page, "moving")).isEmpty();

    while (migrations.moveSome() > 0) {
      // until none waits
    }

    assertThat(moved).containsText("1 / 1");
    assertThat(moved.locator("progress")).hasCount(0);
    assertThat(errors).isEmpty();
  }
}
