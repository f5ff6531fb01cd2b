package org.escalationpath.workshop;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many cases went which way in the four weeks before and after an instant, as their ledgers have it. Reads only. */
@Repository
class ChangeNumbers {

  private static final Duration FOUR_WEEKS = Duration.ofDays(28);
  private static final int FEW = 30;

  private final JdbcClient jdbc;

  ChangeNumbers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Line(String words, String condition) {}

  private static final List<Line> LINES = List.of(
      new Line("escalated", "what = 'escalated'"),
      new Line("escalated by a time limit", "what = 'escalated' and trigger_kind = 'timer'"),
      new Line("returned", "what = 'returned'"),
      new Line("reopened", "what = 'reopened'"),
      new Line("closed unresolved", "what = 'closed-unresolved'"));

  /** For a task's brief: each line with the cases before and after, and how many were opened. */
  String before(Instant change) {
    var text = new StringBuilder("Cases opened: %d before, %d after"
        .formatted(
            opened(change.minus(FOUR_WEEKS), change), opened(change, change.plus(FOUR_WEEKS))));
    for (var line : LINES) {
      text.append("\n%s: %d before, %d after"
          .formatted(
              line.words(),
              cases(line.condition(), change.minus(FOUR_WEEKS), change),
              cases(line.condition(), change, change.plus(FOUR_WEEKS))));
    }
    if (Math.min(opened(change.minus(FOUR_WEEKS), change), opened(change, change.plus(FOUR_WEEKS)))
        < FEW) {
      text.append("\n\nThese are few cases: a difference may well be chance.");
    }
    return text.toString();
  }

  private int opened(Instant from, Instant to) {
    return cases("what = 'opened'", from, to);
  }

  private int cases(String condition, Instant from, Instant to) {
    return jdbc.sql("select count(distinct case_number) from ledger where " + condition
            + " and at >= :from and at < :to")
        .param("from", from.atOffset(UTC))
        .param("to", to.atOffset(UTC))
        .query(Integer.class)
        .single();
  }
}
