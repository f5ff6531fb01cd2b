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

  @RepeatedTest(30)
  void anAgentWhoEscalatesInTheMomentInWhichTheLimitPasses() throws Exception {
    var lostParcel = desk.opens(aCase());
    ClockUtil.setCurrentTime(java.util.Date.from(desk.deadlines(lostParcel).limitAt()));
    var timer = desk.management
        .createJobQuery()
        .processInstanceId(desk.task(lostParcel).getProcessInstanceId())
        .activityId("event_limitFrontLine")
        .singleResult();

    var answers = atOnce(
        () -> Http.as(port, "agent")
            .post(
                "/api/cases/" + lostParcel + "/escalations",
                "{\"reason\": \"complex-problem\", \"note\": \"n\"}")
            .statusCode(),
        () -> fired(timer.getId()));

    assertThat(answers).containsAnyOf(200, 1);
    assertThat(answers).doesNotContain(500);
    assertThat(desk.entries(lostParcel, What.ESCALATED)).hasSize(1);
    desk.expect(lostParcel).at(Desk.TEAM_LEAD);
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

  /** 1 if the timer moved the case, 0 if it was too late. */
  private int fired(String job) {
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
