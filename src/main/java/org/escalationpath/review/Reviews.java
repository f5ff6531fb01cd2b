package org.escalationpath.review;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.Rows;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All reviews: their evidence, and what was concluded. */
@Repository
public class Reviews {

  private final JdbcClient jdbc;
  private final RuntimeService runtime;
  private final Commands commands;
  private final ObjectMapper json;
  private final Actor actor;
  private final Clock clock;

  Reviews(
      JdbcClient jdbc,
      @Lazy RuntimeService runtime,
      Commands commands,
      ObjectMapper json,
      Actor actor,
      Clock clock) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.commands = commands;
    this.json = json;
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * @param conclusion null while it has not been held
   * @param debrief the debrief that its improvement actions belong to
   */
  public record Review(
      String id,
      Instant begunAt,
      Evidence evidence,
      @Nullable String conclusion,
      @Nullable String debrief,
      @Nullable String heldBy,
      @Nullable Instant heldAt) {}

  /**
   * Begins a review before its time, as the person signed in.
   *
   * @return whether one was begun; none is while another one waits to be held
   */
  public boolean begin() {
    return commands.run(() -> {
      if (runtime
              .createProcessInstanceQuery()
              .processDefinitionKey(ReviewModel.KEY)
              .activityIdIn(ReviewModel.TASK)
              .count()
          > 0) {
        return false;
      }
      runtime.startProcessInstanceByKey(ReviewModel.KEY);
      return true;
    });
  }

  /** @return its id */
  String keep(Evidence evidence) {
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into effectiveness_review (id, period_from, period_to, begun_at, evidence)
        values (:id, :from, :to, :now, :evidence)
        """)
        .param("id", id)
        .param("from", evidence.from())
        .param("to", evidence.to())
        .param("now", clock.instant().atOffset(UTC))
        .param("evidence", written(evidence))
        .update();
    return id;
  }

  void held(String id, String conclusion, String debrief) {
    jdbc.sql("""
        update effectiveness_review set conclusion = :conclusion, debrief_id = :debrief, held_by = :by, held_at = :now
         where id = :id
        """)
        .param("conclusion", conclusion)
        .param("debrief", debrief)
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  public Optional<Review> find(String id) {
    return jdbc.sql("select * from effectiveness_review where id = :id")
        .param("id", id)
        .query(this::read)
        .optional();
  }

  /**
   * A review without its evidence.
   *
   * @param conclusion null while it has not been held
   */
  public record Head(
      String id,
      LocalDate from,
      LocalDate to,
      Instant begunAt,
      @Nullable String conclusion,
      @Nullable String heldBy,
      @Nullable Instant heldAt) {}

  /** All of them, the latest first. */
  public List<Head> all() {
    return jdbc.sql("select * from effectiveness_review order by begun_at desc, id")
        .query((row, index) -> new Head(
            row.getString("id"),
            row.getObject("period_from", LocalDate.class),
            row.getObject("period_to", LocalDate.class),
            Rows.required(Rows.instant(row, "begun_at")),
            row.getString("conclusion"),
            row.getString("held_by"),
            Rows.instant(row, "held_at")))
        .list();
  }

  private Review read(ResultSet row, int index) throws SQLException {
    return new Review(
        row.getString("id"),
        Rows.required(Rows.instant(row, "begun_at")),
        evidence(row.getString("evidence")),
        row.getString("conclusion"),
        row.getString("debrief_id"),
        row.getString("held_by"),
        Rows.instant(row, "held_at"));
  }

  private Evidence evidence(String written) {
    try {
      // what a later version has no use for any more is no reason not to show the rest
      return json.readerFor(Evidence.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(written);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The evidence of a review cannot be read", e);
    }
  }

  private String written(Evidence evidence) {
    try {
      return json.writeValueAsString(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The evidence of a review cannot be written", e);
    }
  }
}
