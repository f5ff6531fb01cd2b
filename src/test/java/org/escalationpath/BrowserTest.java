package org.escalationpath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.CaseSearch.Order.NEWEST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** People at work in a real browser: agents in Tasklist, customers on their pages. */
@Tag("browser")
class BrowserTest extends EngineTest {

  @RegisterExtension
  static Browser browser = new Browser();

  @LocalServerPort
  private int port;

  @org.springframework.beans.factory.annotation.Autowired
  private org.escalationpath.auditor.EscalationAuditor auditor;

  @Test
  void aCaseFromItsOpeningToTheImprovementThatComesOfIt() {
    var agent = signedIn("agent");
    var number = agentOpensACase(agent);
    agentResolves(agent, number, "first");

    customerAccepts(number);
    desk.fastForward(Duration.ofDays(1));
    customerRatesBadly(number);
    desk.fastForward(Duration.ofMinutes(10));

    var lead = signedIn("lead");
    leadCallsBackAndReopens(lead);
    desk.expect(number).at(FRONT_LINE).inState("open").ledger(What.RATED, What.REOPENED);
    agentResolves(agent, number, "second");
    customerAccepts(number);
    leadHoldsTheDebrief(lead);
    ownerImproves(signedIn("owner"));

    desk.expect(number).ended().ledger(What.REOPENED, What.CLOSED, What.DEBRIEFED);
  }

  private CaseNumber agentOpensACase(Page agent) {
    agent.getByText("Start process").click();
    agent
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Escalation path"))
        .click();
    agent.getByLabel("Name of the customer").fill("Erika Muster");
    agent.getByLabel("E-mail address").fill("erika.browser@example.org");
    agent.getByLabel("What is it about?").fill("The invoice is wrong");
    agent.getByLabel("What happened?").fill("It lists two parcels, I had one.");
    Browser.picture(agent, "tasklist-open-case");
    agent
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true))
        .click();
    assertThat(agent
            .locator(
                ".task .names:has-text('Resolve at front line'), .task:has-text('Resolve at front line')")
            .first())
        .isVisible();
    desk.settle();
    return desk.search
        .page(CaseFilter.ofCustomer("erika.browser@example.org"), NEWEST, null, 1)
        .cases()
        .get(0)
        .number();
  }

  private void agentResolves(Page agent, CaseNumber number, String time) {
    openTask(agent, "Front line", "Resolve at front line");
    assertThat(agent.getByLabel("Hand-over brief"))
        .hasValue(java.util.regex.Pattern.compile("Case " + number + "[\\s\\S]*"));
    claim(agent);
    agent.getByText("Resolve: propose a solution to the customer").click();
    agent.getByLabel("Solution for the customer").fill("We corrected the invoice.");
    Browser.picture(agent, "tasklist-resolve-" + time);
    complete(agent);
    desk.settle();
    desk.expect(number).inState("resolved");
    assertThat(desk.entries(number, What.SOLUTION_PROPOSED))
        .last()
        .extracting("who")
        .isEqualTo("agent");
  }

  private void customerAccepts(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    assertThat(customer.getByText("We corrected the invoice.").first()).isVisible();
    Browser.picture(customer, "status-page");
    customer
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Yes, the solution helps"))
        .click();
    assertThat(customer.getByRole(AriaRole.STATUS))
        .hasText("Thank you. We are glad that it helps.");
    desk.settle();
    desk.expect(number).inState("closed");
  }

  private void customerRatesBadly(CaseNumber number) {
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    customer.getByLabel("1 very dissatisfied").check();
    customer.getByLabel("2").nth(1).check();
    customer.getByLabel("No", new Page.GetByLabelOptions().setExact(true)).check();
    customer.getByLabel("Anything else?").fill("The new invoice is wrong too.");
    Browser.picture(customer, "survey-page");
    customer
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
        .click();
    assertThat(customer.getByRole(AriaRole.STATUS)).hasText("Thank you for your answer.");
  }

  private void leadCallsBackAndReopens(Page lead) {
    openTask(lead, "Call-backs", "Call customer back");
    assertThat(lead.getByLabel("Hand-over brief"))
        .hasValue(java.util.regex.Pattern.compile("[\\s\\S]*Rated 1 of 5[\\s\\S]*"));
    claim(lead);
    lead.getByText("Reopen the case", new Page.GetByTextOptions().setExact(true))
        .click();
    lead.getByLabel("What did the customer say?").fill("Both invoices list a parcel too many.");
    Browser.picture(lead, "tasklist-call-back");
    complete(lead);
    desk.settle();
  }

  private void leadHoldsTheDebrief(Page lead) {
    openTask(lead, "Debriefs", "Hold debrief");
    claim(lead);
    lead.getByLabel("What happened?").fill("The invoice was corrected by hand, and wrongly.");
    choose(lead, "Theme", "Our process stood in the way");
    lead.getByText("Yes", new Page.GetByTextOptions().setExact(true)).click();
    lead.getByLabel("Improvement action 1").fill("Let the system correct invoices");
    lead.getByLabel("Who carries it out? (user name)").fill("owner");
    lead.getByLabel("By when?").fill("12/31/2026");
    lead.getByLabel("By when?").press("Enter");
    Browser.picture(lead, "tasklist-debrief");
    complete(lead);
    desk.settle();
  }

  private void ownerImproves(Page owner) {
    openTask(owner, "Improvement actions", "Improve");
    owner.getByText("Done", new Page.GetByTextOptions().setExact(true)).click();
    owner.getByLabel("What was done, or why not?").fill("It does now.");
    complete(owner);
    assertThat(desk.tasks.createTaskQuery().taskName("Improve").count()).isZero();
  }

  @Test
  void tasklistShowsACompletedFormsMistakesAndTellsTheSecondAgentThatItIsTooLate() {
    var number = desk.opens(aCase());
    var first = signedIn("agent");
    openTask(first, "Front line", "Resolve at front line");
    claim(first);
    var second = signedIn("agent");
    openTask(second, "Front line", "Resolve at front line");

    second.getByText("Escalate to a higher tier").click();
    second
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
        .click();
    assertThat(second.getByText("Field is required.")).hasCount(2);
    openTask(second, "Front line", "Resolve at front line");

    first.getByText("Escalate to a higher tier").click();
    choose(first, "Reason", "The customer asks for it");
    first.getByLabel("Note for the tier that takes over").fill("She wants to speak to a lead.");
    Browser.picture(first, "tasklist-escalate");
    complete(first);

    second.getByText("Resolve: propose a solution to the customer").click();
    second.getByLabel("Solution for the customer").fill("Too late");
    second
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
        .click();
    assertThat(second
            .getByText("Somebody else was faster")
            .or(second.getByText("does not exist"))
            .first())
        .isVisible();
    desk.settle();
    desk.expect(number).at(Desk.TEAM_LEAD).withoutLedger(What.SOLUTION_PROPOSED);
  }

  @Test
  void hostileNamesAndTextsRunNowhere() {
    var hostile =
        "<img src=x onerror=alert(1)>{{constructor.constructor('alert(1)')()}}[x](javascript:alert(1))";
    var number = desk.opens(aCase().named(hostile));
    desk.as(
        "agent",
        () -> desk.escalation.escalate(
            desk.theCase(number), org.escalationpath.cases.Reason.COMPLEX_PROBLEM, hostile, null));
    var alarms = new ArrayList<String>();

    var lead = signedIn("lead");
    lead.onDialog(dialog -> {
      alarms.add(dialog.message());
      dialog.dismiss();
    });
    openTask(lead, "Team lead", "Resolve at team lead");
    assertThat(lead.getByLabel("Hand-over brief"))
        .hasValue(java.util.regex.Pattern.compile("[\\s\\S]*onerror[\\s\\S]*"));
    for (var page : List.of("/cases", "/cases/" + number)) {
      lead.navigate(here(page));
      assertThat(lead.getByText("onerror=alert(1)").first()).isVisible();
    }
    lead.navigate(here(desk.lastLink(number)));

    assertThat(alarms).isEmpty();
  }

  @Test
  void anOperationsLeadTriesACalendarOutKeepsWhatTheyTypedAndSavesIt() {
    var id = "desk-" + java.util.UUID.randomUUID().toString().substring(0, 6);
    var owner = signedIn("owner");
    owner.navigate(here("/calendars"));
    assertThat(owner.getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("office").setExact(true)))
        .isVisible();
    Browser.picture(owner, "calendars-page");
    owner.getByText("A new calendar").click();

    owner.getByLabel("Name").fill(id);
    owner.getByLabel("Hours").fill("mon-fri 9-17");
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview"))
        .click();
    assertThat(owner.getByRole(AriaRole.ALERT)).containsText("Cannot read the hours '9-17'");
    assertThat(owner.getByLabel("Name")).hasValue(id);

    owner.getByLabel("Hours").fill("mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00");
    owner.getByLabel("Extra working days").fill("2026-11-29 10:00-12:00");
    owner.getByLabel("A limit of").fill("PT6H");
    owner.getByLabel("that starts at").fill("2026-11-28T11:00");
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview"))
        .click();
    assertThat(owner.getByText("Sun 29 Nov 2026").first()).isVisible();
    // three hours on Saturday, two on the extra Sunday, one on Monday
    assertThat(owner.getByText("Mon 30 Nov 2026 10:00")).isVisible();

    owner
        .getByLabel("File")
        .setInputFiles(new com.microsoft.playwright.options.FilePayload(
            "holidays.ics",
            "text/calendar",
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261207\r\nSUMMARY:Stocktaking\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read the file"))
        .click();
    assertThat(owner.getByLabel("More holidays")).hasValue("2026-12-07 Stocktaking");

    owner.getByLabel("Why this change?").fill("a second shift");
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save as a new version"))
        .click();
    assertThat(owner.getByRole(AriaRole.STATUS)).containsText("Saved as version 1");
    assertThat(owner.getByText("a second shift")).isVisible();
    Browser.picture(owner, "calendar-page");

    var agent = signedIn("agent");
    agent.navigate(here("/calendars/" + id));
    assertThat(agent.getByText("Save as a new version")).hasCount(0);
    assertThat(agent.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview")))
        .isVisible();
  }

  @Test
  void theClocksOfACaseAreExplainedToStaffAndCustomer() {
    desk.fastForward(java.time.Instant.parse("2026-12-23T09:00:00Z"));
    var number = desk.opens(aCase().ofSeverity("low"));
    desk.fastForward(java.time.Instant.parse("2026-12-23T14:00:00Z"));
    var agent = signedIn("agent");
    agent.navigate(here("/cases/" + number));
    agent
        .getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
        .fill("Which address was it?");
    agent.getByLabel("A question to the customer").check();
    agent
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Write"))
        .click();
    desk.fastForward(java.time.Instant.parse("2026-12-24T11:00:00Z"));
    desk.settle();
    var customer = browser.visitor();
    customer.navigate(here(desk.lastLink(number)));
    customer.getByLabel("Write to us").fill("Number 7");
    customer
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
        .click();
    assertThat(customer.getByText("You hear from us by")).isVisible();
    customer.getByText("How we count the time").click();
    assertThat(customer.getByText("paused: waiting for the customer").first()).isVisible();
    assertThat(customer.getByText("by Ada Agent")).hasCount(0);
    Browser.picture(customer, "status-clocks");

    agent.navigate(here("/cases/" + number));
    var tier = agent
        .locator("details[open]")
        .filter(new Locator.FilterOptions().setHasText("tier of front line"));
    assertThat(tier).containsText("paused: waiting for the customer, by Ada Agent");
    assertThat(tier).containsText("closed: holiday: 1st Christmas day");
    assertThat(tier).containsText("closed: no working day");
    assertThat(agent.getByText("Time per tier")).isVisible();
    Browser.picture(agent, "clocks");
  }

  @Test
  void anAgentLetsACaseWaitForAThirdPartyAndWritesDownTheirAnswer() {
    var number = desk.opens(aCase());
    var agent = signedIn("agent");
    agent.navigate(here("/cases/" + number));
    agent.getByText("Wait for a third party").click();
    agent
        .getByLabel("Whom do we wait for, and what are they to do?")
        .fill("Carrier: search for the parcel; they promised an answer by Friday");
    agent
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Wait").setExact(true))
        .click();
    assertThat(agent.getByText("The case waits for a third party.")).isVisible();
    assertThat(agent.getByText("until Mon 30 Nov 2026 10:00 CET at the longest"))
        .isVisible();
    Browser.picture(agent, "case-waits");

    agent.getByText("The third party has answered").click();
    agent.getByLabel("What do they say?").fill("It is in Hamburg");
    agent
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go on"))
        .click();
    assertThat(agent.getByText("The case waits for the third party no longer.")).isVisible();
    assertThat(agent.getByText("It is in Hamburg")).isVisible();
  }

  @Test
  void aFindingOfTheAuditorIsShownAndRepairedOnThePage() {
    var number = desk.opens(aCase());
    desk.management.deleteJob(desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId("event_limitFrontLine")
        .singleResult()
        .getId());
    auditor.run();
    var owner = signedIn("owner");
    owner.navigate(here("/cases/" + number));
    assertThat(owner.getByRole(AriaRole.ALERT).first())
        .containsText("no timer is armed for tierLimitAt");
    owner.navigate(here("/findings"));
    Browser.picture(owner, "findings-page");

    owner.navigate(here("/cases/" + number));
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Repair"))
        .click();

    assertThat(owner.getByRole(AriaRole.STATUS)).containsText("Repaired.");
    assertThat(owner.getByRole(AriaRole.ALERT)).hasCount(0);
  }

  @Test
  void theCasePageLetsAnAgentAskTheCustomerAndShowsWhatHappened() {
    var number = desk.opens(aCase());
    var agent = signedIn("agent");
    agent.navigate(here("/cases/" + number));
    agent
        .getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
        .fill("Which address did you give?");
    agent.getByLabel("A question to the customer").check();
    agent
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Write"))
        .click();

    desk.settle();
    desk.expect(number).inState("waiting");
    assertThat(desk.mailsToCustomer(number))
        .last()
        .asString()
        .contains("Which address did you give?");
    agent.navigate(here("/cases/" + number));
    Browser.picture(agent, "case-page");
    agent.navigate(here("/"));
    Browser.picture(agent, "first-page");
    agent.navigate(here("/cases"));
    Browser.picture(agent, "cases-page");
  }

  @Test
  void aTaskIsDoneInTasklistWithTheKeyboardAlone() {
    var number = desk.opens(aCase());
    var agent = signedIn("agent");
    agent.navigate(
        here("/camunda/app/tasklist/default/#/?task=" + desk.task(number).getId()));
    assertThat(agent.getByText("Claim", new Page.GetByTextOptions().setExact(true)))
        .isVisible();

    agent.keyboard().press("Control+Alt+c");
    assertThat(agent.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")))
        .isEnabled();
    agent.keyboard().press("Control+Alt+f");
    tabTo(agent, "input[type=radio]");
    agent.keyboard().press("Space");
    tabTo(agent, "textarea:not([readonly])");
    agent.keyboard().type("Solved by keys.");
    for (var n = 0; n < 10 && !focused(agent).equals("Complete"); n++) {
      agent.keyboard().press("Tab");
    }
    agent.keyboard().press("Enter");

    assertThat(agent
            .getByText("Task completed")
            .or(agent.getByText("Select a task in the list."))
            .first())
        .isVisible();
    desk.settle();
    desk.expect(number).inState("resolved");
  }

  private static String focused(Page page) {
    return String.valueOf(page.evaluate("document.activeElement.innerText"));
  }

  private static void tabTo(Page page, String target) {
    for (var n = 0; n < 40; n++) {
      if ((boolean) page.evaluate("target => document.activeElement.matches(target)", target)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("The key Tab never comes to " + target);
  }

  // ---- Tasklist

  private Page signedIn(String person) {
    var page = browser.visitor();
    page.navigate(here("/camunda/app/tasklist/default/"));
    page.getByLabel("User name").fill(person);
    page.getByLabel("Password").fill("demo");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
        .click();
    assertThat(page.getByText("Start process")).isVisible();
    return page;
  }

  private void openTask(Page page, String filter, String task) {
    page.navigate(here("/camunda/app/tasklist/default/"));
    page.locator("[cam-tasklist-filters] a, .task-filters a")
        .filter(new Locator.FilterOptions().setHasText(filter))
        .first()
        .click();
    page.locator("[cam-tasks] li, .tasks-list li")
        .filter(new Locator.FilterOptions().setHasText(task))
        .first()
        .click();
    assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")))
        .isVisible();
  }

  private static void claim(Page page) {
    page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")))
        .isEnabled();
  }

  private static void choose(Page page, String label, String option) {
    page.locator(".fjs-form-field-select")
        .filter(new Locator.FilterOptions().setHasText(label))
        .locator(".fjs-input-group")
        .click();
    page.locator(".fjs-dropdownlist-item")
        .filter(new Locator.FilterOptions().setHasText(option))
        .click();
  }

  private static void complete(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
        .click();
    assertThat(page.getByText("Select a task in the list.")
            .or(page.getByText("Task completed"))
            .first())
        .isVisible();
  }

  /** The address on this test's port. */
  private String here(String address) {
    return "http://localhost:" + port + address.replaceFirst("^http://[^/]+", "");
  }
}
