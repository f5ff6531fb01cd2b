package org.escalationpath.clocks;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.Decisions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the owners' decision table {@code service-levels} says, in its latest version. */
@Component
class ServiceLevels {

  private static final String TABLE = "service-levels";

  /** As many as a path has variables to draw timers with. */
  private static final int MOST_REMINDERS = 3;

  private final Decisions decisions;
  private final Calendars calendars;

  ServiceLevels(Decisions decisions, Calendars calendars) {
    this.decisions = decisions;
    this.calendars = calendars;
  }

  /**
   * @param clock {@code tier}, {@code first-response}, {@code answer}, {@code acceptance}, {@code alarm} …
   * @throws IllegalStateException if the table has no row for it, or one that cannot be read
   */
  ServiceLevel require(String clock, CustomerCase customerCase, @Nullable Tier tier) {
    return find(clock, customerCase, tier)
        .orElseThrow(
            () -> new IllegalStateException("Decision table '%s' has no row for %s; add one"
                .formatted(TABLE, inputs(clock, customerCase, tier))));
  }

  /** As {@link #require}, or nothing where the table has no row: then nobody is held to that clock. */
  Optional<ServiceLevel> find(String clock, CustomerCase customerCase, @Nullable Tier tier) {
    return decisions.find(TABLE, inputs(clock, customerCase, tier)).map(this::read);
  }

  private static Map<String, Object> inputs(
      String clock, CustomerCase customerCase, @Nullable Tier tier) {
    var inputs = new HashMap<String, Object>();
    inputs.put("clock", clock);
    inputs.put("priority", customerCase.priority().toString());
    inputs.put("tier", tier == null ? null : tier.group());
    inputs.put("segment", customerCase.customer().segment());
    return inputs;
  }

  private ServiceLevel read(Decisions.Row row) {
    var limit = text(row, "limit");
    try {
      var reminders = new Reminders(text(row, "reminder"));
      if (reminders.of(Duration.parse(limit)).size() > MOST_REMINDERS) {
        throw new IllegalArgumentException(
            "there are more than %d reminders in '%s'".formatted(MOST_REMINDERS, reminders.text()));
      }
      return new ServiceLevel(
          Duration.ofSeconds(Duration.parse(limit).toSeconds()),
          reminders,
          calendars.latest(text(row, "calendar")),
          pausesForThirdParty(row),
          row.source());
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(
          "%s: the limit '%s' is no duration like PT4H".formatted(row.source(), limit), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(row.source() + ": " + e.getMessage(), e);
    }
  }

  /** Tables of before have no such column. */
  private static boolean pausesForThirdParty(Decisions.Row row) {
    return switch (text(row, "thirdPartyPauses")) {
      case "true" -> true;
      case "", "false" -> false;
      default ->
        throw new IllegalArgumentException(
            "whether a third party pauses the clock is true or false, not '%s'"
                .formatted(text(row, "thirdPartyPauses")));
    };
  }

  private static String text(Decisions.Row row, String column) {
    var value = row.values().get(column);
    return value == null ? "" : value.toString();
  }
}
