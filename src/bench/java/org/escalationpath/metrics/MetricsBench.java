package org.escalationpath.metrics;

import static org.escalationpath.metrics.CaseFacts.NOT_YET;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.metrics.CaseFacts.Arrival;
import org.escalationpath.metrics.CaseFacts.Asked;
import org.escalationpath.metrics.CaseFacts.Cycle;
import org.escalationpath.metrics.CaseFacts.Leaving;
import org.escalationpath.metrics.CaseFacts.Limit;
import org.escalationpath.metrics.CaseFacts.Rating;
import org.escalationpath.metrics.CaseFacts.Span;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the questions behind the dashboard take, of a million finished cases spread over three years. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx3g")
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 4)
public class MetricsBench {

  private static final int CASES = 1_000_000;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final Tier FRONT_LINE = Tier.of("front-line");
  private static final Tier TEAM_LEAD = Tier.of("team-lead");

  /** How many days the period is long. */
  @Param({"91", "364", "3650"})
  private int days;

  private final Collection<Block> facts;

  public MetricsBench() {
    var random = new Random(1);
    var all = new TreeMap<Long, Block>();
    for (var i = 0; i < CASES; i++) {
      var number = "C-" + (10_000_000 + i);
      var made = made(number, random);
      all.computeIfAbsent(Block.of(made.openedAt()), each -> new Block()).put(made);
    }
    facts = all.values();
  }

  private static CaseFacts made(String number, Random random) {
    var solved = 3_600 + random.nextInt(10 * 86_400);
    var climbed = solved / 3;
    var climbs = random.nextInt(3) == 0;
    var visits = new ArrayList<Visit>();
    visits.add(visit(
        FRONT_LINE, Arrival.FIRST, 0, climbs ? climbed : solved, climbs ? Leaving.UP : Leaving.SOLVED));
    if (climbs) {
      visits.add(visit(TEAM_LEAD, Arrival.UP, climbed, solved, Leaving.SOLVED));
    }
    return new CaseFacts(
        number,
        11,
        null,
        random.nextInt(200_000),
        Priority.NORMAL,
        "category " + random.nextInt(12),
        null,
        "web",
        "standard",
        "escalation-path:" + (1 + random.nextInt(4)),
        NOW.getEpochSecond() - 11L * 86_400 - random.nextInt(3 * 365 * 86_400),
        new Span(0, 1_800, 900),
        List.of(new Span(2_000, 3_000, 500)),
        List.of(new Span(0, 1_800, 900), new Span(1_800, solved, 900)),
        List.of(new Cycle(0, solved, NOT_YET, solved / 4, 600, 2)),
        visits,
        List.of(
            new Limit("first-response", Priority.NORMAL, 0, 0, NOT_YET, 1_800),
            new Limit("tier", Priority.NORMAL, 0, 0, NOT_YET, 3_000)),
        random.nextInt(4) == 0
            ? List.of(new Rating(solved + 86_400, 1 + random.nextInt(5), 1 + random.nextInt(7), true, 1))
            : List.of(),
        List.of(new Asked(solved + 600, solved + 86_400, "unanswered", null)),
        List.of(),
        List.of(),
        List.of(),
        solved + 600,
        "closed",
        NOT_YET,
        true,
        true);
  }

  private static Visit visit(Tier tier, Arrival arrival, int entered, int left, Leaving leaving) {
    return new Visit(
        tier,
        "escalation-path:1",
        arrival,
        Trigger.AGENT,
        arrival == Arrival.UP ? Reason.COMPLEX_PROBLEM : null,
        entered,
        entered + 600,
        left,
        leaving,
        (left - entered) / 4,
        0,
        300,
        false);
  }

  private Question question(List<Metric> metrics, Dimension... groups) {
    return new Question(
        metrics, NOW.minus(Duration.ofDays(days)), NOW, Map.of(), List.of(groups));
  }

  private Object measure(Question question) {
    return Metrics.measure(
        question,
        facts,
        new Basis(
            NOW.getEpochSecond(),
            FRONT_LINE,
            Tier.of("senior-management"),
            new Basis.Windows(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(30))),
        ZONE);
  }

  @Benchmark
  public Object allMetrics() {
    return measure(question(Arrays.asList(Metric.values())));
  }

  @Benchmark
  public Object headlines() {
    return measure(question(List.of(
        Metric.FIRST_RESPONSE,
        Metric.FIRST_RESOLUTION,
        Metric.RESOLUTION_RATE,
        Metric.FIRST_LEVEL_RESOLUTION,
        Metric.ESCALATED_CASES,
        Metric.REOPEN_RATE,
        Metric.LIMIT_ATTAINMENT,
        Metric.SATISFACTION,
        Metric.EASE,
        Metric.BACKLOG)));
  }

  @Benchmark
  public Object resolutionByMonth() {
    return measure(question(List.of(Metric.FIRST_RESOLUTION), Dimension.MONTH));
  }

  @Benchmark
  public Object allMetricsByTier() {
    return measure(question(Arrays.asList(Metric.values()), Dimension.TIER));
  }
}
