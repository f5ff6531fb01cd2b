package org.escalationpath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Chromium for the tests of a class. Where there is none, tests say they were skipped; with {@code -Dbrowser=required} they fail. */
final class Browser implements BeforeAllCallback, AfterAllCallback {

  private static final List<String> PLACES = List.of(
      "/usr/bin/chromium",
      "/usr/bin/chromium-browser",
      "/usr/bin/google-chrome",
      "/snap/bin/chromium");

  private static final double LONGEST_GLANCE = 1_300;

  private @Nullable Playwright playwright;
  private com.microsoft.playwright.@Nullable Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    var executable = Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
    if (executable.isEmpty()) {
      var message = "No Chromium found in " + PLACES + "; install it or set CHROMIUM to its path";
      if ("required".equals(System.getProperty("browser"))) {
        throw new IllegalStateException(message);
      }
      abort("skipped: " + message);
    }
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(executable.orElseThrow())
            .setArgs(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-sync")));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  /** A new visitor with cookies of their own. */
  Page visitor() {
    return visitor("en-GB");
  }

  /** A new visitor whose browser asks for this language. */
  Page visitor(String language) {
    BrowserContext context =
        browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(1280, 900)
            .setLocale(language)
            .setTimezoneId("Europe/Berlin"));
    context.setDefaultTimeout(20_000);
    return context.newPage();
  }

  /** The demo's door: one click signs a person in. */
  Page signedIn(int port, String person) {
    var page = visitor();
    page.navigate("http://localhost:" + port + "/");
    button(page, "Sign in as " + person).click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("Hello");
    return page;
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What axe finds on a page that not everybody can use. */
  static List<String> violations(Page page, String where) {
    return new AxeBuilder(page)
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze()
            .getViolations()
            .stream()
            .map(each -> where + ": " + each.getId() + " " + each.getImpact() + " " + each.getHelp()
                + " "
                + each.getNodes().stream().limit(3).map(node -> node.getHtml()).toList())
            .toList();
  }

  /** Keeps a picture of the page, for people to look at. */
  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions()
        .setPath(Path.of(System.getProperty("pictures", "target/pictures"), name + ".png"))
        .setFullPage(true));
  }

  /** Keeps a picture of a part of a page. */
  static void picture(Locator part, String name) {
    part.screenshot(new Locator.ScreenshotOptions()
        .setPath(Path.of(System.getProperty("pictures", "target/pictures"), name + ".png")));
  }

  /** As {@link #picture(Page, String)}, but only of what is at the top of a long page. */
  static void glance(Page page, String name) {
    var height = ((Number) page.evaluate("document.documentElement.scrollHeight")).doubleValue();
    page.screenshot(new Page.ScreenshotOptions()
        .setPath(Path.of(System.getProperty("pictures", "target/pictures"), name + ".png"))
        .setFullPage(true)
        .setClip(0, 0, page.viewportSize().width, Math.min(height, LONGEST_GLANCE)));
  }
}
