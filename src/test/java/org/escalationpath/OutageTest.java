package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.escalationpath.Desk.DEPARTMENT_MANAGER;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;
import static org.escalationpath.cases.What.ESCALATED;
import static org.escalationpath.cases.What.LIMIT_ALARM;
import static org.escalationpath.cases.What.MESSAGE_SENT;
import static org.escalationpath.cases.What.TIER_PASSED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Findings;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.DueDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The system stands still while 500 cases are open, and comes back: each case lands on the tier that its clock says, counted here
 * once more from the policy; each person gets one digest, each customer one message.
 */
class OutageTest extends EngineTest {

  private static final int CASES = Integer.getInteger("outage.cases", 500);
  private static final List<Tier> TIERS =
      List.of(FRONT_LINE, TEAM_LEAD, DEPARTMENT_MANAGER, SENIOR_MANAGEMENT);

  /** The limits of the shipped policy, written down again. */
  private static final Map<Priority, List<Integer>> HOURS = Map.of(
      Priority.URGENT, List.of(1, 1, 2, 2),
      Priority.HIGH, List.of(4, 4, 8, 8),
      Priority.NORMAL, List.of(8, 8, 16, 16),
      Priority.LOW, List.of(16, 16, 24, 24));

  @Autowired
  private ProcessEngine engine;

  @Autowired
  private Calendars calendars;

  @Autowired
  private EscalationAuditor auditor;

  @Autowired
  private org.escalationpath.engine.Commands commands;

  @Autowired
  private Findings findings;

  @Autowired
  private JdbcClient jdbc;

  @BeforeEach
  @AfterEach
  void withoutOtherCases() {
    desk.forgetAllCases();
    jdbc.sql("update notification set relayed_at = requested_at where relayed_at is null")
        .update();
  }

  /** Where a case must be after the outage, and from when its clock counts there. */
  private record Landing(Tier tier, Instant limitAt, int moves) {}

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "2026-11-23T12:00:00Z, 2026-11-23T14:00:00Z, two hours",
    "2026-11-23T16:30:00Z, 2026-11-24T08:30:00Z, a night",
    "2026-11-27T16:30:00Z, 2026-11-30T08:30:00Z, a weekend",
    "2026-11-23T16:30:00Z, 2026-12-14T16:30:00Z, three weeks"
  })
  void afterAnOutageEachCaseLandsWhereItsClockSays(Instant down, Instant up, String howLong) {
    var open = open(down);
    var expected = new LinkedHashMap<CaseNumber, Landing>();
    open.forEach((number, opened) -> expected.put(number, landing(number, up)));
    desk.purgeMails();

    var took = comeBack(up);

    var wrong = new ArrayList<String>();
    expected.forEach((number, landing) -> {
      var actual = new Landing(
          desk.theCase(number).tier(),
          desk.deadlines(number).limitAt(),
          desk.entries(number, ESCALATED).size()
              + desk.entries(number, TIER_PASSED).size());
      if (!actual.equals(landing)) {
        wrong.add(number + ": " + actual + " instead of " + landing);
      }
    });
    assertThat(wrong).isEmpty();
    assertOneMessageEach(expected.keySet());
    auditor.run();
    assertThat(findings.lasting()).isEmpty();
    System.getLogger("outage")
        .log(
            System.Logger.Level.INFO,
            "MEASURED {0}: {1} cases, {2} of them moved, caught up in {3} s",
            howLong,
            expected.size(),
            expected.values().stream().filter(landing -> landing.moves() > 0).count(),
            took.toMillis() / 1000.0);
  }

  /** Cases of every priority, opened over the time before; some are with a higher tier, some wait for the customer. */
  private Map<CaseNumber, Instant> open(Instant down) {
    var severities = List.of("low", "normal", "high", "critical");
    var open = new LinkedHashMap<CaseNumber, Instant>();
    for (var i = 0; i < CASES; i++) {
      ClockUtil.setCurrentTime(Date.from(down.minusSeconds(55L * 60 * (CASES - i) / CASES)));
      var number = desk.intake
          .open(aCase().ofSeverity(severities.get(i % 4)).toNewCase())
          .customerCase()
          .number();
      open.put(number, desk.now());
      if (i % 10 == 4) {
        desk.escalation.escalate(desk.theCase(number), COMPLEX_PROBLEM, "n", TEAM_LEAD);
      }
      if (i % 10 == 7) {
        commands.run(() -> desk.ledger.append(
            number, LedgerEntry.of(MESSAGE_SENT, "agent").detailing(Map.of("question", true))));
        desk.escalation.waitForCustomer(number);
      }
    }
    // what was said before the outage is no part of this story
    jdbc.sql("update notification set relayed_at = requested_at where relayed_at is null")
        .update();
    ClockUtil.setCurrentTime(Date.from(down));
    return open;
  }

  /** Counted from the policy and the calendars alone. */
  private Landing landing(CaseNumber number, Instant up) {
    var theCase = desk.theCase(number);
    var before = desk.entries(number, ESCALATED).size();
    var limitAt = desk.deadlines(number).limitAt();
    var tier = TIERS.indexOf(theCase.tier());
    var moves = before;
    while (!limitAt.isAfter(up) && !limitAt.equals(DueDate.NEVER) && tier < 3) {
      tier++;
      moves++;
      limitAt = calendar(theCase.priority())
          .deadline(limitAt, Duration.ofHours(HOURS.get(theCase.priority()).get(tier)));
    }
    return new Landing(TIERS.get(tier), limitAt, moves);
  }

  private WorkingCalendar calendar(Priority priority) {
    return priority == Priority.URGENT ? WorkingCalendar.ALWAYS : calendars.latest("office");
  }

  /** The clock says {@code up} and the job executor runs, with its threads, until nothing is due. */
  private Duration comeBack(Instant up) {
    ClockUtil.setCurrentTime(Date.from(up));
    var executor =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
    var started = System.nanoTime();
    executor.start();
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> due() == 0);
    } finally {
      executor.shutdown();
    }
    var took = Duration.ofNanos(System.nanoTime() - started);
    desk.settle();
    return took;
  }

  private long due() {
    return desk
            .management
            .createJobQuery()
            .timers()
            .withRetriesLeft()
            .duedateLowerThan(new Date(ClockUtil.getCurrentTime().getTime() + 1))
            .list()
            .stream()
            .filter(job -> job.getProcessInstanceId() != null)
            .count()
        + desk.management.createJobQuery().messages().withRetriesLeft().count();
  }

  private void assertOneMessageEach(java.util.Collection<CaseNumber> numbers) {
    var received = new HashMap<String, Integer>();
    for (var message : EngineTest.MAIL_SERVER.getReceivedMessages()) {
      try {
        received.merge(message.getAllRecipients()[0].toString(), 1, Integer::sum);
      } catch (jakarta.mail.MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(received.entrySet().stream()
            .filter(each -> each.getValue() > 1)
            .collect(Collectors.toList()))
        .as("people who got more than one message")
        .isEmpty();
    for (var number : numbers) {
      var moved = desk.entries(number, ESCALATED).stream()
          .anyMatch(entry -> !entry.at().isBefore(desk.now()));
      assertThat(received.containsKey(address(number)) || !moved)
          .as("the customer of %s was told", number)
          .isTrue();
    }
  }

  private String address(CaseNumber number) {
    var customer = desk.theCase(number).customer();
    return customer.name() + " <" + customer.email() + ">";
  }

  @Test
  void theDigestNamesEachCaseOnceAndTheLastTiersAlarmRingsOnce() {
    var urgent = desk.opens(aCase().ofSeverity("high"));
    var other = desk.opens(aCase().ofSeverity("high").named("Max Mix"));
    desk.purgeMails();

    comeBack(desk.now().plus(Duration.ofDays(4)));

    desk.expect(urgent)
        .at(SENIOR_MANAGEMENT)
        .ledger(TIER_PASSED, TIER_PASSED, ESCALATED, LIMIT_ALARM);
    assertThat(desk.entries(urgent, LIMIT_ALARM)).hasSize(1);
    assertThat(desk.entries(urgent, TIER_PASSED))
        .extracting(entry -> entry.fromTier() + " " + entry.details().get("since") + " "
            + entry.details().get("limitAt"))
        .containsExactly(
            "team-lead 2026-11-23T13:00:00Z 2026-11-24T09:00:00Z",
            "department-manager 2026-11-24T09:00:00Z 2026-11-25T09:00:00Z");
    assertThat(desk.mails("director@localhost")).singleElement().satisfies(mail -> {
      assertThat(mail).contains("2 cases moved while the system stood still");
      assertThat(mail).contains("ALARM " + urgent, "ALARM " + other);
      assertThat(mail.split(urgent.value(), -1).length - 1)
          .as("once as text, once in its link")
          .isEqualTo(2);
    });
    assertThat(desk.mails("lead@localhost"))
        .singleElement()
        .asString()
        .contains(
            urgent + " (high) \"Lost parcel\": passed your tier and is with senior management");
    assertThat(desk.mailsToCustomer(urgent))
        .singleElement()
        .asString()
        .contains("now with our senior management");
  }

  @Test
  void aCustomerWithSeveralCasesGetsOneMessageWithAPrivateLinkForEach() {
    var mail = "several-" + java.util.UUID.randomUUID() + "@example.org";
    var one = desk.opens(aCase().from(mail).ofSeverity("high"));
    var other = desk.opens(aCase().from(mail).ofSeverity("high"));
    desk.purgeMails();

    comeBack(desk.now().plus(Duration.ofHours(6)));

    assertThat(desk.mails(mail)).singleElement().satisfies(digest -> {
      assertThat(digest).contains("2 of your cases have moved", one.value(), other.value());
      assertThat(digest.split("/status/", -1)).hasSize(3);
    });
    assertThat(desk.entries(one, MESSAGE_SENT)).hasSize(2);
    assertThat(desk.entries(other, MESSAGE_SENT)).hasSize(2);
  }

  @Test
  void aCustomerWhoWasNotRemindedInTimeStillHasTheirTimeToAnswer() {
    var waiting = desk.opens(aCase());
    desk.escalation.waitForCustomer(waiting);

    comeBack(desk.now().plus(Duration.ofDays(21)));

    desk.expect(waiting).inState("waiting");
    assertThat(desk.mailsToCustomer(waiting))
        .last()
        .asString()
        .contains("still waiting for your answer", "December 18, 2026");
    desk.fastForward(Duration.ofDays(4).plusSeconds(1));
    desk.expect(waiting).inState("closed").ended();
  }

  @Test
  void aPauseBetweenTheLimitAndItsLateJobIsCountedForTheNextTier() {
    var urgent = desk.opens(aCase());
    desk.as("lead", () -> desk.escalation.changePriority(urgent, Priority.URGENT, "it is"));
    // the job is late; meanwhile somebody asks and the customer answers
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofMinutes(65))));
    desk.escalation.waitForCustomer(urgent);
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofMinutes(50))));
    desk.escalation.customerWrote(urgent);
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofMinutes(10))));

    comeBack(desk.now());

    desk.expect(urgent).at(TEAM_LEAD);
    assertThat(desk.entries(urgent, TIER_PASSED)).isEmpty();
    assertThat(desk.deadlines(urgent).limitAt()).isEqualTo("2026-11-23T11:50:00Z");
  }

  @Test
  void whatTheCustomerWroteInTheSameMomentIsNotHiddenByTheLateNews() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.purgeMails();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofHours(7))));
    desk.escalation.customerWrote(number);

    comeBack(desk.now());

    assertThat(desk.mails("agent@localhost"))
        .singleElement()
        .asString()
        .contains(
            "One case moved",
            number + " (normal) \"Lost parcel\": with front line, the limit passes at",
            number + " (normal) \"Lost parcel\": Erika Muster has written");
  }

  @Test
  void whoHasWaitedLongForTheirDigestGetsItAndTheOthersStillWaitForTheRest() {
    var atFrontLine = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(atFrontLine).getId(), "agent"));
    var atTeamLead = desk.opens(aCase());
    desk.escalates(atTeamLead, COMPLEX_PROBLEM, TEAM_LEAD);
    desk.as("lead", () -> desk.tasks.claim(desk.task(atTeamLead).getId(), "lead"));
    desk.opens(aCase());
    desk.purgeMails();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofHours(7))));
    remind(atFrontLine, "event_reminderFrontLine");
    remind(atTeamLead, "event_reminderTeamLead");
    jdbc.sql(
            "update notification set requested_at = :longAgo where for_digest and person = 'agent'")
        .param(
            "longAgo", desk.now().minus(Duration.ofMinutes(11)).atOffset(java.time.ZoneOffset.UTC))
        .update();

    desk.settle();

    assertThat(desk.mails("agent@localhost")).hasSize(1);
    assertThat(desk.mails("lead@localhost"))
        .as("a timer is due, and more may come of it")
        .isEmpty();
    comeBack(desk.now());
    assertThat(desk.mails("lead@localhost")).hasSize(1);
  }

  @Test
  void aDigestThatIsPutOffHoldsUpNoOtherMailToTheSamePerson() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.purgeMails();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofHours(7))));
    remind(number, "event_reminderFrontLine");
    jdbc.sql("update notification set relay_after = :later where for_digest and person = 'agent'")
        .param("later", desk.now().plus(Duration.ofMinutes(5)).atOffset(java.time.ZoneOffset.UTC))
        .update();

    desk.customer(number, () -> desk.escalation.customerWrote(number));
    assertThat(desk.mails("agent@localhost"))
        .singleElement()
        .asString()
        .contains("Erika Muster wrote");

    comeBack(desk.now().plus(Duration.ofMinutes(5)));
    assertThat(desk.mails("agent@localhost")).hasSize(2);
  }

  private void remind(CaseNumber number, String reminder) {
    desk.management.executeJob(desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId(reminder)
        .singleResult()
        .getId());
  }
}
