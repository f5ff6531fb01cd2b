package org.escalationpath.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.cases.What.CLAIMED;
import static org.escalationpath.cases.What.CLOSED;
import static org.escalationpath.cases.What.ESCALATED;
import static org.escalationpath.cases.What.MESSAGE_RECEIVED;
import static org.escalationpath.cases.What.MESSAGE_SENT;
import static org.escalationpath.cases.What.OPENED;
import static org.escalationpath.cases.What.PAUSED;
import static org.escalationpath.cases.What.RESUMED;
import static org.escalationpath.cases.What.SOLUTION_PROPOSED;
import static org.escalationpath.clocks.ClockKind.RESOLUTION;
import static org.escalationpath.clocks.ClockKind.TIER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.What;
import org.escalationpath.engine.DueDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a clock has used, when its limit passes, and the intervals that add up to both. */
class RunningClockTest {

  private static final ServiceLevel EIGHT_HOURS = Story.level("PT8H", "PT2H", Story.OFFICE);

  /** At the front line since Monday 9:00. */
  private static Story monday() {
    return new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .visit(1, Story.FRONT_LINE, "2026-11-23T09:00:00Z", EIGHT_HOURS);
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @Test
  void aClockUsesWorkingTimeUntilItsLimit() {
    var clock = monday().clock(TIER, 1);

    assertThat(clock.used(at("2026-11-23T12:00:00Z"))).hasHours(3);
    assertThat(clock.used(at("2026-11-23T20:00:00Z"))).hasHours(8);
    assertThat(clock.limitAt()).contains(at("2026-11-23T17:00:00Z"));
    assertThat(clock.remindersAt()).containsExactly(at("2026-11-23T15:00:00Z"));
  }

  @Test
  void aPauseMovesTheDeadlineByTheWorkingTimeInIt() {
    var clock = monday()
        .at("2026-11-23T15:00:00Z", PAUSED)
        .at("2026-11-24T10:00:00Z", MESSAGE_RECEIVED, "customer")
        .clock(TIER, 1);

    assertThat(clock.used(at("2026-11-24T10:00:00Z"))).hasHours(6);
    assertThat(clock.limitAt()).contains(at("2026-11-24T12:00:00Z"));
    assertThat(clock.paused(at("2026-11-24T11:00:00Z"))).hasHours(19);
    assertThat(clock.isPaused(at("2026-11-24T11:00:00Z"))).isFalse();
  }

  @Test
  void thereIsNoDeadlineWhileAPauseLasts() {
    var clock = monday().at("2026-11-23T14:00:00Z", PAUSED).clock(TIER, 1);

    assertThat(clock.limitAt()).isEmpty();
    assertThat(clock.remindersAt()).isEmpty();
    assertThat(clock.deadlines())
        .isEqualTo(new Deadlines(List.of(DueDate.NEVER), DueDate.NEVER, true));
    assertThat(clock.deadlines().arePaused()).isTrue();
    assertThat(clock.isPaused(at("2026-11-23T14:00:00Z"))).isTrue();
    assertThat(clock.isPaused(at("2026-11-23T13:59:59Z"))).isFalse();
    assertThat(clock.used(at("2026-11-25T12:00:00Z"))).hasHours(5);
    assertThat(clock.paused(at("2026-11-23T16:00:00Z"))).hasHours(2);
  }

  @Test
  void aLimitThatPassedBeforeThePauseHasPassed() {
    var clock = monday().at("2026-11-23T17:00:00Z", PAUSED).clock(TIER, 1);

    assertThat(clock.limitAt()).contains(at("2026-11-23T17:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT4H, 2026-11-23T13:00:00Z, one hour is left",
    "PT3H, 2026-11-23T12:00:00Z, all is used",
    "PT1H, 2026-11-23T12:00:00Z, more than all is used",
    "PT16H, 2026-11-24T17:00:00Z, thirteen hours are left"
  })
  void anotherPriorityKeepsWhatWasUsed(String limit, Instant limitAt, String why) {
    var clock = monday()
        .term(
            TIER,
            1,
            2,
            Story.FRONT_LINE,
            "2026-11-23T12:00:00Z",
            Story.level(limit, "", Story.OFFICE),
            Priority.HIGH,
            Duration.ZERO)
        .clock(TIER, 1);

    assertThat(clock.limitAt()).as(why).contains(limitAt);
    assertThat(clock.used(at("2026-11-23T13:00:00Z"))).hasHours(4);
    assertThat(clock.used(at("2026-11-23T11:00:00Z"))).hasHours(2);
  }

  @Test
  void anotherCalendarCountsFromItsTermOn() {
    var clock = monday()
        .term(TIER, 1, 2, "2026-11-23T12:00:00Z", Story.level("PT8H", "", WorkingCalendar.ALWAYS))
        .clock(TIER, 1);

    assertThat(clock.limitAt()).contains(at("2026-11-23T17:00:00Z"));
    assertThat(clock.used(at("2026-11-23T20:00:00Z"))).hasHours(11);
    assertThat(clock.intervals(at("2026-11-23T13:00:00Z")))
        .extracting(Interval::calendar)
        .containsExactly("office:1", "always:1", "always:1");
  }

  @Test
  void aPauseSurvivesAnotherPriority() {
    var clock = monday()
        .at("2026-11-23T11:00:00Z", PAUSED)
        .term(TIER, 1, 2, "2026-11-23T12:00:00Z", Story.level("PT1H", "", Story.OFFICE))
        .clock(TIER, 1);

    assertThat(clock.limitAt()).isEmpty();
    assertThat(monday()
            .at("2026-11-23T11:00:00Z", PAUSED)
            .term(TIER, 1, 2, "2026-11-23T12:00:00Z", Story.level("PT1H", "", Story.OFFICE))
            .at("2026-11-23T14:00:00Z", RESUMED)
            .clock(TIER, 1)
            .limitAt())
        .contains(at("2026-11-23T14:00:00Z"));
  }

  @Test
  void whatAConvertedClockHadUsedCounts() {
    var clock = new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .term(
            TIER,
            1,
            1,
            Story.FRONT_LINE,
            "2026-11-23T09:00:00Z",
            EIGHT_HOURS,
            Priority.NORMAL,
            Duration.ofHours(3))
        .clock(TIER, 1);

    assertThat(clock.used(at("2026-11-23T10:00:00Z"))).hasHours(4);
  }

  @Test
  void aStoppedClockUsesNoMore() {
    var clock = monday().at("2026-11-23T11:00:00Z", SOLUTION_PROPOSED).clock(TIER, 1);

    assertThat(clock.used(at("2026-11-24T11:00:00Z"))).hasHours(2);
    assertThat(clock.used(at("2026-11-23T10:00:00Z"))).hasHours(1);
    assertThat(clock.intervals(at("2026-11-24T11:00:00Z")))
        .singleElement()
        .satisfies(each -> assertThat(each.to()).isEqualTo("2026-11-23T11:00:00Z"));
  }

  @Test
  void theIntervalsOfAClockSayWhatCountedWhatDidNotAndWhy() {
    var clock = new Story()
        .at("2026-12-23T15:00:00Z", OPENED)
        .visit(1, Story.FRONT_LINE, "2026-12-23T15:00:00Z", EIGHT_HOURS)
        .at("2026-12-24T10:00:00Z", PAUSED, "agent")
        .at("2026-12-24T12:00:00Z", RESUMED, "system")
        .clock(TIER, 1);

    assertThat(clock.intervals(at("2026-12-24T16:00:00Z")))
        .extracting(each -> each.from() + " " + each.kind() + " " + each.seconds() / 3600 + " h "
            + each.reason() + (each.by() == null ? "" : " by " + each.by())
            + (each.isPlanned() ? ", planned" : "") + (each.counts() ? ", counts" : ""))
        .containsExactly(
            "2026-12-23T15:00:00Z working 2 h , counts",
            "2026-12-23T17:00:00Z closed 16 h outside working hours",
            "2026-12-24T09:00:00Z working 1 h , counts",
            "2026-12-24T10:00:00Z paused 2 h waiting for the customer by agent",
            "2026-12-24T12:00:00Z working 4 h , counts",
            "2026-12-24T16:00:00Z working 1 h , planned, counts");
  }

  @Test
  void whatComesAfterTheLimitIsOverdue() {
    var clock = monday().clock(TIER, 1);

    assertThat(clock.intervals(at("2026-11-24T10:00:00Z")))
        .extracting(each -> each.from() + " " + each.kind() + " " + each.isOverdue())
        .containsExactly(
            "2026-11-23T09:00:00Z working false",
            "2026-11-23T17:00:00Z closed true",
            "2026-11-24T09:00:00Z working true");
  }

  // ---- explained

  private static Explanation explain(Story story, ClockKind kind, String now) {
    return Explanation.of(story.clock(kind, 1), story.ledger(), at(now));
  }

  @Test
  void anExplanationSaysHowTheClockStands() {
    var running = explain(monday(), TIER, "2026-11-23T12:00:00Z");
    assertThat(running.state()).isEqualTo("running");
    assertThat(running.isRunning()).isTrue();
    assertThat(running.isMet()).isNull();
    assertThat(running.tier()).isEqualTo("front-line");
    assertThat(running.usedSeconds()).isEqualTo(3 * 3_600);
    assertThat(running.limitSeconds()).isEqualTo(8 * 3_600);
    assertThat(running.terms())
        .containsExactly(new Explanation.TermView(
            at("2026-11-23T09:00:00Z"),
            "normal",
            8 * 3_600,
            "PT2H",
            "service-levels:1 row",
            "office:1",
            false,
            "start"));

    assertThat(explain(monday(), TIER, "2026-11-23T17:00:00Z").isMet()).isTrue();
    assertThat(explain(monday(), TIER, "2026-11-24T09:00:01Z").isMet()).isFalse();

    var paused = explain(monday().at("2026-11-23T10:00:00Z", PAUSED), TIER, "2026-11-23T12:00:00Z");
    assertThat(paused.state()).isEqualTo("paused");
    assertThat(paused.isRunning()).isTrue();
    assertThat(paused.limitAt()).isNull();
    assertThat(paused.isMet()).isNull();
    assertThat(paused.pausedSeconds()).isEqualTo(2 * 3_600);

    var stopped = explain(
        monday().at("2026-11-23T10:00:00Z", SOLUTION_PROPOSED), TIER, "2026-11-25T12:00:00Z");
    assertThat(stopped.state()).isEqualTo("stopped");
    assertThat(stopped.isRunning()).isFalse();
    assertThat(stopped.isMet()).isTrue();
    assertThat(stopped.stoppedBy()).isEqualTo("solution-proposed");

    var late = explain(
        monday().at("2026-11-24T10:00:00Z", SOLUTION_PROPOSED), TIER, "2026-11-25T12:00:00Z");
    assertThat(late.isMet()).isFalse();
  }

  @Test
  void aVisitSaysHowLongNobodyHadClaimedTheCase() {
    assertThat(explain(monday(), TIER, "2026-11-23T11:00:00Z").unclaimedSeconds())
        .isEqualTo(2 * 3_600);
    assertThat(explain(
                monday().at("2026-11-23T10:00:00Z", CLAIMED).at("2026-11-23T11:00:00Z", CLAIMED),
                TIER,
                "2026-11-23T12:00:00Z")
            .unclaimedSeconds())
        .isEqualTo(3_600);
    // claimed only by the next tier
    assertThat(explain(
                monday()
                    .at("2026-11-23T12:00:00Z", ESCALATED)
                    .visit(2, Story.TEAM_LEAD, "2026-11-23T12:00:00Z", EIGHT_HOURS)
                    .at("2026-11-23T13:00:00Z", CLAIMED),
                TIER,
                "2026-11-23T14:00:00Z")
            .unclaimedSeconds())
        .isEqualTo(3 * 3_600);
    assertThat(explain(
                new Story()
                    .at("2026-11-23T09:00:00Z", OPENED)
                    .term(RESOLUTION, 1, 1, "2026-11-23T09:00:00Z", EIGHT_HOURS),
                RESOLUTION,
                "2026-11-23T14:00:00Z")
            .unclaimedSeconds())
        .isNull();
  }

  @Property(tries = 1_000)
  void intervalsLieEndToEndAndAddUpToTheUsedTimeAndToTheDeadline(@ForAll Random random) {
    var story = randomStory(random);
    var now = at("2026-11-23T09:00:00Z").plusSeconds(random.nextInt(40 * 86_400));

    for (var clock : story.clocks()) {
      var intervals = clock.intervals(now);
      var cursor = clock.run().startedAt();
      var used = 0L;
      var untilLimit = 0L;
      for (var each : intervals) {
        assertThat(each.from()).isEqualTo(cursor);
        assertThat(each.seconds()).isPositive();
        cursor = each.to();
        used += each.counts() && !each.isPlanned() ? each.seconds() : 0;
        untilLimit += each.counts() && !each.isOverdue() ? each.seconds() : 0;
      }
      assertThat(Duration.ofSeconds(used)).isEqualTo(clock.used(now));
      var limitAt = clock.limitAt();
      if (clock.run().isRunning() && limitAt.isPresent() && clock.terms().size() == 1) {
        assertThat(untilLimit).isEqualTo(clock.limit().toSeconds());
        assertThat(intervals.stream()
                .filter(each -> !each.isOverdue())
                .reduce((earlier, later) -> later)
                .map(Interval::to))
            .isEqualTo(limitAt);
      }
      assertThat(clock.used(now))
          .isLessThanOrEqualTo(Duration.between(clock.run().startedAt(), now).abs());
    }
  }

  /** Pauses, answers, solutions, rejections and changes of priority at random moments, now before and then after now. */
  private static Story randomStory(Random random) {
    var story = monday()
        .term(RESOLUTION, 1, 1, "2026-11-23T09:00:00Z", Story.level("PT40H", "75%", Story.OFFICE));
    var at = at("2026-11-23T09:00:00Z");
    var what = List.of(
        PAUSED,
        RESUMED,
        MESSAGE_RECEIVED,
        MESSAGE_SENT,
        SOLUTION_PROPOSED,
        What.REJECTED,
        CLOSED,
        What.REOPENED);
    var visit = 1;
    var resolutionTerm = 1;
    for (var i = random.nextInt(12); i > 0; i--) {
      at = at.plusSeconds(random.nextInt(3 * 86_400));
      if (at.isAfter(at("2026-12-20T00:00:00Z"))) {
        break;
      }
      if (random.nextInt(3) == 0) {
        story.thirdParty(at.toString(), random.nextBoolean() ? PAUSED : RESUMED);
      } else {
        story.at(at.toString(), what.get(random.nextInt(what.size())), "agent", null, Map.of());
      }
      if (random.nextInt(4) == 0) {
        var level = random.nextBoolean() ? Story.pausing(EIGHT_HOURS) : EIGHT_HOURS;
        story.visit(++visit, Story.TEAM_LEAD, at.toString(), level);
      }
      if (random.nextInt(6) == 0) {
        story.term(
            RESOLUTION,
            1,
            ++resolutionTerm,
            at.toString(),
            Story.level("PT20H", "", Story.office(2, "mon-sat 08:00-12:00,13:00-20:00")));
      }
    }
    return story;
  }

  // ---- third parties

  /** As {@link #monday()}, with a tier's clock that stands still for third parties and a resolution's that does not. */
  private static Story waitsForThirdParty(String since) {
    return new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .visit(1, Story.FRONT_LINE, "2026-11-23T09:00:00Z", Story.pausing(EIGHT_HOURS))
        .term(RESOLUTION, 1, 1, "2026-11-23T09:00:00Z", Story.level("PT40H", "", Story.OFFICE))
        .thirdParty(since, PAUSED);
  }

  @Test
  void aThirdPartyPausesTheClocksWhosePolicySaysSoAndNoOthers() {
    var story = waitsForThirdParty("2026-11-23T12:00:00Z");
    var now = at("2026-11-23T14:00:00Z");

    assertThat(story.clock(TIER, 1).isPaused(now)).isTrue();
    assertThat(story.clock(TIER, 1).limitAt()).isEmpty();
    assertThat(story.clock(TIER, 1).used(now)).hasHours(3);
    assertThat(story.clock(RESOLUTION, 1).isPaused(now)).isFalse();
    assertThat(story.clock(RESOLUTION, 1).used(now)).hasHours(5);
    assertThat(story.clock(RESOLUTION, 1).limitAt()).contains(at("2026-11-27T17:00:00Z"));

    story.thirdParty("2026-11-23T15:00:00Z", RESUMED);
    assertThat(story.clock(TIER, 1).limitAt()).contains(at("2026-11-24T12:00:00Z"));
    assertThat(story.clock(TIER, 1).intervals(at("2026-11-23T16:00:00Z")))
        .extracting(each -> each.kind() + " " + each.reason())
        .contains("paused waiting for a third party");
  }

  @Test
  void waitingForBothCountsOnceAndIsWaitingForTheCustomer() {
    var story = waitsForThirdParty("2026-11-23T10:00:00Z")
        .at("2026-11-23T11:00:00Z", PAUSED)
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        .thirdParty("2026-11-23T13:00:00Z", RESUMED);

    var tier = story.clock(TIER, 1);
    assertThat(tier.used(at("2026-11-23T14:00:00Z"))).hasHours(2);
    assertThat(tier.paused(at("2026-11-23T14:00:00Z"))).hasHours(3);
    assertThat(tier.intervals(at("2026-11-23T13:00:00Z")))
        .filteredOn(each -> each.kind().equals("paused"))
        .extracting(each -> each.reason() + " " + each.seconds() / 3_600)
        .containsExactly(
            "waiting for a third party 1",
            "waiting for the customer 1",
            "waiting for a third party 1");
    assertThat(story.clock(RESOLUTION, 1).used(at("2026-11-23T14:00:00Z")))
        .as("stood still for the customer only")
        .hasHours(4);
  }

  @Test
  void neitherAnswerEndsTheWaitForTheOther() {
    var customer = waitsForThirdParty("2026-11-23T10:00:00Z")
        .at("2026-11-23T11:00:00Z", PAUSED)
        .thirdParty("2026-11-23T12:00:00Z", RESUMED);
    assertThat(customer.clock(TIER, 1).isPaused(at("2026-11-23T13:00:00Z"))).isTrue();
    assertThat(customer.clock(RESOLUTION, 1).isPaused(at("2026-11-23T13:00:00Z")))
        .isTrue();

    var thirdParty = waitsForThirdParty("2026-11-23T10:00:00Z")
        .at("2026-11-23T11:00:00Z", PAUSED)
        .at("2026-11-23T12:00:00Z", RESUMED);
    assertThat(thirdParty.clock(TIER, 1).isPaused(at("2026-11-23T13:00:00Z"))).isTrue();
    assertThat(thirdParty.clock(RESOLUTION, 1).isPaused(at("2026-11-23T13:00:00Z")))
        .isFalse();
  }

  @Test
  void aWaitThatWasNoticedLateEndedWhenItShouldHave() {
    var story = waitsForThirdParty("2026-11-23T12:00:00Z")
        .at(
            "2026-11-27T09:00:00Z",
            RESUMED,
            "system",
            null,
            Map.of("awaited", "third-party", "since", "2026-11-23T15:00:00Z"));

    assertThat(story.clock(TIER, 1).limitAt()).contains(at("2026-11-24T12:00:00Z"));
  }

  @Test
  void aWaitWhoseTimeIsOverHasEndedEvenIfNobodyNoticed() {
    var story = monday()
        .term(
            TIER,
            1,
            2,
            "2026-11-23T10:00:00Z",
            Story.pausing(Story.level("PT8H", "", Story.OFFICE)))
        .at(
            "2026-11-23T12:00:00Z",
            PAUSED,
            "agent",
            null,
            Map.of("awaited", "third-party", "until", "2026-11-24T12:00:00Z"))
        .at(
            "2026-11-23T13:00:00Z",
            PAUSED,
            "lead",
            null,
            Map.of("awaited", "third-party", "until", "2026-11-23T15:00:00Z"));

    assertThat(story.readAt("2026-11-23T14:59:59Z").clock(TIER, 1).limitAt()).isEmpty();
    assertThat(story.readAt("2026-11-23T15:00:00Z").clock(TIER, 1).limitAt())
        .contains(at("2026-11-24T12:00:00Z"));
    assertThat(story.clock(TIER, 1).deadlines().arePaused()).isFalse();
  }

  @Test
  void anotherPriorityHasItsOwnWordOnThirdParties() {
    var clock = waitsForThirdParty("2026-11-23T12:00:00Z")
        .term(TIER, 1, 2, "2026-11-23T14:00:00Z", Story.level("PT4H", "", Story.OFFICE))
        .clock(TIER, 1);

    assertThat(clock.used(at("2026-11-23T14:00:00Z"))).hasHours(3);
    assertThat(clock.limitAt()).contains(at("2026-11-23T15:00:00Z"));
    assertThat(clock.isPaused(at("2026-11-23T14:30:00Z"))).isFalse();
  }

  @Test
  void aSolutionEndsEveryWait() {
    var clock = waitsForThirdParty("2026-11-23T12:00:00Z")
        .at("2026-11-23T14:00:00Z", SOLUTION_PROPOSED)
        .clock(TIER, 1);

    assertThat(clock.paused(at("2026-11-24T14:00:00Z"))).hasHours(2);
    assertThat(clock.used(at("2026-11-24T14:00:00Z"))).hasHours(3);
  }

  // ---- reminders

  @ParameterizedTest
  @CsvSource({
    "'',            ''",
    "PT2H,          PT6H",
    "75%,           PT6H",
    "'50%, PT1H',   'PT4H PT7H'",
    "'PT1H,50%,PT4H', 'PT4H PT7H'",
    "PT9H,          PT0S",
    "100%,          PT8H",
    "0%,            PT0S",
    "PT0S,          PT8H"
  })
  void remindersArePartsOfTheLimitOrDurationsBeforeItsEnd(String text, String points) {
    assertThat(new Reminders(text).of(Duration.ofHours(8)).stream().map(Duration::toString))
        .containsExactly(points.isEmpty() ? new String[0] : points.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"soon", "101%", "-5%", "-PT1H", "50"})
  void aReminderThatCannotBeReadIsRefusedWithTheServiceLevel(String text) {
    assertThatThrownBy(() -> Story.level("PT8H", text, Story.OFFICE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reminder");
    assertThatThrownBy(() -> Story.level("-PT8H", "", Story.OFFICE))
        .hasMessageContaining("negative");
  }

  @Test
  void thePolicysReminderThatIsNotThereIsNever() {
    var deadlines =
        new Deadlines(List.of(at("2026-11-23T09:00:00Z")), at("2026-11-23T10:00:00Z"), false);

    assertThat(deadlines.reminderAt()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(deadlines.reminderAt(2)).isEqualTo(DueDate.NEVER);
  }
}
