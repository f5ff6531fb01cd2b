package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;
import static org.escalationpath.cases.What.AUDIT_FINDING;
import static org.escalationpath.cases.What.REPAIRED;
import static org.escalationpath.cases.What.RESUMED;

import com.jayway.jsonpath.JsonPath;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Finding;
import org.escalationpath.auditor.Findings;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The escalation auditor: each promise about an open case is broken on purpose, found, shown and repaired. */
class AuditorTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private EscalationAuditor auditor;

  @Autowired
  private Findings findings;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private ProcessEngine engine;

  @Autowired
  private io.micrometer.core.instrument.MeterRegistry metrics;

  @Autowired
  private org.springframework.context.ApplicationContext context;

  /** Cases of other tests, whose paths were taken away with them, are none of this story. */
  @BeforeEach
  @AfterEach
  void withoutOtherCases() {
    desk.forgetAllCases();
  }

  private List<String> found(CaseNumber number) {
    auditor.run();
    return findings.of(number).stream()
        .filter(finding -> finding.goneAt() == null)
        .map(Finding::kind)
        .toList();
  }

  private Job timer(CaseNumber number, String activity) {
    return desk.management
        .createJobQuery()
        .processInstanceId(path(number))
        .activityId(activity)
        .singleResult();
  }

  private String path(CaseNumber number) {
    return desk.runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .singleResult()
        .getId();
  }

  private void repair(CaseNumber number) {
    desk.as("admin", () -> assertThat(auditor.repair(number, "as found")).isEmpty());
  }

  /** All that a finding is: shown once, told in the ledger, an incident in Cockpit, a metric, a health detail; and gone after. */
  private void isFoundAndRepaired(CaseNumber number, String kind) {
    assertThat(found(number)).containsExactly(kind);
    assertThat(found(number)).as("not found twice").containsExactly(kind);
    assertThat(desk.entries(number, AUDIT_FINDING)).hasSize(1);
    assertThat(desk.entries(number, AUDIT_FINDING).get(0).details()).containsEntry("kind", kind);
    assertThat(desk.runtime
            .createIncidentQuery()
            .incidentType("escalationAuditor")
            .processInstanceId(path(number))
            .list())
        .singleElement()
        .satisfies(incident -> assertThat(incident.getConfiguration()).isEqualTo(kind));
    assertThat(metrics.get("escalation.auditor.findings").gauge().value()).isEqualTo(1);

    repair(number);

    assertThat(found(number)).isEmpty();
    assertThat(desk.entries(number, REPAIRED))
        .extracting(LedgerEntry::who)
        .containsExactly("admin");
    assertThat(desk.entries(number, REPAIRED))
        .extracting(LedgerEntry::note)
        .containsExactly("as found");
    assertThat(desk.runtime
            .createIncidentQuery()
            .incidentType("escalationAuditor")
            .processInstanceId(path(number))
            .count())
        .isZero();
    assertThat(metrics.get("escalation.auditor.findings").gauge().value()).isZero();
    var limit = timer(number, "event_limitFrontLine");
    assertThat(limit.getDuedate().toInstant()).isEqualTo(desk.deadlines(number).limitAt());
    assertThat(desk.task(number).getDueDate()).isEqualTo(limit.getDuedate());
  }

  @Test
  void nothingIsFoundOfCasesInEveryStateThatAreAsTheyShouldBe() {
    var open = desk.opens(aCase());
    var waiting = desk.opens(aCase());
    ask(waiting);
    var late = desk.opens(aCase());
    var resolved = desk.opens(aCase());
    desk.resolves(resolved);
    var escalated = desk.opens(aCase());
    desk.escalates(escalated, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);

    assertThat(auditor.run()).isEqualTo(5);
    for (var moment :
        List.of(Duration.ofHours(7), Duration.ofDays(2), Duration.ofDays(2), Duration.ofDays(1))) {
      desk.fastForward(moment);
      for (var number : List.of(open, waiting, late, resolved, escalated)) {
        assertThat(found(number)).as(number + " after " + moment).isEmpty();
      }
    }
    assertThat(findings.lastRun().orElseThrow().cases()).isPositive();
  }

  private void ask(CaseNumber number) {
    assertThat(Http.as(port, "agent")
            .post(
                "/api/cases/" + number + "/messages",
                "{\"from\": \"agent\", \"text\": \"Which?\", \"waitForCustomer\": true}")
            .statusCode())
        .isEqualTo(200);
    desk.settle();
  }

  @Test
  void aTimerThatSomebodyDeletedIsArmedAnewAndTheAssigneeKeepsTheTask() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.management.deleteJob(timer(number, "event_limitFrontLine").getId());

    isFoundAndRepaired(number, "timer-missing");

    assertThat(desk.task(number).getAssignee()).isEqualTo("agent");
    desk.fastForward(desk.deadlines(number).limitAt());
    desk.expect(number).at(TEAM_LEAD);
    assertThat(desk.tierReminders(number).stream()
            .filter(entry -> entry.fromTier().equals(FRONT_LINE)))
        .as("reminded once, though its timer was armed twice")
        .hasSize(1);
  }

  @Test
  void aDueDateThatSomebodyMovedIsPutBack() {
    var number = desk.opens(aCase());
    desk.management.setJobDuedate(
        timer(number, "event_limitFrontLine").getId(),
        Date.from(desk.deadlines(number).limitAt().plusSeconds(1)));

    isFoundAndRepaired(number, "timer-date");
  }

  @Test
  void aReminderThatSomebodyMovedIsPutBack() {
    var number = desk.opens(aCase());
    desk.management.setJobDuedate(
        timer(number, "event_reminderFrontLine").getId(), Date.from(desk.now()));

    isFoundAndRepaired(number, "timer-date");
  }

  @Test
  void aTimerThatIsThereTwiceIsThereOnce() {
    var number = desk.opens(aCase());
    duplicate(timer(number, "event_limitFrontLine").getId());

    isFoundAndRepaired(number, "timer-duplicate");
  }

  private void duplicate(String job) {
    var columns = jdbc
        .sql("select * from act_ru_job where id_ = :id")
        .param("id", job)
        .query()
        .singleRow()
        .keySet()
        .stream()
        .map(column -> column.toLowerCase(java.util.Locale.ROOT))
        .filter(column -> !column.equals("id_"))
        .collect(Collectors.joining(", "));
    jdbc.sql("insert into act_ru_job (id_, " + columns + ") select cast(:other as varchar), "
            + columns + " from act_ru_job where id_ = :id")
        .param("other", UUID.randomUUID().toString())
        .param("id", job)
        .update();
  }

  @Test
  void aSuspendedTimerIsWoken() {
    var number = desk.opens(aCase());
    desk.management.suspendJobById(timer(number, "event_limitFrontLine").getId());

    isFoundAndRepaired(number, "timer-suspended");
  }

  @Test
  void aSuspendedPathIsWoken() {
    var number = desk.opens(aCase());
    desk.runtime.suspendProcessInstanceById(path(number));

    isFoundAndRepaired(number, "timer-suspended");
  }

  @Test
  void aTimerThatFailedTooOftenIsTriedAgain() {
    var number = desk.opens(aCase());
    desk.management.setJobRetries(timer(number, "event_limitFrontLine").getId(), 0);

    assertThat(found(number)).containsExactly("timer-failed");
    repair(number);
    assertThat(timer(number, "event_limitFrontLine").getRetries()).isPositive();
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aTasksDateThatSomebodyChangedIsPutBack() {
    var number = desk.opens(aCase());
    var task = desk.task(number);
    task.setDueDate(Date.from(desk.now()));
    desk.tasks.saveTask(task);

    isFoundAndRepaired(number, "task-date");
  }

  @Test
  void aWaitWhoseTimerWasDeletedWaitsAnewAndAnAcceptanceToo() {
    var waiting = desk.opens(aCase());
    ask(waiting);
    desk.management.deleteJob(timer(waiting, "event_answerReminderDue").getId());
    var resolved = desk.opens(aCase());
    desk.resolves(resolved);
    var until = timer(resolved, "event_acceptanceLimitPassed").getDuedate();
    desk.management.deleteJob(timer(resolved, "event_acceptanceLimitPassed").getId());

    assertThat(found(waiting)).containsExactly("timer-missing");
    assertThat(found(resolved)).containsExactly("timer-missing");
    repair(waiting);
    repair(resolved);

    assertThat(timer(waiting, "event_answerReminderDue")).isNotNull();
    assertThat(timer(resolved, "event_acceptanceLimitPassed").getDuedate()).isEqualTo(until);
    assertThat(found(waiting)).isEmpty();
    desk.fastForward(Duration.ofDays(8));
    desk.expect(resolved).inState("closed").ended();
    desk.expect(waiting).inState("closed").ended();
  }

  @Test
  void aLimitThatPassedWhileTheExecutorStoodStillIsTheExecutorsFindingAndNotEachCases() {
    var number = desk.opens(aCase());
    ClockUtil.setCurrentTime(Date.from(desk.deadlines(number).limitAt().plusSeconds(61)));

    assertThat(found(number)).isEmpty();
    assertThat(findings.lasting()).singleElement().satisfies(finding -> {
      assertThat(finding.kind()).isEqualTo("job-executor-stopped");
      assertThat(finding.caseNumber()).isNull();
    });

    desk.fastForward(desk.now());
    auditor.run();
    assertThat(findings.lasting()).isEmpty();
  }

  @Test
  void aLimitThatIsLateWhileTheExecutorRunsIsTheCasesFinding() {
    var number = desk.opens(aCase());
    var executor =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
    // locked by a node that hangs, so that the executor cannot have it
    jdbc.sql(
            "update act_ru_job set lock_owner_ = 'somebody', lock_exp_time_ = timestamp '9999-01-01 00:00:00' where process_instance_id_ = :path")
        .param("path", path(number))
        .update();
    ClockUtil.setCurrentTime(Date.from(desk.deadlines(number).limitAt().plusSeconds(61)));

    executor.start();
    try {
      assertThat(found(number)).containsExactly("timer-late");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void aCaseWithoutAPathIsFoundAndItsFindingEndsWithTheCase() {
    var number = desk.opens(aCase());
    desk.runtime.deleteProcessInstance(path(number), "somebody's mistake");

    assertThat(found(number)).containsExactly("path");
    assertThat(findings.of(number).get(0).text())
        .isEqualTo("it has 0 running paths instead of one");
    assertThat(findings.of(number).get(0).incidentId()).isNull();

    jdbc.sql("update customer_case set state = 'closed' where number = :number")
        .param("number", number.value())
        .update();
    assertThat(found(number)).isEmpty();
  }

  @Test
  void aPauseWithoutAQuestionIsFoundAndShown() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(number));

    assertThat(found(number)).containsExactly("pause-without-question");
    assertThat(
            Http.as(port, "auditor").get("/api/cases/" + number + "/deadlines").body())
        .contains("agent stopped the clocks on 2026-11-23T09:00:00Z without a question");
  }

  @Test
  void aPauseThatGoesOnAfterTheAnswerIsFoundAndEnds() {
    var number = desk.opens(aCase());
    ask(number);
    desk.fastForward(Duration.ofHours(1));
    // as if the message had been kept and the path had never heard of it
    jdbc.sql("update customer_case set ledger_seq = ledger_seq + 1 where number = :number")
        .param("number", number.value())
        .update();
    jdbc.sql("""
        insert into ledger (case_number, seq, at, who, what)
        select number, ledger_seq, :now, 'customer', 'message-received' from customer_case where number = :number
        """)
        .param("now", desk.now().atOffset(java.time.ZoneOffset.UTC))
        .param("number", number.value())
        .update();
    desk.fastForward(Duration.ofHours(1));

    assertThat(found(number)).contains("pause-after-answer", "timer-date");
    desk.as("admin", () -> auditor.repair(number, null));

    desk.expect(number).inState("open").ledger(RESUMED, REPAIRED);
    assertThat(timer(number, "event_limitFrontLine").getDuedate().toInstant())
        .isEqualTo(desk.deadlines(number).limitAt());
  }

  @ParameterizedTest
  @CsvSource({"agent, 403", "auditor, 403", "owner, 200", "admin, 200"})
  void onlyWhoPlansTheDeskRepairs(String person, int status) {
    var number = desk.opens(aCase());
    desk.management.deleteJob(timer(number, "event_limitFrontLine").getId());
    auditor.run();

    assertThat(JsonPath.<List<String>>read(
            Http.as(port, person).get("/api/auditor").body(), "$.findings[*].kind"))
        .containsExactly("timer-missing");
    assertThat(
            Http.as(port, person).post("/api/cases/" + number + "/repair", "{}").statusCode())
        .isEqualTo(status);
    assertThat(Http.as(port, person).post("/api/auditor/run", "").statusCode()).isEqualTo(status);
    assertThat(JsonPath.<List<String>>read(
            Http.as(port, person).get("/api/auditor").body(), "$.findings[*].kind"))
        .hasSize(status == 200 ? 0 : 1);
  }

  @Test
  void healthTellsWhatWasFoundAndStaysUp() {
    var number = desk.opens(aCase());
    desk.management.deleteJob(timer(number, "event_limitFrontLine").getId());
    auditor.run();

    var health = context
        .getBean(
            "escalationAuditorHealthIndicator",
            org.springframework.boot.actuate.health.HealthIndicator.class)
        .health();
    assertThat(health.getStatus().getCode()).isEqualTo("UP");
    assertThat(health.getDetails())
        .containsEntry("findings", java.util.Map.of("timer-missing", 1L));
    assertThat(health.getDetails())
        .containsKeys("lastRunAt", "lastRunCases", "lastRunMillis", "incidents");
    assertThat(Http.anonymous(port).get("/actuator/health").body()).doesNotContain("findings");
  }

  @Test
  void repairingACaseThatHasEndedOrIsNotThereSaysSo() {
    var number = desk.opens(aCase());
    desk.customer(number, () -> desk.escalation.withdraw(number, null, "customer"));

    assertThat(Http.as(port, "admin")
            .post("/api/cases/" + number + "/repair", "{}")
            .statusCode())
        .isEqualTo(409);
    assertThat(Http.as(port, "admin").post("/api/cases/C-999999/repair", "{}").statusCode())
        .isEqualTo(404);
    assertThat(Http.as(port, "admin").post("/api/cases/x/repair", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void repairingALateCaseOfTheLastTierThatWaitsKeepsItsAlarms() {
    var number = desk.opens(aCase());
    desk.escalates(number, COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.fastForward(desk.deadlines(number).limitAt());
    assertThat(desk.entries(number, org.escalationpath.cases.What.LIMIT_ALARM)).hasSize(1);
    ask(number);
    assertThat(found(number)).isEmpty();

    repair(number);
    assertThat(found(number)).isEmpty();
    desk.fastForward(Duration.ofDays(2));
    assertThat(found(number)).isEmpty();
    assertThat(Http.as(port, "director")
            .post(
                "/api/cases/" + number + "/messages",
                "{\"from\": \"customer\", \"text\": \"This one\"}")
            .statusCode())
        .isEqualTo(200);
    desk.fastForward(Duration.ofDays(7));

    assertThat(desk.entries(number, org.escalationpath.cases.What.LIMIT_ALARM))
        .as("the wait used up no alarm")
        .hasSize(6);
    assertThat(found(number)).isEmpty();
  }

  @Test
  void anEarlierBadPauseEndsNoLaterWait() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(number));
    assertThat(found(number)).containsExactly("pause-without-question");
    desk.customer(number, () -> desk.escalation.customerWrote(number));
    assertThat(found(number)).as("over with its pause").isEmpty();
    assertThat(desk.clocks.badPauses(number))
        .as("and still to be seen on the case")
        .hasSize(1);

    ask(number);
    repair(number);

    desk.expect(number).inState("waiting");
  }

  @Test
  void whatIsWrongWithTheSystemIsFoundOnceByTwoRunsOfTheSameMoment() throws Exception {
    desk.opens(aCase());
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofDays(1))));
    // this node's executor stands still in tests; a second runner is what another node would be
    var other = context.getAutowireCapableBeanFactory().createBean(EscalationAuditor.class);
    var start = new java.util.concurrent.CountDownLatch(1);
    var threads = java.util.concurrent.Executors.newFixedThreadPool(2);
    try {
      var runs = List.of(auditor, other).stream()
          .map(each -> threads.submit(() -> {
            start.await();
            return each.run();
          }))
          .toList();
      start.countDown();
      for (var run : runs) {
        assertThat(run.get()).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }

    assertThat(findings.lasting())
        .filteredOn(finding -> finding.kind().equals("job-executor-stopped"))
        .hasSize(1);
  }
}
