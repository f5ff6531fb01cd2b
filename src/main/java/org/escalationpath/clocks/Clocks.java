package org.escalationpath.clocks;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The clocks of cases. The service level is frozen when a clock starts; pauses come from the ledger. */
@Component
public class Clocks {

  /** The due date of what must not happen while a case waits for the customer. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final String TIER = "tier";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Cases cases;
  private final Ledger ledger;
  private final ServiceLevels serviceLevels;
  private final Calendars calendars;

  Clocks(
      JdbcClient jdbc,
      Clock clock,
      Cases cases,
      Ledger ledger,
      ServiceLevels serviceLevels,
      Calendars calendars) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.cases = cases;
    this.ledger = ledger;
    this.serviceLevels = serviceLevels;
    this.calendars = calendars;
  }

  /** Starts the clock of the tier that the case has just been handed to. */
  public Deadlines startTier(CaseNumber number) {
    var customerCase = cases.require(number);
    var started =
        new RunningClock(clock.instant(), Duration.ZERO, serviceLevels.of(TIER, customerCase));
    jdbc.sql("""
        insert into clock (case_number, kind, visit, tier, priority, calendar, started_at, limit_s, reminder_s, used_s)
        values (:number, :kind, :visit, :tier, :priority, :calendar, :startedAt, :limit, :reminder, :used)
        """)
        .params(parameters(customerCase, started))
        .param("tier", String.valueOf(customerCase.tier()))
        .update();
    return deadlines(number, started);
  }

  /** The deadlines of the tier now working on the case, or that worked on it last; nothing before the first tier. */
  public Optional<Deadlines> tier(CaseNumber number) {
    return running(cases.require(number)).map(running -> deadlines(number, running));
  }

  /** Puts the running tier's clock under the service level of now, and keeps the time it has used. */
  public Deadlines replanTier(CaseNumber number) {
    var customerCase = cases.require(number);
    var before = running(customerCase)
        .orElseThrow(
            () -> new IllegalStateException("Case " + number + " has no tier's clock to re-plan"));
    var now = clock.instant();
    var used = before.usedAt(now, Pause.of(ledger.of(number)));
    var after = new RunningClock(now, used, serviceLevels.of(TIER, customerCase));
    jdbc.sql("""
        update clock set priority = :priority, calendar = :calendar, started_at = :startedAt, limit_s = :limit,
               reminder_s = :reminder, used_s = :used
         where case_number = :number and kind = :kind and visit = :visit
        """).params(parameters(customerCase, after)).update();
    return deadlines(number, after);
  }

  /** How long the case may wait for the customer's answer, and when to remind, counted from now. */
  public Deadlines answer(CaseNumber number) {
    return fromNow("answer", number);
  }

  /** Until when the customer may object to a solution, counted from now. */
  public Deadlines acceptance(CaseNumber number) {
    return fromNow("acceptance", number);
  }

  /**
   * When the last tier's alarm rings for the {@code n}th time, 1 being when the limit passes; nothing after the longest time
   * that the owners let it ring, or while the case waits.
   */
  public Optional<Instant> alarm(CaseNumber number, int n) {
    var customerCase = cases.require(number);
    var alarm = serviceLevels.of("alarm", customerCase);
    var since = alarm.limit().multipliedBy(n - 1L);
    return running(customerCase)
        .map(running -> deadlines(number, running))
        .filter(deadlines -> !deadlines.arePaused() && since.compareTo(alarm.reminder()) <= 0)
        .map(deadlines -> alarm.calendar().deadline(deadlines.limitAt(), since));
  }

  private Deadlines fromNow(String kind, CaseNumber number) {
    var level = serviceLevels.of(kind, cases.require(number));
    var now = clock.instant();
    return new Deadlines(
        level.calendar().deadline(now, level.untilReminder()),
        level.calendar().deadline(now, level.limit()));
  }

  private Deadlines deadlines(CaseNumber number, RunningClock running) {
    return running.deadlines(Pause.of(ledger.of(number)));
  }

  private Optional<RunningClock> running(CustomerCase customerCase) {
    return jdbc.sql(
            "select * from clock where case_number = :number and kind = :kind and visit = :visit")
        .param("number", customerCase.number().value())
        .param("kind", TIER)
        .param("visit", customerCase.visit())
        .query(this::read)
        .optional();
  }

  private RunningClock read(ResultSet row, int index) throws SQLException {
    var level = new ServiceLevel(
        Duration.ofSeconds(row.getLong("limit_s")),
        Duration.ofSeconds(row.getLong("reminder_s")),
        calendars.latest(row.getString("calendar")));
    return new RunningClock(
        Rows.required(Rows.instant(row, "started_at")),
        Duration.ofSeconds(row.getLong("used_s")),
        level);
  }

  private static java.util.Map<String, Object> parameters(
      CustomerCase customerCase, RunningClock running) {
    return java.util.Map.of(
        "number", customerCase.number().value(),
        "kind", TIER,
        "visit", customerCase.visit(),
        "priority", customerCase.priority().toString(),
        "calendar", running.level().calendar().id(),
        "startedAt", running.startedAt().atOffset(UTC),
        "limit", running.level().limit().toSeconds(),
        "reminder", running.level().reminder().toSeconds(),
        "used", running.used().toSeconds());
  }
}
