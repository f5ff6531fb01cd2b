package org.escalationpath.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.metrics.ControlChart;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the dashboard's charts of numbers: each with its finding, its table and the rows behind each number. */
@Component
class Charts {

  private static final double HOUR = 3600;

  private final Metrics metrics;
  private final MetricLinks links;
  private final Tiers tiers;
  private final Words words;
  private final TimeTexts times;
  private final NumberTexts figures;
  private final ObjectMapper json;

  Charts(
      Metrics metrics,
      MetricLinks links,
      Tiers tiers,
      Words words,
      TimeTexts times,
      NumberTexts figures,
      ObjectMapper json) {
    this.metrics = metrics;
    this.links = links;
    this.tiers = tiers;
    this.words = words;
    this.times = times;
    this.figures = figures;
    this.json = json;
  }

  /** A line or the bars of a chart. */
  record Series(String name, List<@Nullable Double> values, boolean isLimit) {}

  private List<Measurement> measure(Question of, List<Metric> about, Dimension... groups) {
    return metrics.measure(new Question(about, of.from(), of.to(), of.where(), List.of(groups)));
  }

  // ---- how it went

  List<Chart> trend(Question question) {
    return List.of(flow(question), resolution(question), control(question));
  }

  /** The steps of time of a period: weeks, or months where those would be very many. */
  private static Dimension step(Question question) {
    var days = java.time.Duration.between(question.from(), question.to()).toDays();
    return days <= 21 ? Dimension.DAY : days <= 500 ? Dimension.WEEK : Dimension.MONTH;
  }

  /** By step, all metrics of one question. */
  private Map<String, Map<Metric, Measurement>> bySteps(Question question, List<Metric> about) {
    var steps = new TreeMap<String, Map<Metric, Measurement>>();
    for (var each : measure(question, about, step(question))) {
      steps
          .computeIfAbsent(each.key().get(0), key -> new LinkedHashMap<>())
          .put(each.metric(), each);
    }
    return steps;
  }

  private Chart flow(Question question) {
    var about = List.of(Metric.OPENED, Metric.SOLVED);
    var steps = bySteps(question, about);
    var rows = new ArrayList<List<Cell>>();
    steps.forEach((step, of) -> rows.add(List.of(
        Cell.of(day(step)),
        count(of.get(Metric.OPENED), question, step),
        count(of.get(Metric.SOLVED), question, step))));
    var opened = sum(steps, Metric.OPENED);
    var solved = sum(steps, Metric.SOLVED);
    var finding = opened + solved == 0
        ? words.text("chart.nothing")
        : words.text(
            opened > solved
                ? "chart.flow.grew"
                : opened < solved ? "chart.flow.shrank" : "chart.flow.same",
            opened,
            solved,
            Math.abs(opened - solved));
    return new Chart(
        "flow",
        finding,
        about,
        opened + solved,
        opened + solved < Measurement.FEW,
        data(
            "bars",
            "",
            steps.keySet().stream().map(this::day).toList(),
            List.of(
                new Series(
                    words.text("metric.opened"),
                    values(steps, Metric.OPENED, Measurement::n),
                    false),
                new Series(
                    words.text("metric.solved"),
                    values(steps, Metric.SOLVED, Measurement::n),
                    false)),
            marks(question, steps.keySet())),
        List.of(words.text("chart.from"), words.text("metric.opened"), words.text("metric.solved")),
        rows);
  }

  private Cell count(@Nullable Measurement of, Question question, String step) {
    return of == null
        ? Cell.of(0)
        : new Cell(
            String.valueOf(of.n()),
            links.rows(of.metric(), question, Map.of(step(question), step)));
  }

  private static long sum(Map<String, Map<Metric, Measurement>> steps, Metric metric) {
    return steps.values().stream()
        .mapToLong(of -> of.containsKey(metric) ? of.get(metric).n() : 0)
        .sum();
  }

  private static List<@Nullable Double> values(
      Map<String, Map<Metric, Measurement>> steps,
      Metric metric,
      Function<Measurement, ? extends @Nullable Number> value) {
    var values = new ArrayList<@Nullable Double>();
    for (var of : steps.values()) {
      var number = of.get(metric) == null ? null : value.apply(of.get(metric));
      values.add(number == null ? null : number.doubleValue());
    }
    return values;
  }

  private Chart resolution(Question question) {
    var metric = Metric.FIRST_RESOLUTION;
    var steps = bySteps(question, List.of(metric));
    steps.values().removeIf(of -> of.get(metric).elapsed() == null);
    var whole = measure(question, List.of(metric)).get(0);
    var rows = new ArrayList<List<Cell>>();
    steps.forEach((step, of) -> rows.add(durations(day(step), of.get(metric), question, step)));
    var elapsed = whole.elapsed();
    return new Chart(
        "resolution",
        elapsed == null
            ? words.text("chart.nothing")
            : words.text(
                "chart.resolution.finding",
                figures.length(elapsed.median()),
                figures.length(elapsed.p90()),
                whole.n(),
                whole.open()),
        List.of(metric),
        whole.n(),
        whole.isFew(),
        data(
            "lines",
            "h",
            steps.keySet().stream().map(this::day).toList(),
            List.of(
                hours("median", steps, metric, each -> each.elapsed().median()),
                hours("p75", steps, metric, each -> each.elapsed().p75()),
                hours("p90", steps, metric, each -> each.elapsed().p90())),
            marks(question, steps.keySet())),
        durationHead(words.text("chart.from")),
        rows);
  }

  private Series hours(
      String name,
      Map<String, Map<Metric, Measurement>> steps,
      Metric metric,
      ToDoubleFunction<Measurement> value) {
    return new Series(
        words.text("chart." + name),
        values(steps, metric, each -> value.applyAsDouble(each) / HOUR),
        false);
  }

  private List<String> durationHead(String first) {
    return List.of(
        first,
        words.text("chart.median"),
        words.text("chart.p75"),
        words.text("chart.p90"),
        words.text("chart.n"),
        words.text("chart.open"));
  }

  private List<Cell> durations(String name, Measurement of, Question question, String key) {
    return durations(name, of, links.rows(of.metric(), question, Map.of(step(question), key)));
  }

  private List<Cell> durations(String name, Measurement of, String link) {
    var elapsed = of.elapsed() == null ? of.working() : of.elapsed();
    return List.of(
        Cell.of(name),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.median())),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.p75())),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.p90())),
        new Cell(String.valueOf(of.n()), link),
        Cell.of(of.open()));
  }

  /** Weeks with too few solutions say nothing of themselves and are left out. */
  private Chart control(Question question) {
    var metric = Metric.FIRST_RESOLUTION;
    var weeks = new TreeMap<String, Measurement>();
    measure(question, List.of(metric), Dimension.WEEK).stream()
        .filter(
            each -> !each.isFew() && each.elapsed() != null && each.elapsed().median() > 0)
        .forEach(each -> weeks.put(each.key().get(0), each));
    var names = new ArrayList<>(weeks.keySet());
    var begins = new HashSet<Integer>();
    var marks = marks(question, weeks.keySet());
    marks.forEach(mark -> begins.add((Integer) mark.get("x")));
    var points = ControlChart.of(
        weeks.values().stream().map(each -> each.elapsed().median()).toList(), begins);
    var rows = new ArrayList<List<Cell>>();
    for (var i = 0; i < points.size(); i++) {
      var point = points.get(i);
      rows.add(List.of(
          Cell.of(day(names.get(i))),
          new Cell(
              figures.length(point.value()),
              links.rows(metric, question, Map.of(Dimension.WEEK, names.get(i)))),
          Cell.of(point.low() == null ? "–" : figures.length(point.low())),
          Cell.of(point.high() == null ? "–" : figures.length(point.high())),
          Cell.of(words.text(point.isSignal() ? "chart.control.signal" : "chart.control.usual"))));
    }
    var signals = points.stream().filter(ControlChart.Point::isSignal).count();
    var hasLimits = points.stream().anyMatch(each -> each.low() != null);
    return new Chart(
        "control",
        words.text(
            !hasLimits
                ? "chart.control.few"
                : signals == 0 ? "chart.control.stable" : "chart.control.signals",
            hasLimits ? signals : ControlChart.LEAST,
            points.size()),
        List.of(metric),
        weeks.values().stream().mapToLong(Measurement::n).sum(),
        !hasLimits,
        data(
            "control",
            "h",
            names.stream().map(this::day).toList(),
            List.of(
                series("chart.median", points, ControlChart.Point::value, false),
                series("chart.control.high", points, ControlChart.Point::high, true),
                series("chart.control.middle", points, ControlChart.Point::middle, true),
                series("chart.control.low", points, ControlChart.Point::low, true)),
            marks),
        List.of(
            words.text("chart.from"),
            words.text("chart.median"),
            words.text("chart.control.low"),
            words.text("chart.control.high"),
            words.text("chart.control.is")),
        rows);
  }

  private Series series(
      String name,
      List<ControlChart.Point> points,
      Function<ControlChart.Point, @Nullable Double> value,
      boolean isLimit) {
    var values = new ArrayList<@Nullable Double>();
    for (var point : points) {
      var of = value.apply(point);
      values.add(of == null ? null : of / HOUR);
    }
    return new Series(words.text(name), values, isLimit);
  }

  /** Where a version of a model began, among the steps that are shown. */
  private List<Map<String, Object>> marks(Question question, java.util.Set<String> steps) {
    var names = new ArrayList<>(steps);
    var marks = new ArrayList<Map<String, Object>>();
    metrics.versions().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(each ->
            !each.getValue().isBefore(question.from()) && each.getValue().isBefore(question.to()))
        .forEach(each -> {
          var day = LocalDate.ofInstant(each.getValue(), metrics.zone()).toString();
          var place = 0;
          while (place + 1 < names.size() && names.get(place + 1).compareTo(day) <= 0) {
            place++;
          }
          // what began with the first step has nothing before it to be compared with
          if (place > 0) {
            marks.add(Map.of("x", place, "name", each.getKey()));
          }
        });
    return marks;
  }

  // ---- where it went

  List<Chart> path(Question question) {
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
    var climbed = measure(question, List.of(Metric.ESCALATED_CASES)).get(0);
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
        write(Map.of("kind", "sankey", "nodes", nodes, "flows", flows)),
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
  private List<String> tierOrder(java.util.Set<String> groups) {
    var order = new ArrayList<>(
        tiers.all().stream().map(Tier::group).filter(groups::contains).toList());
    groups.stream().filter(each -> !order.contains(each)).sorted().forEach(order::add);
    return order;
  }

  private Map<String, Map<Metric, Measurement>> byTier(Question question, Metric... about) {
    var found = new LinkedHashMap<String, Map<Metric, Measurement>>();
    for (var each : measure(question, List.of(about), Dimension.TIER)) {
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
      var cells = new ArrayList<>(durations(
          words.tierOf(tier),
          of.get(Metric.TIME_IN_TIER),
          links.rows(Metric.TIME_IN_TIER, question, Map.of(Dimension.TIER, tier))));
      for (var part : parts(of)) {
        cells.add(Cell.of(figures.length(part)));
      }
      rows.add(cells);
    });
    var head = new ArrayList<>(durationHead(words.text("chart.tier")));
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
        data(
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
    byTier.values().forEach(of -> values.add(parts(of)[place] / HOUR));
    return new Series(words.text(name), values, false);
  }

  /** The tier where the customers' cases spend most time of all together, and what most of that is. */
  private String bottleneck(Map<String, Map<Metric, Measurement>> byTier) {
    var whole = byTier.values().stream().mapToDouble(Charts::timeOf).sum();
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
    return shares(
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

  private record Bar(String name, Measurement of, String link) {}

  private Chart shares(String id, String finding, Metric metric, String what, List<Bar> bars) {
    var rows = bars.stream()
        .map(bar -> List.of(
            Cell.of(bar.name()),
            Cell.of(figures.percent(bar.of().share().share())),
            Cell.of(figures.percent(bar.of().share().low()) + " – "
                + figures.percent(bar.of().share().high())),
            new Cell(bar.of().share().hits() + " / " + bar.of().share().of(), bar.link()),
            Cell.of(bar.of().open())))
        .toList();
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", "intervals");
    data.put("unit", "%");
    data.put("x", bars.stream().map(Bar::name).toList());
    data.put(
        "points",
        bars.stream()
            .map(bar -> List.of(
                100 * bar.of().share().share(),
                100 * bar.of().share().low(),
                100 * bar.of().share().high()))
            .toList());
    return new Chart(
        id,
        finding,
        List.of(metric),
        bars.stream().mapToLong(bar -> bar.of().n()).sum(),
        bars.stream().allMatch(bar -> bar.of().isFew()),
        bars.isEmpty() ? null : write(data),
        List.of(
            what,
            words.text("chart.share"),
            words.text("chart.interval"),
            words.text("chart.hits"),
            words.text("chart.open")),
        rows);
  }

  private Chart reasons(Question question) {
    var found = measure(question, List.of(Metric.ESCALATIONS), Dimension.TIER, Dimension.REASON);
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
        found.isEmpty() ? null : write(data),
        List.of(words.text("chart.tier"), words.text("chart.reason"), words.text("chart.cases")),
        rows);
  }

  private Chart limits(Question question) {
    var found =
        measure(question, List.of(Metric.LIMIT_ATTAINMENT), Dimension.KIND, Dimension.TIER).stream()
            .filter(each -> each.share() != null)
            .toList();
    var worst = found.stream()
        .filter(each -> !each.isFew())
        .min(Comparator.comparingDouble(each -> each.share().share()));
    return shares(
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

  // ---- what people said

  List<Chart> satisfaction(Question question) {
    return List.of(
        score("satisfaction", Metric.SATISFACTION, question),
        score("ease", Metric.EASE, question),
        answers(question));
  }

  /** Green limits with red ratings would be a watermelon, so that they stand in one sentence. */
  private Chart score(String id, Metric metric, Question question) {
    var of = measure(question, List.of(metric)).get(0);
    var kept = measure(question, List.of(Metric.LIMIT_ATTAINMENT)).get(0);
    var distribution = of.distribution() == null ? List.<Long>of() : of.distribution();
    var rows = new ArrayList<List<Cell>>();
    for (var point = 1; point <= distribution.size(); point++) {
      rows.add(List.of(Cell.of(point), Cell.of(distribution.get(point - 1))));
    }
    return new Chart(
        id,
        of.share() == null
            ? words.text("chart.score.none")
            : words.text(
                "chart." + id + ".finding",
                figures.percent(of.share().share()),
                figures.percent(of.share().low()),
                figures.percent(of.share().high()),
                of.n(),
                kept.share() == null ? "–" : figures.percent(kept.share().share())),
        List.of(metric, Metric.LIMIT_ATTAINMENT),
        of.n(),
        of.isFew(),
        of.n() == 0
            ? null
            : data(
                "bars",
                "",
                rows.stream().map(row -> row.get(0).text()).toList(),
                List.of(new Series(
                    words.text("chart.answers"),
                    new ArrayList<>(distribution.stream().map(Long::doubleValue).toList()),
                    false)),
                List.of()),
        List.of(words.text("chart.points"), words.text("chart.answers")),
        rows);
  }

  private Chart answers(Question question) {
    // what customers say of first contacts stands beside what we count
    var all = measure(
        question,
        List.of(
            Metric.RESPONSE_RATE,
            Metric.SUPPRESSED_SURVEYS,
            Metric.SOLVED_SAYS_CUSTOMER,
            Metric.FIRST_CONTACT_SAYS_CUSTOMER,
            Metric.FIRST_CONTACT_RESOLUTION));
    var responses = all.get(0);
    var suppressed = all.get(1);
    var bars = new ArrayList<Bar>();
    for (var each : all) {
      // of first contacts that are not decided, only the bad ones count already
      var isDecided = each.metric() != Metric.FIRST_CONTACT_RESOLUTION || each.open() == 0;
      if (each.share() != null && isDecided) {
        bars.add(new Bar(
            words.text("metric." + each.metric()),
            each,
            links.rows(each.metric(), question, Map.of())));
      }
    }
    return shares(
        "answers",
        responses.share() == null
            ? words.text("chart.answers.none", responses.open())
            : words.text(
                "chart.answers.finding",
                figures.percent(responses.share().share()),
                responses.n(),
                responses.open(),
                suppressed.share() == null ? 0 : suppressed.share().hits()),
        Metric.RESPONSE_RATE,
        words.text("chart.answers.what"),
        bars);
  }

  // ---- what recurs

  List<Chart> themes(Question question) {
    var found = new ArrayList<>(measure(question, List.of(Metric.THEMES), Dimension.KIND));
    found.sort(Comparator.comparingLong(Measurement::n).reversed());
    var avoidable = measure(question, List.of(Metric.AVOIDABLE_ESCALATIONS)).get(0);
    var debriefs = found.stream().mapToLong(Measurement::n).sum();
    var rows = found.stream()
        .map(each -> List.of(
            Cell.of(theme(each)),
            new Cell(
                String.valueOf(each.n()),
                links.rows(
                    Metric.THEMES, question, Map.of(Dimension.KIND, each.key().get(0)))),
            Cell.of(figures.length(lost(each)))))
        .toList();
    var costliest = found.stream().max(Comparator.comparingDouble(Charts::lost));
    var finding = costliest
        .map(each -> words.text(
            "chart.themes.finding",
            theme(found.get(0)),
            found.get(0).n(),
            debriefs,
            theme(each),
            figures.length(lost(each)),
            avoidable.share() == null ? "–" : figures.percent(avoidable.share().share())))
        .orElseGet(() -> words.text("chart.themes.none"));
    return List.of(new Chart(
        "themes",
        finding,
        List.of(Metric.THEMES, Metric.AVOIDABLE_ESCALATIONS),
        debriefs,
        debriefs < Measurement.FEW,
        found.isEmpty()
            ? null
            : data(
                "pareto",
                "h",
                found.stream().map(this::theme).toList(),
                List.of(
                    new Series(
                        words.text("chart.themes.debriefs"),
                        new ArrayList<>(
                            found.stream().map(each -> (double) each.n()).toList()),
                        false),
                    new Series(
                        words.text("chart.themes.lost"),
                        new ArrayList<>(
                            found.stream().map(each -> lost(each) / HOUR).toList()),
                        false)),
                List.of()),
        List.of(
            words.text("chart.theme"),
            words.text("chart.themes.debriefs"),
            words.text("chart.themes.lost")),
        rows));
  }

  private String theme(Measurement of) {
    return words.of("theme", of.key().get(0));
  }

  private static double lost(Measurement of) {
    return of.elapsed() == null ? 0 : of.elapsed().sum();
  }

  // ---- words and pictures

  private String day(String step) {
    return times.day(LocalDate.parse(step));
  }

  private @Nullable String data(
      String kind,
      String unit,
      List<String> steps,
      List<Series> series,
      List<Map<String, Object>> marks) {
    if (steps.isEmpty()) {
      return null;
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", kind);
    data.put("unit", unit);
    data.put("x", steps);
    data.put("series", series);
    data.put("marks", marks);
    return write(data);
  }

  private String write(Object data) {
    try {
      return json.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A chart cannot be written", e);
    }
  }
}
