package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many cases stand where, now. */
@Repository
public class CaseCounts {

  private final JdbcClient jdbc;
  private final Clock clock;

  /** Whose limit passes within so long is at risk. */
  public static final Duration AT_RISK = Duration.ofHours(1);

  CaseCounts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Cases that have not ended, in one state at one tier.
   *
   * @param tier its group; null before the first
   * @param late how many of them are past their tier's limit
   */
  public record Standing(CaseState state, @Nullable String tier, int cases, int late) {}

  public List<Standing> notEnded() {
    return jdbc.sql("""
        select state, tier, count(*) as cases, sum(case when due_at <= :now and state in ('open', 'waiting') then 1 else 0 end) as late
          from customer_case
         where closed_at is null
         group by state, tier
        """)
        .param("now", clock.instant().atOffset(UTC))
        .query((row, index) -> new Standing(
            CaseState.of(row.getString("state")),
            row.getString("tier"),
            row.getInt("cases"),
            row.getInt("late")))
        .list();
  }

  /**
   * Open cases of a tier, by how near their limits are.
   *
   * @param tier its group
   * @param waiting those that stand still because they wait
   * @param atRisk those whose limit passes within {@link #AT_RISK}
   * @param breached those whose limit has passed
   * @param oldestAt when the oldest of them was opened
   */
  public record AtTier(
      String tier, int open, int waiting, int atRisk, int breached, Instant oldestAt) {}

  /** Where the open cases are, and how many of them are at risk. */
  public List<AtTier> open() {
    return jdbc.sql("""
        select tier, count(*) as cases, sum(case when state = 'waiting' then 1 else 0 end) as waiting,
               sum(case when due_at > :now and due_at <= :soon then 1 else 0 end) as at_risk,
               sum(case when due_at <= :now then 1 else 0 end) as breached, min(opened_at) as oldest_at
          from customer_case
         where state in ('open', 'waiting') and tier is not null
         group by tier
        """)
        .param("now", clock.instant().atOffset(UTC))
        .param("soon", clock.instant().plus(AT_RISK).atOffset(UTC))
        .query((row, index) -> new AtTier(
            row.getString("tier"),
            row.getInt("cases"),
            row.getInt("waiting"),
            row.getInt("at_risk"),
            row.getInt("breached"),
            Rows.required(Rows.instant(row, "oldest_at"))))
        .list();
  }

  public int openedSince(Instant since) {
    return count("opened_at", since);
  }

  public int closedSince(Instant since) {
    return count("closed_at", since);
  }

  private int count(String column, Instant since) {
    return jdbc.sql("select count(*) from customer_case where " + column + " >= :since")
        .param("since", since.atOffset(UTC))
        .query(Integer.class)
        .single();
  }
}
