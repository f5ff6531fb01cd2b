package org.escalationpath.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.escalationpath.cases.CaseCounts;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How the path stands, for monitoring; the same on each node, so that dashboards take the highest and never the sum. By tier: {@code
 * escalation.cases.open}, {@code .waiting}, {@code .at.risk} (limit within the hour), {@code .breached}, {@code .unclaimed}, {@code
 * .oldest} (seconds). Of the last 28 days, by metric: {@code escalation.metric.median} (seconds of elapsed time), {@code
 * escalation.metric.share} (0 to 1). Nothing is told by case or by person.
 */
@Component
public class PathMeters {

  private static final Logger log = LoggerFactory.getLogger(PathMeters.class);
  private static final Duration PERIOD = Duration.ofDays(28);
  private static final List<Metric> TOLD = List.of(
      Metric.FIRST_RESPONSE,
      Metric.FIRST_RESOLUTION,
      Metric.RESOLUTION_RATE,
      Metric.FIRST_LEVEL_RESOLUTION,
      Metric.ESCALATED_CASES,
      Metric.REOPEN_RATE,
      Metric.LIMIT_ATTAINMENT,
      Metric.SATISFACTION,
      Metric.EASE);

  private final CaseCounts counts;
  private final Tiers tiers;
  private final Metrics metrics;
  private final Clock clock;
  private final Map<String, MultiGauge> gauges = new HashMap<>();

  PathMeters(MeterRegistry registry, CaseCounts counts, Tiers tiers, Metrics metrics, Clock clock) {
    this.counts = counts;
    this.tiers = tiers;
    this.metrics = metrics;
    this.clock = clock;
    gauge("cases.open", "Open cases, by tier", registry);
    gauge("cases.waiting", "Open cases that wait for somebody, by tier", registry);
    gauge("cases.at.risk", "Open cases whose limit passes within the hour, by tier", registry);
    gauge("cases.breached", "Open cases whose limit has passed, by tier", registry);
    gauge("cases.unclaimed", "Open cases that nobody at their tier has taken, by tier", registry);
    gauge("cases.oldest", "Age of the oldest open case in seconds, by tier", registry);
    gauge("metric.median", "Median of the last 28 days in seconds of elapsed time", registry);
    gauge("metric.share", "Share of the last 28 days, from 0 to 1", registry);
  }

  private void gauge(String name, String what, MeterRegistry registry) {
    gauges.put(name, MultiGauge.builder("escalation." + name).description(what).register(registry));
  }

  @Scheduled(initialDelay = 10_000, fixedDelay = 15_000)
  void standInTheBackground() {
    tryTo(this::renewStand);
  }

  /** They are of four weeks and change slowly. */
  @Scheduled(initialDelay = 30_000, fixedDelay = 300_000)
  void metricsInTheBackground() {
    tryTo(this::renewMetrics);
  }

  private static void tryTo(Runnable renew) {
    try {
      renew.run();
    } catch (RuntimeException e) {
      log.error("The meters of the path could not be renewed; it is tried again", e);
    }
  }

  /** Reads everything anew. */
  public void renew() {
    renewStand();
    renewMetrics();
  }

  /** A tier where nothing is open has zeros, so that it does not vanish from pictures. */
  private void renewStand() {
    var open = new HashMap<String, CaseCounts.AtTier>();
    counts.open().forEach(each -> open.put(each.tier(), each));
    byTier("cases.open", open, CaseCounts.AtTier::open);
    byTier("cases.waiting", open, CaseCounts.AtTier::waiting);
    byTier("cases.at.risk", open, CaseCounts.AtTier::atRisk);
    byTier("cases.breached", open, CaseCounts.AtTier::breached);
    byTier("cases.oldest", open, this::age);
    var unclaimed = metrics.unclaimed();
    rows(
        "cases.unclaimed",
        "tier",
        tiers.all().stream().map(Tier::group).toList(),
        tier -> unclaimed.getOrDefault(tier, 0L));
  }

  private double age(CaseCounts.AtTier at) {
    return Duration.between(at.oldestAt(), clock.instant()).toSeconds();
  }

  private void byTier(
      String name,
      Map<String, CaseCounts.AtTier> open,
      ToDoubleFunction<CaseCounts.AtTier> number) {
    rows(
        name,
        "tier",
        tiers.all().stream().map(Tier::group).toList(),
        tier -> open.containsKey(tier) ? number.applyAsDouble(open.get(tier)) : 0);
  }

  private void rows(String name, String tag, List<String> keys, ToDoubleFunction<String> number) {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    keys.forEach(key -> rows.add(MultiGauge.Row.of(Tags.of(tag, key), number.applyAsDouble(key))));
    gauges.get(name).register(rows, true);
  }

  private void renewMetrics() {
    var now = clock.instant();
    var medians = new HashMap<String, Double>();
    var shares = new HashMap<String, Double>();
    for (var each : metrics.measure(
        new Question(TOLD, now.minus(PERIOD), now.plusSeconds(1), Map.of(), List.of()))) {
      if (each.share() != null) {
        shares.put(each.metric().code(), each.share().share());
      } else if (each.elapsed() != null) {
        medians.put(each.metric().code(), each.elapsed().median());
      }
    }
    rows("metric.median", "metric", List.copyOf(medians.keySet()), medians::get);
    rows("metric.share", "metric", List.copyOf(shares.keySet()), shares::get);
  }
}
