package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Two who act at the same moment: one wins, the other is told, and nothing happens twice or not at all. */
class RaceTest extends EngineTest {

  @LocalServerPort
  private int port;

  /** Hundreds of them where it counts, on a real database with real locks; fewer on the embedded one. */
  private static final int RACES =
      Integer.getInteger("races", TestDatabase.isPostgresql() ? 50 : 20);

  @RepeatedTest(30)
  void twoAgentsWhoSolveTheSameCaseAtOnce() throws Exception {
    var lostParcel = desk.opens(aCase());
    var path = "/api/cases/" + lostParcel + "/resolution";

    var answers = atOnce(
        () -> Http.as(port, "agent").post(path, "{\"solution\": \"One\"}").statusCode(),
        () -> Http.as(port, "agent").post(path, "{\"solution\": \"Other\"}").statusCode());

    assertThat(answers).containsExactlyInAnyOrder(200, 409);
    assertThat(desk.entries(lostParcel, What.SOLUTION_PROPOSED)).hasSize(1);
  }

  @Test
  void anAgentWhoEscalatesInTheMomentInWhichTheLimitPasses() throws Exception {
    var byTimer = 0;
    for (var i = 0; i < RACES; i++) {
      var lostParcel = desk.opens(aCase());
      var answers = againstTheLimit(
          lostParcel,
          () -> Http.as(port, "agent")
              .post(
                  "/api/cases/" + lostParcel + "/escalations",
                  "{\"reason\": \"complex-problem\", \"note\": \"n\"}"));
      byTimer += answers.equals("timer") ? 1 : 0;
      assertThat(desk.entries(lostParcel, What.ESCALATED)).hasSize(1);
      desk.expect(lostParcel).at(Desk.TEAM_LEAD);
      startTheDayAgain();
    }
    measured("agent escalates", byTimer);
  }

  @Test
  void anAgentWhoSolvesTheCaseInTheMomentInWhichTheLimitPasses() throws Exception {
    var byTimer = 0;
    for (var i = 0; i < RACES; i++) {
      var lostParcel = desk.opens(aCase());
      var winner = againstTheLimit(
          lostParcel,
          () -> Http.as(port, "agent")
              .post("/api/cases/" + lostParcel + "/resolution", "{\"solution\": \"s\"}"));
      var byTheAgent = winner.equals("person");
      byTimer += byTheAgent ? 0 : 1;
      assertThat(desk.entries(lostParcel, What.ESCALATED)).hasSize(byTheAgent ? 0 : 1);
      assertThat(desk.entries(lostParcel, What.SOLUTION_PROPOSED)).hasSize(byTheAgent ? 1 : 0);
      desk.expect(lostParcel).inState(byTheAgent ? "resolved" : "open");
      startTheDayAgain();
    }
    measured("agent solves", byTimer);
  }

  @Test
  void aQuestionToTheCustomerInTheMomentInWhichTheLimitPasses() throws Exception {
    var byTimer = 0;
    for (var i = 0; i < RACES; i++) {
      var lostParcel = desk.opens(aCase());
      var timer = limit(lostParcel);
      var answers = atOnce(
          () -> Http.as(port, "agent")
              .post(
                  "/api/cases/" + lostParcel + "/messages",
                  "{\"from\": \"agent\", \"text\": \"Which?\", \"waitForCustomer\": true}")
              .statusCode(),
          () -> fired(timer));
      assertThat(answers.get(0)).isIn(200, 409);
      var escalated = desk.entries(lostParcel, What.ESCALATED).size();
      assertThat(escalated).isLessThanOrEqualTo(1);
      var isWaiting = desk.theCase(lostParcel).state().toString().equals("waiting");
      assertThat(desk.entries(lostParcel, What.PAUSED)).hasSize(isWaiting ? 1 : 0);
      assertThat(isWaiting || escalated == 1).as("something came of it").isTrue();
      byTimer += escalated;
      // whoever was first: the timers say what the clock says
      assertThat(armed(lostParcel)).isEqualTo(desk.deadlines(lostParcel).limitAt());
      startTheDayAgain();
    }
    measured("agent asks", byTimer);
  }

  @Test
  void anotherPriorityInTheMomentInWhichTheLimitPasses() throws Exception {
    for (var i = 0; i < RACES; i++) {
      var lostParcel = desk.opens(aCase());
      var timer = limit(lostParcel);
      var answers = atOnce(
          () -> Http.as(port, "agent")
              .put(
                  "/api/cases/" + lostParcel + "/priority",
                  "{\"priority\": \"low\", \"why\": \"w\"}")
              .statusCode(),
          () -> fired(timer));
      assertThat(answers.get(0)).isIn(200, 409);
      assertThat(desk.entries(lostParcel, What.ESCALATED).size()).isLessThanOrEqualTo(1);
      assertThat(armed(lostParcel)).isEqualTo(desk.deadlines(lostParcel).limitAt());
      startTheDayAgain();
    }
  }

  @Test
  void aThirdPartyAnswersInTheMomentInWhichTheirTimeIsOver() throws Exception {
    var byTimer = 0;
    for (var i = 0; i < RACES; i++) {
      var lostParcel = desk.opens(aCase());
      desk.as(
          "agent", () -> desk.escalation.waitForThirdParty(desk.theCase(lostParcel), "Carrier"));
      ClockUtil.setCurrentTime(java.util.Date.from(
          desk.escalation.waitForThirdParty(lostParcel).orElseThrow().until()));
      var timer = desk.management
          .createJobQuery()
          .processInstanceId(desk.task(lostParcel).getProcessInstanceId())
          .activityId("event_thirdPartyLimitPassed")
          .singleResult()
          .getId();

      var answers = atOnce(
          () -> Http.as(port, "agent")
              .post("/api/cases/" + lostParcel + "/third-party-answer", "{\"note\": \"found\"}")
              .statusCode(),
          () -> fired(timer));

      assertThat(answers.get(0)).isIn(200, 409);
      assertThat(answers.get(0) == 200)
          .as("one of them: %s", answers)
          .isEqualTo(answers.get(1) == 0);
      assertThat(desk.entries(lostParcel, What.RESUMED)).hasSize(1);
      assertThat(armed(lostParcel)).isEqualTo(desk.deadlines(lostParcel).limitAt());
      byTimer += answers.get(1);
      startTheDayAgain();
    }
    measured("third party answers", byTimer);
  }

  /** Who won: {@code person} or {@code timer}; the loser is told by 409 and never by a server's error. */
  private String againstTheLimit(
      CaseNumber number, Callable<java.net.http.HttpResponse<String>> person) throws Exception {
    var timer = limit(number);
    var said = new java.util.concurrent.atomic.AtomicReference<String>();
    var answers = atOnce(
        () -> {
          var answer = person.call();
          said.set(answer.body());
          return answer.statusCode();
        },
        () -> fired(timer));
    assertThat(answers.get(0)).as(said.get()).isIn(200, 409);
    var won = answers.get(0) == 200;
    assertThat(won ? answers.get(1) == 0 : answers.get(1) == 1)
        .as("one of them: %s", answers)
        .isTrue();
    if (!won) {
      assertThat(said.get())
          .containsAnyOf(
              "handed over", "moved on", "at the same moment", "resolved now", "is with");
    }
    return won ? "person" : "timer";
  }

  /** The timer of the front line's limit, which is due now. */
  private String limit(CaseNumber number) {
    ClockUtil.setCurrentTime(java.util.Date.from(desk.deadlines(number).limitAt()));
    return desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId("event_limitFrontLine")
        .singleResult()
        .getId();
  }

  private java.time.Instant armed(CaseNumber number) {
    var limits = desk
        .management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .list()
        .stream()
        .filter(job -> desk.management
            .createJobDefinitionQuery()
            .jobDefinitionId(job.getJobDefinitionId())
            .singleResult()
            .getJobConfiguration()
            .contains("${tierLimitAt}"))
        .toList();
    assertThat(limits).hasSize(1);
    return limits.get(0).getDuedate().toInstant();
  }

  private static void startTheDayAgain() {
    ClockUtil.setCurrentTime(java.util.Date.from(Desk.MONDAY_MORNING));
  }

  private static void measured(String what, int byTimer) {
    System.getLogger("races")
        .log(
            System.Logger.Level.INFO,
            "MEASURED {0} against the limit: {1} races, {2} won by the timer, no double, no loss",
            what,
            RACES,
            byTimer);
  }

  @Test
  void aCustomerWhoWritesThreeTimesAtOnceIsHeardThreeTimes() throws Exception {
    var lostParcel = desk.opens(aCase());
    Callable<Integer> write = () -> Http.as(port, "agent")
        .post(
            "/api/cases/" + lostParcel + "/messages",
            "{\"from\": \"customer\", \"text\": \"Hello?\"}")
        .statusCode();

    assertThat(atOnce(write, write, write)).containsOnly(200);
    assertThat(desk.entries(lostParcel, What.MESSAGE_RECEIVED)).hasSize(3);
    assertThat(sequence(lostParcel)).doesNotHaveDuplicates();
  }

  private List<Integer> sequence(CaseNumber number) {
    return desk.ledger.of(number).stream().map(entry -> entry.seq()).toList();
  }

  /** 1 if the timer moved the case, 0 if it was too late; it waits a little, since people come over HTTP. */
  private int fired(String job) {
    var headStart =
        System.nanoTime() + java.util.concurrent.ThreadLocalRandom.current().nextInt(40_000_000);
    while (System.nanoTime() < headStart) {
      Thread.onSpinWait();
    }
    try {
      desk.management.executeJob(job);
      return 1;
    } catch (RuntimeException e) {
      return 0;
    }
  }

  @SafeVarargs
  private static List<Integer> atOnce(Callable<Integer>... actions)
      throws InterruptedException, ExecutionException {
    var pool = Executors.newFixedThreadPool(actions.length);
    var start = new CountDownLatch(1);
    try {
      var futures = java.util.Arrays.stream(actions)
          .map(action -> pool.submit(() -> {
            start.await();
            return action.call();
          }))
          .toList();
      start.countDown();
      var results = new java.util.ArrayList<Integer>();
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdown();
    }
  }
}
