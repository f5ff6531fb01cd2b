package org.escalationpath.metrics;

import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}: what is measured, and how, as the program itself has it. */
final class MetricsHandbook {

  private MetricsHandbook() {}

  static String page() {
    return """
        # What is measured, and how

        Numbers of the dashboard, of `GET /api/metrics` and of the periodic review are made as this page says, and in no other way; it is made of
        the program's own words, and a test keeps it equal.

        - **Facts.** The facts of a case are computed from its whole ledger, once, whenever that has grown; never from its current status.
          Something is measured once both its ends have happened. What has begun and is not over, or not decided, is counted beside the number as
          *open*, with the oldest.
        - **Rows.** Behind every number stand the rows that it is made of (`GET /api/metrics/{metric}/cases`), and they add up to it.
        - **Cohort.** By which instant something belongs to a period. Days are those of the desk's time zone (`escalation.zone`).
        - **Elapsed time** is what a wall clock shows. **Working time** is counted by the calendar that the case's resolution clock counts by, in the
          version that was frozen when the clock started, and without the time in which the case waited for its customer; waits for third parties
          count, since the customer waits, too. In a tier's worked time neither counts. One calendar for all spans of a case: those that lie end to
          end add up, and working time is never longer than elapsed time.
        - **Quantiles** are of the rows themselves, interpolated (type 7 of Hyndman and Fan 1996, as `percentile_cont` and `PERCENTILE.INC`). No mean
          stands alone.
        - **Intervals** of shares are Wilson's (1927) for 95 %%, those of medians are ranks (Conover 1999, section 3.2), those of the Net Promoter
          Score adjusted Wald (Rocks 2016). Two numbers differ by more
          than chance if zero lies outside the bounds of their difference (Newcombe 1998; Zou and Donner 2008). Numbers of fewer than %d rows are grey. People are not ranked and not shown.
        - **Imported** cases count where they are asked for; `import=own` leaves them out. They have no clocks of ours, so that no limits were
          kept or broken, and no answers where the other system has told of none. What their log leaves open is not counted as open.
        - **Windows** (settings): `escalation.metrics.resolved-within` (P7D), `reopened-within` (P7D), `contacted-within` (P30D).

        | metric | what it says | from | to | left out | belongs to | made of |
        |---|---|---|---|---|---|---|
        %s

        Kinds: a **count** is how many; a **duration** has median, p75, p90, sum and n in elapsed and working time; a **share** has its hits and its
        interval; a **ratio** is two counts; a **score** has the share of good answers, the mean and how often each was given; a **net** score
        is promoters less detractors in points, with its interval.

        Numbers can be told apart and narrowed down by %s.
        """.formatted(
        Measurement.FEW,
        Arrays.stream(Metric.values()).map(MetricsHandbook::line).collect(Collectors.joining("\n")),
        Arrays.stream(Dimension.values())
            .map(each -> "`" + each.code() + "`")
            .collect(Collectors.joining(", ")));
  }

  private static String line(Metric metric) {
    return "| `%s` (%s) | %s | %s | %s | %s | %s | %s |"
        .formatted(
            metric.code(),
            metric.kind().name().toLowerCase(java.util.Locale.ROOT),
            metric.what(),
            metric.start(),
            metric.end(),
            metric.exclusions(),
            metric.cohort(),
            metric.source());
  }
}
