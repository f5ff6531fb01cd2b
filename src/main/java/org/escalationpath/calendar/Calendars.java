package org.escalationpath.calendar;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The calendars that people edit, and {@code always}, which is built in. Saving one makes a new version; the old ones stay, since
 * clocks that run were started with them. None is ever deleted.
 */
@Repository
public class Calendars {

  /** Whose change a calendar is that came with the configuration. */
  public static final String SYSTEM = "system";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int LONGEST_WHY = 500;
  private static final int LONGEST_DEFINITION = 900_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<String, WorkingCalendar> compiled = new ConcurrentHashMap<>();

  Calendars(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    compiled.put(WorkingCalendar.ALWAYS.toString(), WorkingCalendar.ALWAYS);
  }

  /** @throws IllegalArgumentException if there is no calendar with that id, naming those there are */
  public WorkingCalendar latest(String id) {
    if (id.equals(WorkingCalendar.ALWAYS.id())) {
      return WorkingCalendar.ALWAYS;
    }
    return version(id, latestVersion(id).orElseThrow(() -> unknown(id)));
  }

  /** @throws IllegalArgumentException if there is no such version */
  public WorkingCalendar version(String id, int version) {
    var known = compiled.get(id + ":" + version);
    if (known != null) {
      return known;
    }
    var calendar = saved(id, version).definition().compile(id, version);
    var other = compiled.putIfAbsent(id + ":" + version, calendar);
    return other == null ? calendar : other;
  }

  private CalendarVersion saved(String id, int version) {
    return history(id).stream()
        .filter(each -> each.version() == version)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "There is no version %d of the calendar '%s'".formatted(version, id)));
  }

  private IllegalArgumentException unknown(String id) {
    return new IllegalArgumentException("There is no calendar '%s'; there are %s"
        .formatted(id, all().stream().map(WorkingCalendar::id).toList()));
  }

  private Optional<Integer> latestVersion(String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    return jdbc.sql("select max(version) from calendar_version where calendar_id = :id")
        .param("id", id)
        .query(Integer.class)
        .optional();
  }

  /** Each calendar in its latest version, by id, {@code always} last. */
  public List<WorkingCalendar> all() {
    var latest = new TreeMap<String, Integer>();
    jdbc.sql(
            "select calendar_id, max(version) as version from calendar_version group by calendar_id")
        .query((row, index) -> latest.put(row.getString("calendar_id"), row.getInt("version")))
        .list();
    var all = new ArrayList<WorkingCalendar>();
    latest.forEach((id, version) -> all.add(version(id, version)));
    all.add(WorkingCalendar.ALWAYS);
    return all;
  }

  /** What each version of each calendar says, as it is stored, by {@code office:1}. */
  public Map<String, String> definitions() {
    var definitions = new HashMap<String, String>();
    jdbc.sql("select calendar_id, version, definition from calendar_version").query(row -> {
      definitions.put(
          row.getString("calendar_id") + ":" + row.getInt("version"), row.getString("definition"));
    });
    return definitions;
  }

  /** All versions of a calendar, the newest first; none of {@code always}, which nobody edits. */
  public List<CalendarVersion> history(String id) {
    if (!ID.matcher(id).matches()) {
      return List.of();
    }
    return jdbc.sql("select * from calendar_version where calendar_id = :id order by version desc")
        .param("id", id)
        .query(Calendars::read)
        .list();
  }

  /**
   * Saves a new version; clocks that start from now on count by it. Those that run keep theirs.
   *
   * @param basedOn the version that was changed, 0 for a new calendar
   * @param by who saves it
   * @throws IllegalArgumentException if the definition cannot be read, or nobody would work in the year to come
   * @throws CalendarChanged if there is a later version than {@code basedOn}
   */
  public WorkingCalendar save(
      String id, int basedOn, CalendarDefinition definition, String by, @Nullable String why) {
    if (!ID.matcher(id).matches() || id.equals(WorkingCalendar.ALWAYS.id())) {
      throw new IllegalArgumentException(
          "'%s' can be no calendar's name; use small letters, digits and hyphens, at most 40, and not 'always'"
              .formatted(id));
    }
    if (write(definition).length() > LONGEST_DEFINITION) {
      throw new IllegalArgumentException("The calendar is too long; write fewer or shorter days");
    }
    var version = basedOn + 1;
    var calendar = definition.compile(id, version);
    calendar.deadline(clock.instant(), java.time.Duration.ZERO);
    var latest = latestVersion(id).orElse(0);
    if (latest != basedOn) {
      throw new CalendarChanged(id, latest);
    }
    try {
      insert(new CalendarVersion(id, version, definition, by, clock.instant(), reason(why)));
    } catch (DuplicateKeyException e) {
      throw new CalendarChanged(id, version);
    }
    return calendar;
  }

  private static String reason(@Nullable String why) {
    var reason = why == null ? "" : why.strip();
    if (reason.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'why' must be a single line without control characters");
    }
    if (reason.length() > LONGEST_WHY) {
      throw new IllegalArgumentException("'why' has %d characters; at most %d are allowed"
          .formatted(reason.length(), LONGEST_WHY));
    }
    return reason;
  }

  private void insert(CalendarVersion version) {
    jdbc.sql("""
        insert into calendar_version (calendar_id, version, definition, saved_by, saved_at, why)
        values (:id, :version, :definition, :by, :now, :why)
        """)
        .param("id", version.id())
        .param("version", version.version())
        .param("definition", write(version.definition()))
        .param("by", version.savedBy())
        .param("now", version.savedAt().atOffset(UTC))
        .param("why", version.why())
        .update();
  }

  private static CalendarVersion read(ResultSet row, int index) throws SQLException {
    return new CalendarVersion(
        row.getString("calendar_id"),
        row.getInt("version"),
        parse(row.getString("definition")),
        row.getString("saved_by"),
        row.getObject("saved_at", OffsetDateTime.class).toInstant(),
        row.getString("why"));
  }

  private static String write(CalendarDefinition definition) {
    try {
      return JSON.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A calendar cannot be written: " + definition, e);
    }
  }

  private static CalendarDefinition parse(String definition) {
    try {
      return JSON.readValue(definition, CalendarDefinition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A saved calendar cannot be read: " + definition, e);
    }
  }
}
