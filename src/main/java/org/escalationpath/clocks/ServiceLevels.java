package org.escalationpath.clocks;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.engine.Decisions;
import org.springframework.stereotype.Component;

/** What the owners' decision table {@code service-levels} says, in its latest version. */
@Component
class ServiceLevels {

  private static final String TABLE = "service-levels";

  private final Decisions decisions;
  private final Calendars calendars;

  ServiceLevels(Decisions decisions, Calendars calendars) {
    this.decisions = decisions;
    this.calendars = calendars;
  }

  /**
   * @param clock {@code tier}, {@code answer}, {@code acceptance}, {@code alarm} …
   * @throws IllegalStateException if the table has no row for it, or one that cannot be read
   */
  ServiceLevel of(String clock, CustomerCase customerCase) {
    var inputs = new HashMap<String, Object>();
    inputs.put("clock", clock);
    inputs.put("priority", customerCase.priority().toString());
    inputs.put("tier", customerCase.tier() == null ? null : customerCase.tier().group());
    inputs.put("segment", customerCase.customer().segment());
    var row = decisions.row(TABLE, inputs);
    return new ServiceLevel(
        duration(row, "limit", inputs), duration(row, "reminder", inputs), calendars.latest((String)
            row.get("calendar")));
  }

  private static Duration duration(
      Map<String, Object> row, String column, Map<String, Object> inputs) {
    try {
      return Duration.parse((String) row.get(column));
    } catch (DateTimeParseException | ClassCastException | NullPointerException e) {
      throw new IllegalStateException(
          "Decision table '%s', row for %s: the %s '%s' is no duration like PT4H"
              .formatted(TABLE, inputs, column, row.get(column)),
          e);
    }
  }
}
