package org.escalationpath.clocks;

import static org.escalationpath.cases.Priority.NORMAL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.escalationpath.calendar.CalendarDefinition;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;

/** A ledger and the terms of its clocks, told entry by entry; without a database. */
final class Story {

  static final Tier FRONT_LINE = Tier.of("front-line");
  static final Tier TEAM_LEAD = Tier.of("team-lead");
  static final WorkingCalendar OFFICE = office(1, "mon-fri 09:00-17:00");

  private static final Map<String, Object> THIRD_PARTY = Map.of("awaited", "third-party");

  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final List<Term> terms = new ArrayList<>();
  private Instant now = Instant.MIN;

  static WorkingCalendar office(int version, String hours) {
    return new CalendarDefinition(
            "UTC", hours, null, List.of("2026-12-25 Christmas Day"), List.of())
        .compile("office", version);
  }

  static ServiceLevel level(String limit, String reminders, WorkingCalendar calendar) {
    return new ServiceLevel(
        Duration.parse(limit), new Reminders(reminders), calendar, false, "service-levels:1 row");
  }

  /** The level of a clock that stands still while the case waits for a third party, too. */
  static ServiceLevel pausing(ServiceLevel level) {
    return new ServiceLevel(
        level.limit(), level.reminders(), level.calendar(), true, level.policy());
  }

  Story at(String at, What what) {
    return at(at, what, "agent", null, Map.of());
  }

  Story at(String at, What what, String who) {
    return at(at, what, who, null, Map.of());
  }

  /** The wait for a third party begins or ends. */
  Story thirdParty(String at, What what) {
    return at(at, what, "agent", null, THIRD_PARTY);
  }

  Story at(
      String at, What what, String who, @Nullable Trigger trigger, Map<String, Object> details) {
    ledger.add(new LedgerEntry(
        ledger.size() + 1,
        Instant.parse(at),
        who,
        what,
        null,
        null,
        null,
        trigger,
        null,
        null,
        details));
    return this;
  }

  Story visit(int run, Tier tier, String since, ServiceLevel level) {
    return term(ClockKind.TIER, run, 1, tier, since, level, NORMAL, Duration.ZERO);
  }

  Story term(ClockKind kind, int run, int number, String since, ServiceLevel level) {
    var tier = kind == ClockKind.TIER ? FRONT_LINE : null;
    return term(kind, run, number, tier, since, level, NORMAL, Duration.ZERO);
  }

  Story term(
      ClockKind kind,
      int run,
      int number,
      @Nullable Tier tier,
      String since,
      ServiceLevel level,
      Priority priority,
      Duration carried) {
    terms.add(new Term(
        kind,
        run,
        number,
        tier,
        priority,
        Instant.parse(since),
        ledger.size(),
        level,
        number == 1 ? Term.START : Term.PRIORITY_CHANGED,
        carried));
    return this;
  }

  /** When the story is read: the end of a wait that has not come by then is not known. */
  Story readAt(String at) {
    now = Instant.parse(at);
    return this;
  }

  List<LedgerEntry> ledger() {
    return ledger;
  }

  List<RunningClock> clocks() {
    return RunningClock.of(ledger, terms, now);
  }

  RunningClock clock(ClockKind kind, int run) {
    return clocks().stream()
        .filter(each -> each.run().kind() == kind && each.run().number() == run)
        .findFirst()
        .orElseThrow();
  }

  List<Run> runs(ClockKind kind) {
    var visits = terms.stream()
        .filter(term -> term.kind() == ClockKind.TIER && term.number() == 1)
        .toList();
    return Timeline.of(ledger, visits, now).stream()
        .filter(run -> run.kind() == kind)
        .toList();
  }
}
