package org.escalationpath.clocks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LedgerEntry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The time of cases, of one or of many. */
@Component
public class CaseTimes {

  private final Terms terms;
  private final Calendars calendars;
  private final String calendar;

  CaseTimes(
      Terms terms,
      Calendars calendars,
      @Value("${escalation.metrics.calendar:office}") String calendar) {
    this.terms = terms;
    this.calendars = calendars;
    this.calendar = calendar;
  }

  /** The calendar of cases whose own clocks have none, and of what concerns no single case. */
  public WorkingCalendar calendar() {
    return calendars.all().stream().anyMatch(each -> each.id().equals(calendar))
        ? calendars.latest(calendar)
        : WorkingCalendar.ALWAYS;
  }

  /** The time of cases whose numbers lie between two, both included, by their ledgers. */
  public Map<CaseNumber, CaseTime> between(
      CaseNumber first, CaseNumber last, Map<CaseNumber, List<LedgerEntry>> ledgers) {
    var frozen = terms.between(first, last);
    var otherwise = calendar();
    var times = new HashMap<CaseNumber, CaseTime>();
    ledgers.forEach((number, ledger) ->
        times.put(number, CaseTime.of(ledger, frozen.getOrDefault(number, List.of()), otherwise)));
    return times;
  }

  /** The time of a case that no clock of ours was held to. */
  public static CaseTime withoutLimits(List<LedgerEntry> ledger, WorkingCalendar calendar) {
    return CaseTime.of(ledger, List.of(), calendar);
  }
}
