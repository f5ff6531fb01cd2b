package org.escalationpath.escalation;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What senders of hand-overs have confirmed, for each visit that they handed a case to. */
@Repository
class ConfirmedBriefs {

  private final JdbcClient jdbc;
  private final Clock clock;

  ConfirmedBriefs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  record ByWhom(Brief.Confirmed brief, String person, Instant at) {}

  void keep(CaseNumber number, int visit, Brief.Confirmed brief, String by) {
    jdbc.sql("""
        insert into hand_over_brief (case_number, visit, ask, tried, promised, mood, confirmed_by, confirmed_at)
        values (:number, :visit, :ask, :tried, :promised, :mood, :by, :now)
        """)
        .param("number", number.value())
        .param("visit", visit)
        .param("ask", brief.ask())
        .param("tried", brief.tried())
        .param("promised", brief.promised())
        .param("mood", brief.mood() == null ? null : brief.mood().toString())
        .param("by", by)
        .param("now", clock.instant().atOffset(UTC))
        .update();
  }

  Optional<ByWhom> find(CaseNumber number, int visit) {
    return jdbc.sql("select * from hand_over_brief where case_number = :number and visit = :visit")
        .param("number", number.value())
        .param("visit", visit)
        .query((row, index) -> new ByWhom(
            new Brief.Confirmed(
                row.getString("ask"),
                row.getString("tried"),
                row.getString("promised"),
                mood(row.getString("mood"))),
            row.getString("confirmed_by"),
            Rows.required(Rows.instant(row, "confirmed_at"))))
        .optional();
  }

  private static @Nullable Mood mood(@Nullable String code) {
    return code == null ? null : Mood.of(code);
  }
}
