package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
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
