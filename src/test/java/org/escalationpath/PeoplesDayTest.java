package org.escalationpath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Browser.button;
import static org.escalationpath.Browser.violations;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.CaseSearch.Order.NEWEST;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.audit.Samples;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.review.Reviews;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each role's day on our pages, in a real browser; and whether everybody can use them. */
@Tag("browser")
class PeoplesDayTest extends EngineTest {

  @RegisterExtension
  static Browser browser = new Browser();

  @LocalServerPort
  private int port;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private Exceptions exceptions;

  @Autowired
  private Samples samples;

  @Autowired
  private Reviews reviews;

  @Autowired
  private Debriefs debriefs;

  private String here(String address) {
    return "http://localhost:" + port + address.replaceFirst("^http://[^/]+", "");
  }

  private Page signedIn(String person) {
    return browser.signedIn(port, person);
  }

  @Test
  void aCaseFromTheFormToTheRating() {
    var customer = customerOpensByForm();
    var number = desk.search
        .page(CaseFilter.ofCustomer("carla.day@example.org"), NEWEST, null, 1)
        .cases()
        .get(0)
        .number();
    var agent = signedIn("agent");
    agentRepliesAndAsks(agent, number);
    customerAnswersByTheMail(number);
    agentEscalatesWhileTheLeadLooksOn(agent, number);
    leadResolves(number);
    customerRejects(number);
    somebodyResolves("manager", number, "You get a new lamp, and an apology.");
    customerAccepts(number);
    desk.fastForward(Duration.ofDays(1));
    customerRates(number);

    desk.expect(number)
        .inState("closed")
        .ledger(
            What.OPENED,
            What.CLAIMED,
            What.MESSAGE_SENT,
            What.PAUSED,
            What.MESSAGE_RECEIVED,
            What.RESUMED,
            What.ESCALATED,
            What.SOLUTION_PROPOSED,
            What.REJECTED,
            What.SOLUTION_PROPOSED,
            What.ACCEPTED);
    assertThat(customer.getByText("Your case is with our front line")).isVisible();
  }

  private Page customerOpensByForm() {
    var customer = browser.visitor();
    customer.navigate(here("/"));
    customer
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open a case"))
        .first()
        .click();
    customer.getByLabel("What is it about?").fill("The lamp flickers");
    customer.getByLabel("What happened?").fill("Every evening at eight.");
    customer.getByLabel("Your name").fill("Carla Day");
    customer.getByLabel("E-mail address").fill("carla.day@nowhere@");
    customer
        .getByLabel("Files")
        .setInputFiles(new FilePayload(
            "lamp.txt", "text/plain", "on, off, on".getBytes(StandardCharsets.UTF_8)));
    // what the browser itself would catch is caught by us, too
    customer.evaluate("document.querySelector('main form').noValidate = true");
    button(customer, "Send").click();
    assertThat(customer.getByRole(AriaRole.ALERT))
        .containsText("single address like name@example.org");
    assertThat(customer.getByLabel("What happened?")).hasValue("Every evening at eight.");
    Browser.picture(customer, "open-case-mistake");

    customer.getByLabel("E-mail address").fill("carla.day@example.org");
    customer
        .getByLabel("Files")
        .setInputFiles(new FilePayload(
            "lamp.txt", "text/plain", "on, off, on".getBytes(StandardCharsets.UTF_8)));
    button(customer, "Send").click();
    assertThat(customer.getByRole(AriaRole.STATUS))
        .containsText("We have your case. Its number is C-");
    assertThat(customer.getByText("lamp.txt")).isVisible();
    Browser.picture(customer, "case-opened");
    desk.settle();
    return customer;
  }

  private void agentRepliesAndAsks(Page agent, CaseNumber number) {
    agent.navigate(here("/"));
    agent.getByText("The lamp flickers").first().click();
    button(agent, "Claim").click();
    write(agent, "We are looking at it.", "A reply to the customer");
    assertThat(agent.getByRole(AriaRole.STATUS).first()).hasText("Kept.");
    write(agent, "Which lamp is it?", "A question to the customer: wait for the answer");
    desk.settle();
    desk.expect(number).inState("waiting");
    assertThat(agent.locator("#facts")).containsText("stands still");
  }

  private static void write(Page page, String text, String kind) {
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(text);
    page.getByLabel(kind).check();
    button(page, "Write").click();
  }

  private void customerAnswersByTheMail(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    assertThat(customer.getByText("We have asked you something")).isVisible();
    customer.getByLabel("Write to us").fill("The tall one in the hall.");
    button(customer, "Send").click();
    assertThat(customer.getByRole(AriaRole.STATUS)).hasText("Thank you, we have your message.");
    desk.settle();
    desk.expect(number).inState("open");
  }

  /** Two people have the case open: what one does the other sees, without reloading and without losing what they typed. */
  private void agentEscalatesWhileTheLeadLooksOn(Page agent, CaseNumber number) {
    var lead = signedIn("lead");
    lead.navigate(here("/cases/" + number));
    lead.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill("Half a sentence");

    agent.navigate(here("/cases/" + number));
    agent
        .getByText("Escalate", new Page.GetByTextOptions().setExact(true))
        .first()
        .click();
    agent.locator("form[action$=escalations] select[name=reason]").selectOption("complex-problem");
    agent.getByLabel("Note for the tier that takes over").fill("It needs an electrician.");
    agent.locator("#escalateAsk").fill("A lamp that does not flicker");
    agent.locator("#escalateMood").selectOption("impatient");
    Browser.picture(agent.locator("details:has(form[action$=escalations])"), "case-escalate");
    button(agent, "Escalate").click();
    assertThat(agent.getByRole(AriaRole.STATUS).first()).hasText("Escalated.");

    assertThat(lead.locator("#news")).containsText("escalated by Ada Agent");
    assertThat(lead.locator("#facts")).containsText("team lead");
    assertThat(lead.locator("#brief")).containsText("A lamp that does not flicker");
    assertThat(lead.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)))
        .hasValue("Half a sentence");
    Browser.glance(lead, "case-live");
    desk.settle();
  }

  private void leadResolves(CaseNumber number) {
    var lead = somebodyResolves("lead", number, "An electrician comes on Friday.");
    assertThat(lead.getByText("Confirmed by Ada Agent")).isVisible();
    Browser.glance(lead, "case-resolved");
  }

  private Page somebodyResolves(String person, CaseNumber number, String solution) {
    var page = signedIn(person);
    page.navigate(here("/cases/" + number));
    page.getByText("Resolve", new Page.GetByTextOptions().setExact(true)).click();
    page.getByLabel("Solution, as the customer reads it").fill(solution);
    button(page, "Propose solution").click();
    assertThat(page.getByRole(AriaRole.STATUS).first())
        .hasText("The solution is on its way to the customer.");
    desk.settle();
    return page;
  }

  private void customerRejects(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    Browser.picture(customer, "status-resolved");
    customer.getByText("No, it does not help").click();
    customer.getByLabel("What is missing?").fill("I leave on Thursday.");
    button(customer, "Reject the solution").click();
    assertThat(customer.getByRole(AriaRole.STATUS))
        .containsText("Somebody higher looks at your case now.");
    assertThat(customer.locator(".path .here")).containsText("department manager");
    desk.settle();
  }

  private void customerAccepts(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    button(customer, "Yes, the solution helps").click();
    assertThat(customer.getByText("Your case is closed.")).isVisible();
    desk.settle();
  }

  private void customerRates(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    // by keyboard: the stars are one group, and arrows go through it
    customer.getByLabel("1 very dissatisfied").focus();
    customer.keyboard().press("Space");
    for (var n = 0; n < 3; n++) {
      customer.keyboard().press("ArrowRight");
    }
    assertThat(customer
            .getByLabel("4", new Page.GetByLabelOptions().setExact(true))
            .first())
        .isChecked();
    customer.getByLabel("Yes", new Page.GetByLabelOptions().setExact(true)).check();
    button(customer, "Send").click();
    assertThat(customer.getByRole(AriaRole.STATUS)).hasText("Thank you for your answer.");
  }

  @Test
  void aCaseIsWorkedOnWithTheKeyboardAlone() {
    var number = desk.opens(aCase());
    var agent = signedIn("agent");
    agent.navigate(here("/cases"));
    agent.keyboard().press("/");
    agent.keyboard().type(number.value());
    agent.keyboard().press("Enter");
    assertThat(agent.locator("#found tbody tr")).hasCount(1);
    agent.locator("#found tbody a").first().focus();
    agent.keyboard().press("Enter");
    assertThat(agent.locator("h1")).containsText(number.value());

    agent.keyboard().press("Tab");
    assertThat(agent.locator(".skip")).isFocused();
    agent.keyboard().press("Enter");
    tabTo(agent, "textarea[name=text]");
    agent.keyboard().type("Typed without a mouse.");
    tabTo(agent, "form[action$=messages] button");
    agent.keyboard().press("Enter");
    assertThat(agent.locator("#conversation").getByText("Typed without a mouse."))
        .isVisible();
    tabTo(agent, "details:has(form[action$=resolution]) > summary");
    agent.keyboard().press("Enter");
    tabTo(agent, "#solution");
    agent.keyboard().type("Solved by keys.");
    agent.keyboard().press("Tab");
    agent.keyboard().press("Enter");

    assertThat(agent.getByRole(AriaRole.STATUS).first()).containsText("on its way");
    desk.expect(number).inState("resolved");
  }

  private static void tabTo(Page page, String target) {
    for (var n = 0; n < 60; n++) {
      page.keyboard().press("Tab");
      if ((boolean) page.evaluate("target => document.activeElement.matches(target)", target)) {
        return;
      }
    }
    throw new AssertionError("The key Tab never comes to " + target);
  }

  // ---- everybody

  /** All pages, by name, with something to show. */
  private Map<String, String> pages() {
    var open = desk.opens(aCase());
    desk.escalates(open, COMPLEX_PROBLEM, null);
    var resolved = desk.opens(aCase());
    desk.resolves(resolved);
    var closed = desk.opens(aCase());
    desk.resolves(closed);
    desk.customer(closed, () -> desk.escalation.accept(closed, "customer"));
    var asked = desk.opens(aCase());
    desk.resolves(asked);
    desk.customer(asked, () -> desk.escalation.accept(asked, "customer"));
    desk.fastForward(Duration.ofDays(1));
    desk.asksWhetherTheyRecommendUs(asked);
    var message = Http.signedIn(port, "agent")
        .get("/outbox?case=" + open)
        .body()
        .replaceFirst("(?s).*href=\"(/outbox/[\\w-]+)\".*", "$1");
    var pages = new LinkedHashMap<String, String>();
    pages.put("first", "/");
    pages.put("sign-in", "/login");
    pages.put("open-case", "/open");
    pages.put("status", desk.lastLink(open));
    pages.put("status-solution", desk.lastLink(resolved));
    pages.put("survey", desk.lastLink(closed));
    pages.put("survey-nps", desk.lastLink(asked));
    pages.put("cases", "/cases");
    pages.put("case", "/cases/" + open);
    pages.put("outbox", "/outbox");
    pages.put("message", message);
    pages.put("findings", "/findings");
    pages.put("calendars", "/calendars");
    pages.put("calendar", "/calendars/office");
    pages.put("problem", "/cases/C-999999");
    facts.refresh();
    pages.put("dashboard", "/metrics");
    pages.put("dashboard-trend", "/metrics/trend");
    pages.put("dashboard-path", "/metrics/path");
    pages.put("dashboard-satisfaction", "/metrics/satisfaction");
    pages.put("dashboard-themes", "/metrics/themes");
    pages.put("metric-definitions", "/metrics/definitions");
    pages.put("metric-cases", "/metrics/cases?metric=opened");
    pages.put("admin-imports", "/metrics/imports");
    pages.put("admin-improvement", "/metrics/improvement");
    pages.put("admin-review", "/metrics/reviews/" + review());
    exceptions.examine();
    pages.put("audit", "/audit");
    pages.put("audit-case", "/audit/cases/" + closed);
    pages.put("audit-events", "/audit/events");
    pages.put("audit-journal", "/audit/journal");
    pages.put("audit-heat", "/audit/heat");
    pages.put("admin-models", "/models");
    pages.put("admin-model", "/models/model/escalation-path");
    pages.put("audit-samples", "/audit/samples");
    pages.put("audit-sample", "/audit/samples/" + sampleOf(closed));
    pages.put("admin-erasure", "/erasure");
    return pages;
  }

  /** One that has been held, with an action that names a version, and with what somebody said. */
  private String review() {
    Http.signedIn(port, "lead")
        .submit("/cases", "/remarks", Map.of("page", "/cases", "text", "Too many columns"));
    desk.as("owner", reviews::begin);
    var task = desk.tasks.createTaskQuery().taskName("Hold review").singleResult();
    desk.as(
        "owner",
        () -> desk.tasks.complete(
            task.getId(),
            Map.of(
                "conclusion", "It works, but slowly",
                "action1", "Give the front line more time",
                "owner1", "lead",
                "due1", "2026-12-15")));
    var review = reviews.find(reviews.all().get(0).id()).orElseThrow();
    debriefs.actions(Instant.EPOCH).stream()
        .filter(each -> each.debrief().equals(review.debrief()))
        .forEach(each -> debriefs.realised(each.id(), "service-levels:1"));
    return review.id();
  }

  private String sampleOf(CaseNumber closed) {
    var day = LocalDate.ofInstant(desk.theCase(closed).closedAt(), ZoneOffset.UTC);
    desk.as("auditor", () -> samples.draw(day, day, 3, null, "were limits kept?"));
    return samples.all().get(0).id();
  }

  /** Until it is drawn, where it has a diagram. */
  private void visit(Page page, String address) {
    page.navigate(here(address));
    for (var diagram : page.locator(".diagram, .canvas[data-chart]").all()) {
      assertThat(diagram).hasAttribute("data-drawn", "true");
    }
  }

  @Test
  void axeFindsNothingOnAnyPageInAnyLook() {
    var pages = pages();
    var lead = signedIn("lead");
    var auditor = signedIn("auditor");
    var admin = signedIn("admin");
    var found = new ArrayList<String>();

    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      pages.forEach((name, address) -> {
        var page = name.startsWith("audit") ? auditor : name.startsWith("admin") ? admin : lead;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        visit(page, address);
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
        found.addAll(violations(page, name + " " + scheme));
        visit(page, address);
        Browser.glance(page, "page-" + name + (scheme == ColorScheme.DARK ? "-dark" : ""));
      });
    }

    assertThat(found).isEmpty();
  }

  private Page phoneOf(String person) {
    var phone = browser.visitor("de-DE");
    phone.setViewportSize(360, 740);
    phone.navigate(here("/login"));
    phone.getByLabel("Benutzername").fill(person);
    phone.getByLabel("Passwort").fill("demo");
    button(phone, "Anmelden").click();
    return phone;
  }

  @Test
  void noPageIsWiderThanAPhoneInGerman() {
    var pages = pages();
    var leads = phoneOf("lead");
    var auditors = phoneOf("auditor");
    var admins = phoneOf("admin");
    var wide = new ArrayList<String>();

    pages.forEach((name, address) -> {
      var phone = name.startsWith("audit") ? auditors : name.startsWith("admin") ? admins : leads;
      visit(
          phone,
          address
              + (address.contains("/status/") || address.contains("/survey/") ? "?lang=de" : ""));
      assertThat(phone.locator("html")).hasAttribute("lang", "de");
      if ((boolean) phone.evaluate("document.documentElement.scrollWidth > window.innerWidth")) {
        wide.add(name);
      }
      Browser.glance(phone, "page-" + name + "-phone");
    });

    assertThat(wide).isEmpty();
  }

  @Test
  void whatAPageNeedsIsSmall() throws IOException {
    var staff = Http.signedIn(port, "agent");
    var number = desk.opens(aCase());
    var page = staff.get("/cases/" + number).body();
    var total = gzipped(page);
    var parts =
        Pattern.compile("(?:src|href)=\"(/(?:css|js|vendor|images)/[^\"]+)\"").matcher(page);
    var count = 0;
    while (parts.find()) {
      total += gzipped(staff.get(parts.group(1)).body());
      count++;
    }

    System.out.println("MEASURED page bundle: " + total + " bytes compressed, " + count + " files");
    assertThat(count).isGreaterThanOrEqualTo(4);
    assertThat(total).isLessThan(100_000);
  }

  private static int gzipped(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size();
  }

  // ---- the auditor

  /** "Why did it reach the department manager, was it in time, under which rules, and has anyone altered that?" */
  @Test
  void anAuditorFindsOutAboutACaseFromThePages() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.fastForward(desk.deadlines(number).limitAt());
    desk.resolves(number);
    var errors = new ArrayList<String>();
    var auditor = signedIn("auditor");
    auditor.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        errors.add(message.text());
      }
    });

    auditor
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit").setExact(true))
        .click();
    auditor.getByLabel("History of the case").fill(number.value());
    button(auditor, "Show").click();

    var way = auditor.locator("section.of-way tbody tr");
    assertThat(way).hasCount(3);
    assertThat(way.nth(1)).containsText("no, the limit was");
    assertThat(way.nth(2)).containsText("department manager");
    assertThat(way.nth(2)).containsText("escalated, system · time sensitivity · timer");
    assertThat(way.nth(2)).containsText("escalation-path:");
    assertThat(auditor.locator("section.of-seals .done")).containsText("No.");
    replay(auditor);
    theMarkOfItsMakersIsSeen(auditor);
    Browser.picture(auditor, "audit-case");
    way.nth(2).getByRole(AriaRole.LINK).first().click();
    assertThat(auditor.locator("tr:target")).containsText("escalated");
    assertThat(errors).isEmpty();
  }

  /** Cockpit opens a tab of its own as soon as it has loaded. */
  private static void tab(Page page, String name) {
    page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
    page.locator(".tabbed .nav a, [role=tab], .nav-tabs a").getByText(name).click();
  }

  @Test
  void cockpitLeadsToTheHistoryOfACaseThatHasEnded() {
    // the tab lists the latest, and other tests have been in the future
    ClockUtil.setCurrentTime(java.util.Date.from(java.time.Instant.parse("2040-01-02T09:00:00Z")));
    var ended = desk.opens(aCase());
    desk.resolves(ended);
    desk.customer(ended, () -> desk.escalation.accept(ended, "customer"));
    var running = desk.opens(aCase());
    var instance = desk.task(running).getProcessInstanceId();
    var definition = desk.task(running).getProcessDefinitionId();
    for (var person : List.of("auditor", "owner")) {
      var page = signedIn(person);
      page.navigate(
          here("/camunda/app/cockpit/default/#/process-definition/" + definition + "/runtime"));
      tab(page, "Audit");
      assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(ended.value())))
          .hasAttribute("href", "/audit/cases/" + ended);
      Browser.glance(page, "cockpit-audit-tab");
      page.navigate(
          here("/camunda/app/cockpit/default/#/process-instance/" + instance + "/runtime"));
      // the address differs behind its # only, so that the tabs of the process may still be there
      page.reload();
      tab(page, "Audit");
      assertThat(page.getByText("History of " + running)).isVisible();
    }
  }

  private static void replay(Page page) {
    assertThat(page.locator("#path")).hasAttribute("data-drawn", "true");
    var output = page.locator(".replay output");
    var departmentManager =
        page.locator("[data-element-id=userTask_resolveAtDepartmentManager].was-there");
    assertThat(departmentManager).hasCount(1);
    button(page, "To the beginning").click();
    assertThat(output).containsText("Step 1 of");
    assertThat(departmentManager).hasCount(0);
    assertThat(page.locator("[data-element-id=userTask_resolveAtFrontLine].is-there"))
        .hasCount(1);
    page.getByLabel("Replay", new Page.GetByLabelOptions().setExact(true)).press("ArrowRight");
    assertThat(output).containsText("Step 2 of");
    button(page, "To the end").click();
    assertThat(departmentManager).hasCount(1);
    button(page, "Task done: Resolve at department manager").press("Enter");
    assertThat(page.locator("[data-element-id=userTask_resolveAtDepartmentManager].pointed-at"))
        .hasCount(1);
  }

  /** The licence of the library asks for it. */
  private static void theMarkOfItsMakersIsSeen(Page page) {
    page.locator(".bjs-powered-by").scrollIntoViewIfNeeded();
    assertThat(page.locator(".bjs-powered-by")).isInViewport();
    assertThat((boolean) page.evaluate("""
            () => {
              const box = document.querySelector('.bjs-powered-by').getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return !!top.closest('.bjs-powered-by');
            }
            """)).isTrue();
  }
}
