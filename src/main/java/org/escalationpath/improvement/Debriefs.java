package org.escalationpath.improvement;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All debriefs, with their findings and improvement actions. */
@Repository
public class Debriefs {

  private final JdbcClient jdbc;
  private final Clock clock;

  Debriefs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Something to be changed so that the problem does not come again.
   *
   * @param position its place in the debrief, from 0
   * @param owner the user id of whoever carries it out
   * @param state {@code open}, {@code done} or {@code dropped}
   */
  public record ImprovementAction(
      int position,
      String title,
      String owner,
      Instant dueAt,
      String state,
      @Nullable String outcome) {}

  boolean exists(CaseNumber number, int closing) {
    return jdbc.sql(
                "select count(*) from debrief where case_number = :number and closing = :closing")
            .param("number", number.value())
            .param("closing", closing)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** @param closing which closing of the case it is about, from 1; null where it is about none */
  String open(CaseNumber number, @Nullable Integer closing, String why) {
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into debrief (id, case_number, closing, why, created_at) values (:id, :number, :closing, :why, :now)
        """)
        .param("id", id)
        .param("number", number.value())
        .param("closing", closing)
        .param("why", why)
        .param("now", clock.instant().atOffset(UTC))
        .update();
    return id;
  }

  void held(
      String id,
      String by,
      String theme,
      boolean avoidable,
      String whatHappened,
      @Nullable String whatToChange) {
    jdbc.sql("""
        update debrief set theme = :theme, avoidable = :avoidable, what_happened = :happened, what_to_change = :change,
               held_by = :by, held_at = :now
         where id = :id
        """)
        .param("theme", theme)
        .param("avoidable", avoidable)
        .param("happened", whatHappened)
        .param("change", whatToChange)
        .param("by", by)
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  void add(String debriefId, int position, String title, String owner, Instant dueAt) {
    jdbc.sql("""
        insert into improvement_action (id, debrief_id, position, title, owner, due_at, state)
        values (:id, :debrief, :position, :title, :owner, :dueAt, 'open')
        """)
        .param("id", UUID.randomUUID().toString())
        .param("debrief", debriefId)
        .param("position", position)
        .param("title", title)
        .param("owner", owner)
        .param("dueAt", dueAt.atOffset(UTC))
        .update();
  }

  void ended(String debriefId, int position, String state, @Nullable String outcome) {
    jdbc.sql("""
        update improvement_action set state = :state, outcome = :outcome, done_at = :now
         where debrief_id = :debrief and position = :position
        """)
        .param("state", state)
        .param("outcome", outcome)
        .param("now", clock.instant().atOffset(UTC))
        .param("debrief", debriefId)
        .param("position", position)
        .update();
  }

  ImprovementAction action(String debriefId, int position) {
    return jdbc.sql(
            "select * from improvement_action where debrief_id = :debrief and position = :position")
        .param("debrief", debriefId)
        .param("position", position)
        .query(Debriefs::read)
        .single();
  }

  /** All improvement actions that came of a case. */
  public List<ImprovementAction> actionsOf(CaseNumber number) {
    return jdbc.sql("""
        select a.* from improvement_action a
          join debrief d on d.id = a.debrief_id
         where d.case_number = :number
         order by d.closing, a.position
        """).param("number", number.value()).query(Debriefs::read).list();
  }

  private static ImprovementAction read(ResultSet row, int index) throws SQLException {
    return new ImprovementAction(
        row.getInt("position"),
        row.getString("title"),
        row.getString("owner"),
        Rows.required(Rows.instant(row, "due_at")),
        row.getString("state"),
        row.getString("outcome"));
  }
}
