package org.escalationpath.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.cases.What.ACCEPTED;
import static org.escalationpath.cases.What.ACKNOWLEDGED;
import static org.escalationpath.cases.What.CLAIMED;
import static org.escalationpath.cases.What.CLOSED;
import static org.escalationpath.cases.What.ESCALATED;
import static org.escalationpath.cases.What.MESSAGE_RECEIVED;
import static org.escalationpath.cases.What.MESSAGE_SENT;
import static org.escalationpath.cases.What.NOTE_ADDED;
import static org.escalationpath.cases.What.OPENED;
import static org.escalationpath.cases.What.PAUSED;
import static org.escalationpath.cases.What.REJECTED;
import static org.escalationpath.cases.What.REOPENED;
import static org.escalationpath.cases.What.RESUMED;
import static org.escalationpath.cases.What.SOLUTION_PROPOSED;
import static org.escalationpath.clocks.ClockKind.FIRST_RESPONSE;
import static org.escalationpath.clocks.ClockKind.NEXT_RESPONSE;
import static org.escalationpath.clocks.ClockKind.RESOLUTION;
import static org.escalationpath.clocks.ClockKind.TIER;
import static org.escalationpath.clocks.ClockKind.UPDATE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When clocks run and pause, read out of ledgers. */
class TimelineTest {

  private static final Map<String, Object> AUTOMATIC = Map.of("automatic", true);

  private static Story opened() {
    return new Story().at("2026-11-23T09:00:00.750Z", OPENED, "customer");
  }

  /** {@code 1: 2026-11-23T09:00:00Z to 2026-11-23T10:00:00Z}, with an open end where it runs. */
  private static List<String> told(List<Run> runs) {
    return runs.stream()
        .map(run -> run.number() + ": " + run.startedAt() + " to "
            + (run.stoppedAt() == null ? "now" : run.stoppedAt() + " by " + run.stoppedBy()))
        .toList();
  }

  private static List<String> pauses(Run run) {
    return run.gaps().stream()
        .map(gap -> gap.kind() + " " + gap.from() + " to " + gap.to() + " by " + gap.by())
        .toList();
  }

  @Test
  void theFirstResponseIsTheFirstMessageByAPersonAndNoAutomaticOne() {
    var story = opened()
        .at("2026-11-23T09:00:01Z", ACKNOWLEDGED, "system")
        .at("2026-11-23T09:00:02Z", MESSAGE_SENT, "system")
        .at("2026-11-23T09:30:00Z", NOTE_ADDED, "agent")
        .at("2026-11-23T10:00:00Z", MESSAGE_SENT, "agent")
        .at("2026-11-23T11:00:00Z", MESSAGE_SENT, "agent");

    assertThat(told(story.runs(FIRST_RESPONSE)))
        .containsExactly("1: 2026-11-23T09:00:00Z to 2026-11-23T10:00:00Z by message-sent");
  }

  @Test
  void aSolutionIsAResponseToo() {
    var story = opened()
        .at("2026-11-23T09:30:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T10:00:00Z", SOLUTION_PROPOSED, "agent");

    assertThat(told(story.runs(FIRST_RESPONSE)))
        .containsExactly("1: 2026-11-23T09:00:00Z to 2026-11-23T10:00:00Z by solution-proposed");
    assertThat(told(story.runs(NEXT_RESPONSE)))
        .containsExactly("1: 2026-11-23T09:30:00Z to 2026-11-23T10:00:00Z by solution-proposed");
  }

  @Test
  void theNextResponseIsOwedSinceTheOldestUnansweredMessage() {
    var story = opened()
        .at("2026-11-23T10:00:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T10:30:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T10:40:00Z", MESSAGE_SENT, "system")
        .at("2026-11-23T11:00:00Z", MESSAGE_SENT, "lead")
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer");

    assertThat(told(story.runs(NEXT_RESPONSE)))
        .containsExactly(
            "1: 2026-11-23T10:00:00Z to 2026-11-23T11:00:00Z by message-sent",
            "2: 2026-11-23T12:00:00Z to now");
  }

  @Test
  void noResponseIsOwedToAMachine() {
    var story = opened().at("2026-11-23T10:00:00Z", MESSAGE_RECEIVED, "customer", null, AUTOMATIC);

    assertThat(story.runs(NEXT_RESPONSE)).isEmpty();
  }

  @Test
  void aCustomerWhoAsksForEscalationRejectsOrReopensIsOwedAResponse() {
    var story = opened()
        .at("2026-11-23T10:00:00Z", ESCALATED, "customer", Trigger.CUSTOMER, Map.of())
        .at("2026-11-23T10:10:00Z", MESSAGE_SENT, "lead")
        .at("2026-11-23T11:00:00Z", ESCALATED, "system", Trigger.TIMER, Map.of())
        .at("2026-11-23T12:00:00Z", SOLUTION_PROPOSED, "manager")
        .at("2026-11-23T13:00:00Z", REJECTED, "customer")
        .at("2026-11-23T14:00:00Z", SOLUTION_PROPOSED, "manager")
        .at("2026-11-23T15:00:00Z", CLOSED, "system")
        .at("2026-11-24T09:00:00Z", REOPENED, "customer");

    assertThat(story.runs(NEXT_RESPONSE))
        .extracting(run -> run.startedAt().toString())
        .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T13:00:00Z", "2026-11-24T09:00:00Z");
  }

  @Test
  void anUpdateIsOwedSinceTheLastMessageToTheCustomerWhoeverSentIt() {
    var story = opened()
        .at("2026-11-23T09:00:02Z", MESSAGE_SENT, "system")
        .at("2026-11-23T11:00:00Z", MESSAGE_SENT, "agent")
        .at("2026-11-23T12:00:00Z", SOLUTION_PROPOSED, "agent")
        .at("2026-11-23T12:00:02Z", MESSAGE_SENT, "system")
        .at("2026-11-23T13:00:00Z", REJECTED, "customer");

    assertThat(told(story.runs(UPDATE)))
        .containsExactly(
            "1: 2026-11-23T09:00:00Z to 2026-11-23T09:00:02Z by message-sent",
            "2: 2026-11-23T09:00:02Z to 2026-11-23T11:00:00Z by message-sent",
            "3: 2026-11-23T11:00:00Z to 2026-11-23T12:00:00Z by solution-proposed",
            "4: 2026-11-23T13:00:00Z to now");
  }

  @ParameterizedTest
  @CsvSource({"CLOSED, closed", "CLOSED_UNRESOLVED, closed-unresolved", "WITHDRAWN, withdrawn"})
  void anEndStopsEveryClock(org.escalationpath.cases.What end, String by) {
    var story = opened()
        .visit(1, Story.FRONT_LINE, "2026-11-23T09:00:00Z", Story.level("PT8H", "", Story.OFFICE))
        .at("2026-11-23T10:00:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T11:00:00Z", end, "system")
        .at("2026-11-23T11:00:05Z", MESSAGE_SENT, "system");

    for (var kind : List.of(FIRST_RESPONSE, NEXT_RESPONSE, UPDATE, TIER)) {
      assertThat(story.runs(kind)).as(kind.toString()).hasSize(1);
      assertThat(told(story.runs(kind)).get(0)).endsWith("to 2026-11-23T11:00:00Z by " + by);
    }
    assertThat(told(story.runs(RESOLUTION)).get(0))
        .endsWith("to 2026-11-23T11:00:00Z by the case was " + by);
  }

  @Test
  void aPauseLastsFromTheQuestionToTheAnswer() {
    var story = opened()
        .at("2026-11-23T10:00:00Z", PAUSED, "agent")
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T12:00:01Z", RESUMED, "system")
        .at("2026-11-24T10:00:00Z", PAUSED, "lead");

    assertThat(pauses(story.runs(RESOLUTION).get(0)))
        .containsExactly(
            "paused 2026-11-23T10:00:00Z to 2026-11-23T12:00:00Z by agent",
            "paused 2026-11-24T10:00:00Z to null by lead");
    assertThat(Timeline.pauses(story.ledger(), Instant.MAX)).hasSize(2);
  }

  @Test
  void anyContactOfTheCustomerEndsAPauseEvenIfNobodyResumesButAnAutomaticReplyDoesNot() {
    var story = opened()
        .at("2026-11-23T10:00:00Z", PAUSED, "agent")
        .at("2026-11-23T10:30:00Z", PAUSED, "agent")
        .at("2026-11-23T11:00:00Z", MESSAGE_RECEIVED, "customer", null, AUTOMATIC)
        .at("2026-11-23T12:00:00Z", ESCALATED, "customer", Trigger.CUSTOMER, Map.of())
        .at("2026-11-23T13:00:00Z", RESUMED, "system");

    assertThat(pauses(story.runs(RESOLUTION).get(0)))
        .containsExactly("paused 2026-11-23T10:00:00Z to 2026-11-23T12:00:00Z by agent");
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED", "REJECTED", "REOPENED", "WITHDRAWN", "SOLUTION_PROPOSED", "CLOSED"})
  void whateverElseEndsTheWaitEndsThePause(org.escalationpath.cases.What end) {
    var story = opened()
        .at("2026-11-23T10:00:00Z", PAUSED, "agent")
        .at("2026-11-23T12:00:00Z", end, "customer");

    assertThat(Timeline.pauses(story.ledger(), Instant.MAX))
        .singleElement()
        .extracting(gap -> gap.to().toString())
        .isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void aTimersEscalationEndsNoPause() {
    var story = opened()
        .at("2026-11-23T10:00:00Z", PAUSED, "agent")
        .at("2026-11-23T12:00:00Z", ESCALATED, "agent", Trigger.AGENT, Map.of())
        .at("2026-11-23T12:30:00Z", CLAIMED, "lead");

    assertThat(Timeline.pauses(story.ledger(), Instant.MAX).get(0).to()).isNull();
  }

  @Test
  void theResolutionClockStandsStillWhileASolutionIsProposedAndRunsOnAfterThat() {
    var story = opened()
        .at("2026-11-23T11:00:00Z", SOLUTION_PROPOSED, "agent")
        .at("2026-11-23T13:00:00Z", REJECTED, "customer")
        .at("2026-11-23T14:00:00Z", PAUSED, "lead")
        .at("2026-11-23T15:00:00Z", RESUMED, "system")
        .at("2026-11-23T16:00:00Z", SOLUTION_PROPOSED, "lead")
        .at("2026-11-23T16:30:00Z", ACCEPTED, "customer")
        .at("2026-11-23T16:30:00Z", CLOSED, "system");

    var run = story.runs(RESOLUTION);
    assertThat(told(run))
        .containsExactly(
            "1: 2026-11-23T09:00:00Z to 2026-11-23T16:00:00Z by a solution was proposed");
    assertThat(pauses(run.get(0)))
        .containsExactly(
            "stopped 2026-11-23T11:00:00Z to 2026-11-23T13:00:00Z by agent",
            "paused 2026-11-23T14:00:00Z to 2026-11-23T15:00:00Z by lead");
  }

  @Test
  void eachVisitOfATierIsARunThatEndsWhereTheNextBegins() {
    var level = Story.level("PT8H", "", Story.OFFICE);
    var story = opened()
        .visit(1, Story.FRONT_LINE, "2026-11-23T09:00:00Z", level)
        .at("2026-11-23T10:00:00Z", PAUSED, "agent")
        .at("2026-11-23T11:00:00Z", RESUMED, "system")
        .at("2026-11-24T10:00:03Z", ESCALATED, "system", Trigger.TIMER, Map.of())
        // planned: it counts from the limit that passed, three seconds before anybody noticed
        .visit(2, Story.TEAM_LEAD, "2026-11-24T10:00:00Z", level)
        .at("2026-11-24T12:00:00Z", SOLUTION_PROPOSED, "lead")
        .at("2026-11-24T12:00:00Z", REJECTED, "customer")
        .visit(3, Story.TEAM_LEAD, "2026-11-24T12:00:00Z", level);

    assertThat(told(story.runs(TIER)))
        .containsExactly(
            "1: 2026-11-23T09:00:00Z to 2026-11-24T10:00:00Z by handed over to team-lead",
            "2: 2026-11-24T10:00:00Z to 2026-11-24T12:00:00Z by solution-proposed",
            "3: 2026-11-24T12:00:00Z to now");
    assertThat(pauses(story.runs(TIER).get(0))).hasSize(1);
    assertThat(pauses(story.runs(TIER).get(1))).isEmpty();
    assertThat(story.runs(TIER)).extracting(Run::isRunning).containsExactly(false, false, true);
  }

  @Test
  void aClockWithoutAServiceLevelDoesNotRun() {
    assertThat(opened().clocks()).isEmpty();
  }
}
