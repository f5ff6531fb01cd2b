package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The append-only list of what happened to the system and to no single case: models deployed, people and rights changed, exports,
 * samples, erasures. Its rows are bound and sealed like a ledger's; its chain is named {@link #CHAIN}.
 */
@Repository
public class Journal {

  /** How seals, exports and verification name the journal beside the numbers of cases. */
  public static final String CHAIN = "journal";

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Actor actor;

  Journal(JdbcClient jdbc, Clock clock, Actor actor) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.actor = actor;
  }

  /**
   * One row.
   *
   * @param who a user id or {@code system}
   * @param what a word of {@code docs/auditor.md}, lower case with hyphens
   * @param details small facts in JSON, never anybody's words
   */
  public record Row(
      int seq,
      Instant at,
      String who,
      String what,
      String details,
      @Nullable String hash) {

    /** The row's hash as it must be behind the row with the hash {@code before}. */
    public String hashAfter(@Nullable String before) {
      return Chain.hash(
          before, Arrays.asList(CHAIN, String.valueOf(seq), Chain.text(at), who, what, details));
    }

    /** The details as they were given. */
    public Map<String, Object> facts() {
      try {
        return JSON.readValue(details, new TypeReference<>() {});
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A journal row's details are no JSON: " + details, e);
      }
    }

    public static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getInt("seq"),
          Rows.required(Rows.instant(row, "at")),
          row.getString("who"),
          row.getString("what"),
          row.getString("details"),
          row.getString("hash"));
    }
  }

  /** Writes the row in the running transaction, as done by whoever is signed in. */
  @Transactional
  public void append(String what, Map<String, Object> facts) {
    // one row that every writer locks, so that rows follow each other
    jdbc.sql("update journal_head set seq = seq + 1").update();
    var seq = lastSeq();
    var before = jdbc.sql("select hash from journal where seq = :seq")
        .param("seq", seq - 1)
        .query(String.class)
        .optional()
        .orElse(null);
    var row = new Row(seq, clock.instant(), actor.name(), what, write(facts), null);
    jdbc.sql("""
        insert into journal (seq, at, who, what, details, hash) values (:seq, :at, :who, :what, :details, :hash)
        """)
        .param("seq", seq)
        .param("at", row.at().atOffset(UTC))
        .param("who", row.who())
        .param("what", what)
        .param("details", row.details())
        .param("hash", row.hashAfter(before))
        .update();
  }

  /** The place of the last row; 0 before the first. */
  public int lastSeq() {
    return jdbc.sql("select seq from journal_head").query(Integer.class).single();
  }

  /** The latest rows, newest first, from before {@code before} on, where that is given. */
  public List<Row> latest(@Nullable Integer before, int most) {
    return jdbc.sql("""
        select * from journal where seq < :before order by seq desc limit :most
        """)
        .param("before", before == null ? Integer.MAX_VALUE : before)
        .param("most", most)
        .query((row, index) -> Row.read(row))
        .list();
  }

  /** The latest row that says {@code what} has happened. */
  public Optional<Row> latest(String what) {
    return jdbc.sql("select * from journal where what = :what order by seq desc limit 1")
        .param("what", what)
        .query((row, index) -> Row.read(row))
        .optional();
  }

  private static String write(Map<String, Object> facts) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(facts));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Details of a journal row are texts, numbers and flags, not " + facts, e);
    }
  }
}
