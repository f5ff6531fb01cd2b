package org.escalationpath.clocks;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LockedCases;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Rows;
import org.escalationpath.cases.Tier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The frozen terms of all clocks. They are added to and never changed. */
@Repository
class Terms {

  private static final Comparator<Term> ORDER = Comparator.comparing(
          (Term term) -> term.kind().toString())
      .thenComparing(Term::run)
      .thenComparing(Term::number);

  private final JdbcClient jdbc;
  private final Calendars calendars;
  private final LockedCases locked;

  Terms(JdbcClient jdbc, Calendars calendars, LockedCases locked) {
    this.jdbc = jdbc;
    this.locked = locked;
    this.calendars = calendars;
  }

  void add(CaseNumber number, Term term) {
    jdbc.sql("""
        insert into clock_term (case_number, kind, run, term, tier, priority, since, after_seq, limit_s, reminder, calendar,
               calendar_version, third_party_pauses, policy, why, carried_s)
        values (:number, :kind, :run, :term, :tier, :priority, :since, :afterSeq, :limit, :reminder, :calendar,
               :calendarVersion, :thirdPartyPauses, :policy, :why, :carried)
        """)
        .param("number", number.value())
        .param("kind", term.kind().toString())
        .param("run", term.run())
        .param("term", term.number())
        .param("tier", term.tier() == null ? null : term.tier().group())
        .param("priority", term.priority().toString())
        .param("since", term.since().atOffset(UTC))
        .param("afterSeq", term.afterSeq())
        .param("limit", term.level().limit().toSeconds())
        .param("reminder", term.level().reminders().text())
        .param("calendar", term.level().calendar().id())
        .param("calendarVersion", term.level().calendar().version())
        .param("thirdPartyPauses", term.level().pausesForThirdParty())
        .param("policy", term.level().policy())
        .param("why", term.why())
        .param("carried", term.carried().toSeconds())
        .update();
    locked.<List<Term>>change(
        number,
        Terms.class,
        known -> Stream.concat(known.stream(), Stream.of(term)).sorted(ORDER).toList());
  }

  /** All terms of a case's clocks, by kind, run and number. */
  List<Term> of(CaseNumber number) {
    return locked.read(
        number,
        Terms.class,
        () -> jdbc.sql(
                "select * from clock_term where case_number = :number order by kind, run, term")
            .param("number", number.value())
            .query(this::read)
            .list());
  }

  /** The terms of cases that have not ended and whose numbers lie between two, both included. */
  Map<CaseNumber, List<Term>> ofNotEnded(CaseNumber first, CaseNumber last) {
    return byCase("""
        select t.*
          from clock_term t
          join customer_case c on c.number = t.case_number
         where c.number between :first and :last and c.state in ('open', 'waiting', 'resolved')
         order by t.case_number, t.kind, t.run, t.term
        """, first, last);
  }

  /** The terms of all cases whose numbers lie between two, both included. */
  Map<CaseNumber, List<Term>> between(CaseNumber first, CaseNumber last) {
    return byCase("""
        select * from clock_term where case_number between :first and :last order by case_number, kind, run, term
        """, first, last);
  }

  private Map<CaseNumber, List<Term>> byCase(String sql, CaseNumber first, CaseNumber last) {
    var terms = new HashMap<CaseNumber, List<Term>>();
    jdbc.sql(sql)
        .param("first", first.value())
        .param("last", last.value())
        .query((row, index) -> terms
            .computeIfAbsent(CaseNumber.of(row.getString("case_number")), key -> new ArrayList<>())
            .add(read(row, index)))
        .list();
    return terms;
  }

  private Term read(ResultSet row, int index) throws SQLException {
    var tier = row.getString("tier");
    return new Term(
        ClockKind.of(row.getString("kind")),
        row.getInt("run"),
        row.getInt("term"),
        tier == null ? null : Tier.of(tier),
        Priority.of(row.getString("priority")),
        Rows.required(Rows.instant(row, "since")),
        row.getInt("after_seq"),
        new ServiceLevel(
            Duration.ofSeconds(row.getLong("limit_s")),
            new Reminders(row.getString("reminder")),
            calendars.version(row.getString("calendar"), row.getInt("calendar_version")),
            row.getBoolean("third_party_pauses"),
            row.getString("policy")),
        row.getString("why"),
        Duration.ofSeconds(row.getLong("carried_s")));
  }
}
