package org.escalationpath.auditor;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the auditor found, and its last run. */
@Repository
public class Findings {

  private static final int LONGEST_TEXT = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  Findings(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param cases how many open cases were checked
   * @param millis how long that took
   */
  public record Run(Instant finishedAt, int cases, long millis) {}

  /** What lasts, the oldest first; at most 1,000. */
  public List<Finding> lasting() {
    return jdbc.sql(
            "select * from audit_finding where gone_at is null order by found_at, id limit 1000")
        .query(Findings::read)
        .list();
  }

  /** How many last, by kind. */
  public Map<String, Long> counts() {
    var counts = new TreeMap<String, Long>();
    jdbc.sql(
            "select kind, count(*) as findings from audit_finding where gone_at is null group by kind")
        .query((row, index) -> counts.put(row.getString("kind"), row.getLong("findings")))
        .list();
    return counts;
  }

  /** What lasts of the cases between two, both included. */
  List<Finding> lasting(CaseNumber first, CaseNumber last) {
    return jdbc.sql("""
        select * from audit_finding where gone_at is null and case_number between :first and :last
        """)
        .param("first", first.value())
        .param("last", last.value())
        .query(Findings::read)
        .list();
  }

  /** All findings of a case, also those that are gone, the oldest first. */
  public List<Finding> of(CaseNumber number) {
    return jdbc.sql("select * from audit_finding where case_number = :number order by found_at, id")
        .param("number", number.value())
        .query(Findings::read)
        .list();
  }

  /** What lasts of cases that have ended meanwhile. */
  List<Finding> lastingOfEndedCases() {
    return jdbc.sql("""
        select f.* from audit_finding f
          join customer_case c on c.number = f.case_number
         where f.gone_at is null and c.state not in ('open', 'waiting', 'resolved')
        """).query(Findings::read).list();
  }

  /** What lasts of the system; nobody else sees to that until the transaction ends. */
  List<Finding> lastingOfTheSystem() {
    jdbc.sql("select name from auditor_run where name = 'last' for update")
        .query(String.class)
        .single();
    return jdbc.sql("select * from audit_finding where gone_at is null and case_number is null")
        .query(Findings::read)
        .list();
  }

  void add(@Nullable CaseNumber number, String kind, String text, @Nullable String incidentId) {
    jdbc.sql("""
        insert into audit_finding (id, case_number, kind, text, found_at, incident_id)
        values (:id, :number, :kind, :text, :now, :incident)
        """)
        .param("id", UUID.randomUUID().toString())
        .param("number", number == null ? null : number.value())
        .param("kind", kind)
        .param("text", text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text)
        .param("now", clock.instant().atOffset(UTC))
        .param("incident", incidentId)
        .update();
  }

  void gone(Finding finding) {
    jdbc.sql("update audit_finding set gone_at = :now where id = :id")
        .param("now", clock.instant().atOffset(UTC))
        .param("id", finding.id())
        .update();
  }

  void ran(int cases, long millis) {
    jdbc.sql(
            "update auditor_run set finished_at = :now, cases = :cases, millis = :millis where name = 'last'")
        .param("now", clock.instant().atOffset(UTC))
        .param("cases", cases)
        .param("millis", millis)
        .update();
  }

  public Optional<Run> lastRun() {
    return jdbc.sql("select * from auditor_run where name = 'last' and cases >= 0")
        .query((row, index) -> new Run(
            Rows.required(Rows.instant(row, "finished_at")),
            row.getInt("cases"),
            row.getLong("millis")))
        .optional();
  }

  private static Finding read(ResultSet row, int index) throws SQLException {
    var number = row.getString("case_number");
    return new Finding(
        row.getString("id"),
        number == null ? null : CaseNumber.of(number),
        row.getString("kind"),
        row.getString("text"),
        Rows.required(Rows.instant(row, "found_at")),
        Rows.instant(row, "gone_at"),
        row.getString("incident_id"));
  }
}
