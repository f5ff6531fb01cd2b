package org.escalationpath.clocks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.jspecify.annotations.Nullable;

/** Time of cases for tests outside of this module, without a database. */
public final class TestTime {

  private TestTime() {}

  /** A run's only term. */
  public record Limit(
      String clock, int run, @Nullable Tier tier, Instant since, Duration limit, int afterSeq) {}

  public static CaseTime of(
      List<LedgerEntry> ledger, List<Limit> limits, WorkingCalendar calendar) {
    return CaseTime.of(
        ledger, limits.stream().map(limit -> term(limit, calendar)).toList(), calendar);
  }

  private static Term term(Limit limit, WorkingCalendar calendar) {
    return new Term(
        ClockKind.of(limit.clock()),
        limit.run(),
        1,
        limit.tier(),
        Priority.NORMAL,
        limit.since(),
        limit.afterSeq(),
        Story.level(limit.limit().toString(), "", calendar),
        Term.START,
        Duration.ZERO);
  }

  public static WorkingCalendar office(String hours, List<String> holidays) {
    return new org.escalationpath.calendar.CalendarDefinition(
            "UTC", hours, null, holidays, List.of())
        .compile("office", 1);
  }
}
