package org.escalationpath.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.desk.ChartKit.Bar;
import org.escalationpath.desk.ChartKit.Series;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where cases went, where their time goes, how much each tier passes on and why, and which limits are kept. */
@Component
class PathCharts {

  private final Metrics metrics;
  private final MetricLinks links;
  private final Tiers tiers;
  private final Words words;
  private final NumberTexts figures;
  private final ChartKit kit;

  PathCharts(
      Metrics metrics,
      MetricLinks links,
      Tiers tiers,
      Words words,
      NumberTexts figures,
      ChartKit kit) {
    this.metrics = metrics;
    this.links = links;
    this.tiers = tiers;
    this.words = words;
    this.figures = figures;
    this.kit = kit;
  }

  List<Chart> of(Question question) {
    return List.of(
        ways(question),
        tierTimes(question),
        escalationRates(question),
        reasons(question),
        limits(question));
  }

  private Chart ways(Question question) {
    var legs = metrics.ways(question);
    var cases = legs.stream()
        .filter(leg -> leg.step() == 0)
        .mapToLong(Metrics.Leg::cases)
        .sum();
    var nodes = new LinkedHashSet<Map<String, Object>>();
    var flows = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Cell>>();
    for (var leg : legs) {
      var from = leg.step() + leg.from();
      var isTier = tiers.exists(Tier.of(leg.to()));
      var to = isTier ? leg.step() + 1 + leg.to() : leg.to();
      nodes.add(Map.of("id", from, "name", words.tierOf(leg.from())));
      nodes.add(Map.of("id", to, "name", stage(leg.to(), isTier)));
      flows.add(Map.of("from", from, "to", to, "value", leg.cases(), "name", reason(leg.reason())));
      rows.add(List.of(
          Cell.of(leg.step() + 1),
          Cell.of(words.tierOf(leg.from())),
          Cell.of(stage(leg.to(), isTier)),
          Cell.of(reason(leg.reason())),
          Cell.of(leg.cases())));
    }
    var climbed = kit.measure(question, List.of(Metric.ESCALATED_CASES)).get(0);
    return new Chart(
        "ways",
        climbed.share() == null
            ? words.text("chart.nothing")
            : words.text(
                "chart.ways.finding",
                cases,
                figures.percent(1 - climbed.share().share()),
                figures.percent(climbed.share().share())),
        List.of(Metric.OPENED, Metric.ESCALATED_CASES),
        cases,
        cases < Measurement.FEW,
        kit.write(Map.of("kind", "sankey", "nodes", nodes, "flows", flows)),
        List.of(
            words.text("chart.ways.step"),
            words.text("chart.ways.from"),
            words.text("chart.ways.to"),
            words.text("chart.reason"),
            words.text("chart.cases")),
        rows);
  }

  private String stage(String code, boolean isTier) {
    return isTier ? words.tierOf(code) : words.of("chart.end", code);
  }

  private String reason(String code) {
    return code.equals(Dimension.NONE) ? code : words.of("reason", code);
  }

  /** In their order; tiers that the table has no more come last. */
  private List<String> tierOrder(Set<String> groups) {
    var order = new ArrayList<>(
        tiers.all().stream().map(Tier::group).filter(groups::contains).toList());
    groups.stream().filter(each -> !order.contains(each)).sorted().forEach(order::add);
    return order;
  }

  private Map<String, Map<Metric, Measurement>> byTier(Question question, Metric... about) {
    var found = new LinkedHashMap<String, Map<Metric, Measurement>>();
    for (var each : kit.measure(question, List.of(about), Dimension.TIER)) {
      found
          .computeIfAbsent(each.key().get(0), key -> new LinkedHashMap<>())
          .put(each.metric(), each);
    }
    var ordered = new LinkedHashMap<String, Map<Metric, Measurement>>();
    tierOrder(found.keySet()).forEach(tier -> ordered.put(tier, found.get(tier)));
    return ordered;
  }

  private Chart tierTimes(Question question) {
    var about = new Metric[] {Metric.TIME_IN_TIER, Metric.UNCLAIMED_IN_TIER, Metric.PAUSED_IN_TIER};
    var byTier = byTier(question, about);
    byTier
        .values()
        .removeIf(of ->
            !of.containsKey(Metric.TIME_IN_TIER) || of.get(Metric.TIME_IN_TIER).working() == null);
    var rows = new ArrayList<List<Cell>>();
    byTier.forEach((tier, of) -> {
      var cells = new ArrayList<>(kit.durations(
          words.tierOf(tier),
          of.get(Metric.TIME_IN_TIER),
          links.rows(Metric.TIME_IN_TIER, question, Map.of(Dimension.TIER, tier))));
      for (var part : parts(of)) {
        cells.add(Cell.of(figures.length(part)));
      }
      rows.add(cells);
    });
    var head = new ArrayList<>(kit.durationHead(words.text("chart.tier")));
    head.addAll(List.of(
        words.text("chart.tiers.unclaimed"),
        words.text("chart.tiers.worked"),
        words.text("chart.tiers.paused")));
    return new Chart(
        "tiers",
        bottleneck(byTier),
        List.of(about),
        byTier.values().stream()
            .mapToLong(of -> of.get(Metric.TIME_IN_TIER).n())
            .sum(),
        byTier.values().stream().allMatch(of -> of.get(Metric.TIME_IN_TIER).isFew()),
        kit.data(
            "stacked",
            "h",
            byTier.keySet().stream().map(words::tierOf).toList(),
            List.of(
                part("chart.tiers.unclaimed", 0, byTier),
                part("chart.tiers.worked", 1, byTier),
                part("chart.tiers.paused", 2, byTier)),
            List.of()),
        head,
        rows);
  }

  /** Seconds of working time per visit: unclaimed, worked on, and waiting. */
  private static double[] parts(Map<Metric, Measurement> of) {
    var visits = of.get(Metric.TIME_IN_TIER);
    var unclaimed = workingSum(of.get(Metric.UNCLAIMED_IN_TIER));
    return new double[] {
      unclaimed / visits.n(),
      (workingSum(visits) - unclaimed) / visits.n(),
      workingSum(of.get(Metric.PAUSED_IN_TIER)) / visits.n()
    };
  }

  private static double workingSum(@Nullable Measurement of) {
    return of == null || of.working() == null ? 0 : of.working().sum();
  }

  private Series part(String name, int place, Map<String, Map<Metric, Measurement>> byTier) {
    var values = new ArrayList<@Nullable Double>();
    byTier.values().forEach(of -> values.add(parts(of)[place] / ChartKit.HOUR));
    return new Series(words.text(name), values, false);
  }

  /** The tier where the customers' cases spend most time of all together, and what most of that is. */
  private String bottleneck(Map<String, Map<Metric, Measurement>> byTier) {
    var whole = byTier.values().stream().mapToDouble(PathCharts::timeOf).sum();
    if (whole == 0) {
      return words.text("chart.nothing");
    }
    var worst = byTier.entrySet().stream()
        .max(Comparator.comparingDouble(each -> timeOf(each.getValue())))
        .orElseThrow();
    var parts = parts(worst.getValue());
    var largest = parts[0] >= parts[1] && parts[0] >= parts[2] ? 0 : parts[1] >= parts[2] ? 1 : 2;
    var names = List.of("unclaimed", "worked", "paused");
    return words.text(
        "chart.tiers.finding",
        words.tierOf(worst.getKey()),
        figures.percent(timeOf(worst.getValue()) / whole),
        words.text("chart.tiers.because." + names.get(largest)),
        figures.percent(parts[largest] / (parts[0] + parts[1] + parts[2])),
        worst.getValue().get(Metric.TIME_IN_TIER).n());
  }

  private static double timeOf(Map<Metric, Measurement> of) {
    return workingSum(of.get(Metric.TIME_IN_TIER)) + workingSum(of.get(Metric.PAUSED_IN_TIER));
  }

  private Chart escalationRates(Question question) {
    var byTier = byTier(question, Metric.ESCALATION_RATE, Metric.RETURN_RATE);
    byTier
        .values()
        .removeIf(of -> !of.containsKey(Metric.ESCALATION_RATE)
            || of.get(Metric.ESCALATION_RATE).share() == null);
    var most = byTier.entrySet().stream()
        .filter(each -> !each.getValue().get(Metric.ESCALATION_RATE).isFew())
        .max(Comparator.comparingDouble(
            each -> each.getValue().get(Metric.ESCALATION_RATE).share().share()));
    return kit.shares(
        "escalation-rates",
        most.map(each -> words.text(
                "chart.escalation-rates.finding",
                words.tierOf(each.getKey()),
                figures.percent(
                    each.getValue().get(Metric.ESCALATION_RATE).share().share()),
                figures.percent(
                    each.getValue().get(Metric.ESCALATION_RATE).share().low()),
                figures.percent(
                    each.getValue().get(Metric.ESCALATION_RATE).share().high())))
            .orElseGet(() -> words.text("chart.nothing")),
        Metric.ESCALATION_RATE,
        words.text("chart.tier"),
        byTier.entrySet().stream()
            .map(each -> new Bar(
                words.tierOf(each.getKey()),
                each.getValue().get(Metric.ESCALATION_RATE),
                links.rows(
                    Metric.ESCALATION_RATE, question, Map.of(Dimension.TIER, each.getKey()))))
            .toList());
  }

  private Chart reasons(Question question) {
    var found =
        kit.measure(question, List.of(Metric.ESCALATIONS), Dimension.TIER, Dimension.REASON);
    var groups =
        tierOrder(new HashSet<>(found.stream().map(each -> each.key().get(0)).toList()));
    var reasons =
        found.stream().map(each -> each.key().get(1)).distinct().sorted().toList();
    var values = found.stream()
        .map(each -> List.of(
            groups.indexOf(each.key().get(0)), reasons.indexOf(each.key().get(1)), each.n()))
        .toList();
    var rows = found.stream()
        .map(each -> List.of(
            Cell.of(words.tierOf(each.key().get(0))),
            Cell.of(reason(each.key().get(1))),
            new Cell(
                String.valueOf(each.n()),
                links.rows(
                    Metric.ESCALATIONS,
                    question,
                    Map.of(
                        Dimension.TIER,
                        each.key().get(0),
                        Dimension.REASON,
                        each.key().get(1))))))
        .toList();
    var most = found.stream().max(Comparator.comparingLong(Measurement::n));
    var all = found.stream().mapToLong(Measurement::n).sum();
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", "heat");
    data.put("x", groups.stream().map(words::tierOf).toList());
    data.put("y", reasons.stream().map(this::reason).toList());
    data.put("values", values);
    return new Chart(
        "reasons",
        most.map(each -> words.text(
                "chart.reasons.finding",
                all,
                words.tierOf(each.key().get(0)),
                reason(each.key().get(1)),
                each.n()))
            .orElseGet(() -> words.text("chart.reasons.none")),
        List.of(Metric.ESCALATIONS),
        all,
        all < Measurement.FEW,
        found.isEmpty() ? null : kit.write(data),
        List.of(words.text("chart.tier"), words.text("chart.reason"), words.text("chart.cases")),
        rows);
  }

  private Chart limits(Question question) {
    var found = kit
        .measure(question, List.of(Metric.LIMIT_ATTAINMENT), Dimension.KIND, Dimension.TIER)
        .stream()
        .filter(each -> each.share() != null)
        .toList();
    var worst = found.stream()
        .filter(each -> !each.isFew())
        .min(Comparator.comparingDouble(each -> each.share().share()));
    return kit.shares(
        "limits",
        worst
            .map(each -> words.text(
                "chart.limits.finding",
                words.of("clock", each.key().get(0)),
                words.tierOf(each.key().get(1)),
                figures.percent(each.share().share()),
                each.n()))
            .orElseGet(() -> words.text("chart.nothing")),
        Metric.LIMIT_ATTAINMENT,
        words.text("chart.limits.what"),
        found.stream()
            .map(each -> new Bar(
                words.of("clock", each.key().get(0)) + " · "
                    + words.tierOf(each.key().get(1)),
                each,
                links.rows(
                    Metric.LIMIT_ATTAINMENT,
                    question,
                    Map.of(
                        Dimension.KIND,
                        each.key().get(0),
                        Dimension.TIER,
                        each.key().get(1)))))
            .toList());
  }
}
