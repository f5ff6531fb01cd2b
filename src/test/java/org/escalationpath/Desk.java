package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Customer;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.NewCase;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.intake.Intake;
import org.escalationpath.notification.DeliveryWorker;
import org.escalationpath.notification.Relay;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The test harness in the desk's language: cases are opened, people act, time moves, mails and states are expected. */
@Component
public class Desk {

  public static final Tier FRONT_LINE = Tier.of("front-line");
  public static final Tier TEAM_LEAD = Tier.of("team-lead");
  public static final Tier DEPARTMENT_MANAGER = Tier.of("department-manager");
  public static final Tier SENIOR_MANAGEMENT = Tier.of("senior-management");

  /** Monday, 10:00 in Berlin. */
  public static final Instant MONDAY_MORNING = Instant.parse("2026-11-23T09:00:00Z");

  private static final Map<Tier, String> WHO = Map.of(
      FRONT_LINE,
      "agent",
      TEAM_LEAD,
      "lead",
      DEPARTMENT_MANAGER,
      "manager",
      SENIOR_MANAGEMENT,
      "director");
  private static final Pattern LINK =
      Pattern.compile("http://localhost:8080/(?:status|survey)/[\\w-]+");

  public final Intake intake;
  public final EscalationProcess escalation;
  public final Cases cases;
  public final CaseSearch search;
  public final Ledger ledger;
  public final Clocks clocks;
  public final RuntimeService runtime;
  public final TaskService tasks;
  public final ManagementService management;
  public final IdentityService identities;
  private final Relay relay;
  private final DeliveryWorker worker;
  private final ProcessEngine engine;
  private final Clock clock;
  private final JdbcClient jdbc;

  Desk(
      Intake intake,
      EscalationProcess escalation,
      Cases cases,
      CaseSearch search,
      Ledger ledger,
      Clocks clocks,
      Relay relay,
      DeliveryWorker worker,
      ProcessEngine engine,
      Clock clock,
      JdbcClient jdbc) {
    this.intake = intake;
    this.escalation = escalation;
    this.cases = cases;
    this.search = search;
    this.ledger = ledger;
    this.clocks = clocks;
    this.relay = relay;
    this.worker = worker;
    this.engine = engine;
    this.clock = clock;
    this.jdbc = jdbc;
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
    this.management = engine.getManagementService();
    this.identities = engine.getIdentityService();
  }

  void startTheDay() {
    ClockUtil.setCurrentTime(Date.from(MONDAY_MORNING));
    BpmnAwareTests.init(engine);
    identities.clearAuthentication();
    // days pass in a test without anybody beginning what begins by itself; mails would wait for it
    management.createJobQuery().timers().active().list().stream()
        .filter(job -> job.getProcessInstanceId() == null && job.getProcessDefinitionId() != null)
        .forEach(job -> management.suspendJobById(job.getId()));
  }

  void endTheDay() {
    identities.clearAuthentication();
    runtime
        .createProcessInstanceQuery()
        .rootProcessInstances()
        .list()
        .forEach(each -> runtime.deleteProcessInstanceIfExists(
            each.getId(), "end of the test", true, true, true, true));
    ClockUtil.reset();
    purgeMails();
  }

  /** So that the auditor sees no case of another test, whose path was taken away with it. */
  public void forgetAllCases() {
    jdbc.sql(
            "update customer_case set state = 'closed' where state in ('open', 'waiting', 'resolved')")
        .update();
    jdbc.sql("update audit_finding set gone_at = found_at where gone_at is null")
        .update();
  }

  public void purgeMails() {
    try {
      EngineTest.MAIL_SERVER.purgeEmailFromAllMailboxes();
    } catch (com.icegreen.greenmail.store.FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- opening

  /** A case to be opened, about a lost parcel, by a customer of its own. */
  public static CaseToOpen aCase() {
    var email = "customer-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    return new CaseToOpen(
        "Erika Muster", email, "en", "email", "standard", "normal", null, null, null, null);
  }

  public record CaseToOpen(
      String name,
      String email,
      String language,
      String preferredChannel,
      String segment,
      @Nullable String severity,
      @Nullable Reason reason,
      @Nullable String category,
      @Nullable String product,
      @Nullable Instant neededBy) {

    public CaseToOpen speaking(String other) {
      return new CaseToOpen(
          name,
          email,
          other,
          preferredChannel,
          segment,
          severity,
          reason,
          category,
          product,
          neededBy);
    }

    public CaseToOpen preferring(String channel) {
      return new CaseToOpen(
          name, email, language, channel, segment, severity, reason, category, product, neededBy);
    }

    public CaseToOpen ofSeverity(String other) {
      return new CaseToOpen(
          name,
          email,
          language,
          preferredChannel,
          segment,
          other,
          reason,
          category,
          product,
          neededBy);
    }

    public CaseToOpen named(String other) {
      return new CaseToOpen(
          other,
          email,
          language,
          preferredChannel,
          segment,
          severity,
          reason,
          category,
          product,
          neededBy);
    }

    public CaseToOpen from(String otherEmail) {
      return new CaseToOpen(
          name,
          otherEmail,
          language,
          preferredChannel,
          segment,
          severity,
          reason,
          category,
          product,
          neededBy);
    }

    public CaseToOpen because(Reason other) {
      return new CaseToOpen(
          name,
          email,
          language,
          preferredChannel,
          segment,
          severity,
          other,
          category,
          product,
          neededBy);
    }

    public CaseToOpen about(String other) {
      return new CaseToOpen(
          name,
          email,
          language,
          preferredChannel,
          segment,
          severity,
          reason,
          other,
          product,
          neededBy);
    }

    public CaseToOpen ofProduct(String other) {
      return new CaseToOpen(
          name,
          email,
          language,
          preferredChannel,
          segment,
          severity,
          reason,
          category,
          other,
          neededBy);
    }

    NewCase toNewCase() {
      var customer = new Customer(name, email, "+49 30 1234", language, preferredChannel, segment);
      return new NewCase(
          customer,
          "Lost parcel",
          "It never came.",
          category,
          product,
          severity,
          reason,
          "api",
          null,
          neededBy);
    }
  }

  public CaseNumber opens(CaseToOpen toOpen) {
    var number = intake.open(toOpen.toNewCase()).customerCase().number();
    settle();
    return number;
  }

  // ---- people

  /** Lets {@code action} happen as the person signed in. */
  public void as(String person, Runnable action) {
    var groups = identities.createGroupQuery().groupMember(person).list().stream()
        .map(Group::getId)
        .toList();
    identities.setAuthentication(person, groups);
    try {
      action.run();
    } finally {
      identities.clearAuthentication();
    }
    settle();
  }

  /** Somebody of the tier now working on the case escalates it. */
  public void escalates(CaseNumber number, Reason reason, @Nullable Tier to) {
    as(
        worker(number),
        () -> escalation.escalate(theCase(number), reason, "It needs somebody higher.", to));
  }

  public void returns(CaseNumber number, @Nullable Tier to) {
    as(
        worker(number),
        () -> escalation.returnDown(theCase(number), "You can do this: see the manual.", to));
  }

  public void resolves(CaseNumber number) {
    as(worker(number), () -> escalation.resolve(theCase(number), "We send it again."));
  }

  public void customer(CaseNumber number, Runnable action) {
    action.run();
    settle();
  }

  /** Who works at the tier that the case is at. */
  /** As a round would, of this case's customer alone, and without looking when they were last asked. */
  public void asksWhetherTheyRecommendUs(CaseNumber number) {
    var survey = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into survey (id, case_number, kind, state, created_at, changed_at) values (:id, :number, 'nps', 'planned', :now, :now)
        """)
        .param("id", survey)
        .param("number", number.value())
        .param("now", now().atOffset(ZoneOffset.UTC))
        .update();
    runtime.startProcessInstanceByKey(
        "nps-survey",
        number.value(),
        Map.of(
            "caseNumber",
            number.value(),
            "surveyId",
            survey,
            "segment",
            "standard",
            "preferredChannel",
            "email",
            "openCases",
            0,
            "daysSinceLastSurvey",
            365,
            "daysSinceLastNps",
            365));
    settle();
  }

  public String worker(CaseNumber number) {
    return WHO.get(theCase(number).tier());
  }

  // ---- time

  public Instant now() {
    return clock.instant();
  }

  /** Moves time on to {@code to}; whatever falls due on the way happens at its own moment. */
  public void fastForward(Instant to) {
    settle();
    for (var due = dueBy(to); due != null; due = dueBy(to)) {
      if (due.getDuedate() != null && due.getDuedate().toInstant().isAfter(now())) {
        ClockUtil.setCurrentTime(due.getDuedate());
      }
      management.executeJob(due.getId());
      settle();
    }
    if (to.isAfter(now())) {
      ClockUtil.setCurrentTime(Date.from(to));
    }
    settle();
  }

  public void fastForward(Duration duration) {
    fastForward(now().plus(duration));
  }

  private @Nullable Job dueBy(Instant to) {
    return management
        .createJobQuery()
        .timers()
        .duedateLowerThan(Date.from(to.plusMillis(1)))
        .withRetriesLeft()
        .orderByJobDuedate()
        .asc()
        .list()
        .stream()
        // the engine's own cleaning of its history is no part of the story
        .filter(job -> job.getProcessInstanceId() != null)
        .findFirst()
        .orElse(null);
  }

  /** Lets everything happen that is due now: jobs without a date, messages, mails. */
  public void settle() {
    var isBusy = true;
    while (isBusy) {
      var jobs = management.createJobQuery().messages().withRetriesLeft().list();
      jobs.forEach(job -> management.executeJob(job.getId()));
      var relayed = relay.relay();
      var delivered = worker.deliverAll();
      isBusy = !jobs.isEmpty() || relayed > 0 || delivered > 0;
    }
  }

  // ---- expectations

  public CustomerCase theCase(CaseNumber number) {
    return cases.require(number);
  }

  public Deadlines deadlines(CaseNumber number) {
    return clocks.tier(number).orElseThrow();
  }

  /** The one open task of the case's path. */
  public Task task(CaseNumber number) {
    var open = tasks
        .createTaskQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .list();
    assertThat(open).as("open tasks of %s", number).hasSize(1);
    return open.get(0);
  }

  /** The one open task of this name of any process of the case. */
  public Task task(CaseNumber number, String name) {
    var open = tasks
        .createTaskQuery()
        .processInstanceBusinessKey(number.value())
        .taskName(name)
        .list();
    assertThat(open).as("open tasks '%s' of %s", name, number).hasSize(1);
    return open.get(0);
  }

  public CaseExpectation expect(CaseNumber number) {
    return new CaseExpectation(number);
  }

  public final class CaseExpectation {

    private final CaseNumber number;

    private CaseExpectation(CaseNumber number) {
      this.number = number;
    }

    public CaseExpectation at(Tier tier) {
      assertThat(theCase(number).tier()).isEqualTo(tier);
      return this;
    }

    public CaseExpectation inState(String state) {
      assertThat(theCase(number).state()).hasToString(state);
      return this;
    }

    /** The last move was up, for this reason. */
    public CaseExpectation escalatedBecauseOf(Reason reason) {
      var moves = entries(number, What.ESCALATED);
      assertThat(moves).isNotEmpty();
      assertThat(moves.get(moves.size() - 1).reason()).isEqualTo(reason);
      return this;
    }

    /** These, in this order, among whatever else the ledger says. */
    public CaseExpectation ledger(What... expected) {
      assertThat(ledger.of(number).stream().map(LedgerEntry::what).toList())
          .containsSubsequence(expected);
      return this;
    }

    public CaseExpectation withoutLedger(What unexpected) {
      assertThat(entries(number, unexpected)).isEmpty();
      return this;
    }

    public CaseExpectation withoutTierReminder() {
      assertThat(tierReminders(number)).isEmpty();
      return this;
    }

    public CaseExpectation ended() {
      assertThat(runtime
              .createProcessInstanceQuery()
              .processInstanceBusinessKey(number.value())
              .processDefinitionKey("escalation-path")
              .count())
          .isZero();
      return this;
    }
  }

  public List<LedgerEntry> entries(CaseNumber number, What what) {
    return ledger.of(number).stream().filter(entry -> entry.what() == what).toList();
  }

  /** The reminders of tiers; those of promises to the customer are others. */
  public List<LedgerEntry> tierReminders(CaseNumber number) {
    return entries(number, What.REMINDED).stream()
        .filter(entry -> entry.details().containsKey("visit"))
        .toList();
  }

  /** All mails that the server has taken for this address, in order. */
  public List<String> mails(String address) {
    return Arrays.stream(EngineTest.MAIL_SERVER.getReceivedMessages())
        .filter(message -> isTo(message, address))
        .map(Desk::read)
        .toList();
  }

  public List<String> mailsToCustomer(CaseNumber number) {
    return mails(theCase(number).customer().email());
  }

  /** The private link in the last mail to this address. */
  public String lastLink(CaseNumber number) {
    var mails = mailsToCustomer(number);
    assertThat(mails).as("mails to the customer of %s", number).isNotEmpty();
    var links = LINK.matcher(mails.get(mails.size() - 1));
    assertThat(links.find()).as("a private link in the last mail").isTrue();
    return links.group();
  }

  private static boolean isTo(Message message, String address) {
    try {
      return Arrays.stream(message.getAllRecipients())
          .anyMatch(each -> each.toString().contains(address));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Subject, a line break, and the plain text. */
  private static String read(jakarta.mail.internet.MimeMessage message) {
    try {
      return message.getSubject() + "\n" + text(message.getContent());
    } catch (MessagingException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object content) throws MessagingException, java.io.IOException {
    var part = content;
    while (part instanceof jakarta.mail.Multipart multipart) {
      part = multipart.getBodyPart(0).getContent();
    }
    return part.toString().replace("\r\n", "\n");
  }
}
