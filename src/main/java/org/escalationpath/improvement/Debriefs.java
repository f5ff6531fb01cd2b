package org.escalationpath.improvement;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Rows;
import org.escalationpath.engine.Models;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All debriefs, with their findings and improvement actions. */
@Repository
public class Debriefs {

  private final JdbcClient jdbc;
  private final Models models;
  private final Clock clock;

  Debriefs(JdbcClient jdbc, Models models, Clock clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.clock = clock;
  }

  /**
   * Something to be changed so that the problem does not come again.
   *
   * @param debrief the debrief that it came of
   * @param position its place in the debrief, from 0
   * @param owner the user id of whoever carries it out
   * @param state {@code open}, {@code done} or {@code dropped}
   * @param outcome what was done, or why not
   * @param realisedBy the version of a model or decision table that it came to, {@code escalation-path:7}
   * @param realisedAt since when that version has been in force
   * @param caseNumber the case that it came of; null where it came of a review
   * @param why why there was a debrief: what the policy said, or an audit finding, or a review
   */
  public record ImprovementAction(
      String id,
      String debrief,
      int position,
      String title,
      String owner,
      Instant dueAt,
      String state,
      @Nullable String outcome,
      @Nullable Instant endedAt,
      @Nullable String realisedBy,
      @Nullable Instant realisedAt,
      @Nullable String caseNumber,
      @Nullable String why) {

    /** Whether it is open though it should be done. */
    public boolean isOverdue(Instant now) {
      return state.equals("open") && dueAt.isBefore(now);
    }
  }

  boolean exists(CaseNumber number, int closing) {
    return jdbc.sql(
                "select count(*) from debrief where case_number = :number and closing = :closing")
            .param("number", number.value())
            .param("closing", closing)
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * @param number null where it is about no case
   * @param closing which closing of the case it is about, from 1; null where it is about none
   */
  String open(@Nullable CaseNumber number, @Nullable Integer closing, String why) {
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into debrief (id, case_number, closing, why, created_at) values (:id, :number, :closing, :why, :now)
        """)
        .param("id", id)
        .param("number", number == null ? null : number.value())
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

  void ended(String id, String state, @Nullable String outcome) {
    jdbc.sql("""
        update improvement_action set state = :state, outcome = :outcome, done_at = :now where id = :id
        """)
        .param("state", state)
        .param("outcome", outcome)
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  /**
   * Names the version of a model or decision table that the action came to, so that what was before it can be compared with what
   * came after.
   *
   * @param version {@code escalation-path:7}; null where it came to none after all
   * @return whether there is such an action
   * @throws BadInput if there is no such version
   */
  public boolean realised(String id, @Nullable String version) {
    var since = version == null ? null : since(version);
    return jdbc.sql(
                "update improvement_action set realised_by = :version, realised_at = :since where id = :id")
            .param("version", version)
            .param("since", since == null ? null : since.atOffset(UTC))
            .param("id", id)
            .update()
        == 1;
  }

  /** @throws BadInput if there is no such version */
  Instant since(String version) {
    return models
        .deployedAt(version)
        .orElseThrow(() -> new BadInput(
            "realisedBy",
            "no-version",
            "There is no version '" + version
                + "'; write the model's id and the number, like escalation-path:2",
            version));
  }

  ImprovementAction action(String debriefId, int position) {
    return jdbc.sql(SELECT + " where a.debrief_id = :debrief and a.position = :position")
        .param("debrief", debriefId)
        .param("position", position)
        .query(Debriefs::read)
        .single();
  }

  private static final String SELECT =
      "select a.*, d.case_number, d.why from improvement_action a join debrief d on d.id = a.debrief_id";

  /** All improvement actions that came of a case. */
  public List<ImprovementAction> actionsOf(CaseNumber number) {
    return jdbc.sql(SELECT + " where d.case_number = :number order by d.closing, a.position")
        .param("number", number.value())
        .query(Debriefs::read)
        .list();
  }

  /** Those that are open, and those that were done or dropped, or realised by a version, since an instant; what is due first comes first. */
  public List<ImprovementAction> actions(Instant since) {
    return jdbc.sql(SELECT + """
         where a.state = 'open' or a.done_at >= :since or a.realised_at >= :since
         order by case a.state when 'open' then 0 else 1 end, a.due_at, a.id
        """)
        .param("since", since.atOffset(UTC))
        .query(Debriefs::read)
        .list();
  }

  private static ImprovementAction read(ResultSet row, int index) throws SQLException {
    return new ImprovementAction(
        row.getString("id"),
        row.getString("debrief_id"),
        row.getInt("position"),
        row.getString("title"),
        row.getString("owner"),
        Rows.required(Rows.instant(row, "due_at")),
        row.getString("state"),
        row.getString("outcome"),
        Rows.instant(row, "done_at"),
        row.getString("realised_by"),
        Rows.instant(row, "realised_at"),
        row.getString("case_number"),
        row.getString("why"));
  }
}
