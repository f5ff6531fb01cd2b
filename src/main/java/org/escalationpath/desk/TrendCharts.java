package org.escalationpath.desk;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.desk.ChartKit.Series;
import org.escalationpath.metrics.ControlChart;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How it went: what came in and went out, how long solutions took, and whether that varies by more than chance. */
@Component
class TrendCharts {

  private final Metrics metrics;
  private final MetricLinks links;
  private final Words words;
  private final TimeTexts times;
  private final NumberTexts figures;
  private final ChartKit kit;

  TrendCharts(
      Metrics metrics,
      MetricLinks links,
      Words words,
      TimeTexts times,
      NumberTexts figures,
      ChartKit kit) {
    this.metrics = metrics;
    this.links = links;
    this.words = words;
    this.times = times;
    this.figures = figures;
    this.kit = kit;
  }

  List<Chart> of(Question question) {
    return List.of(flow(question), resolution(question), control(question));
  }

  /** The steps of time of a period: weeks, or months where those would be very many. */
  private static Dimension step(Question question) {
    var days = Duration.between(question.from(), question.to()).toDays();
    return days <= 21 ? Dimension.DAY : days <= 500 ? Dimension.WEEK : Dimension.MONTH;
  }

  /** By step, all metrics of one question. */
  private Map<String, Map<Metric, Measurement>> bySteps(Question question, List<Metric> about) {
    var steps = new TreeMap<String, Map<Metric, Measurement>>();
    for (var each : kit.measure(question, about, step(question))) {
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
        kit.data(
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
    var whole = kit.measure(question, List.of(metric)).get(0);
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
        kit.data(
            "lines",
            "h",
            steps.keySet().stream().map(this::day).toList(),
            List.of(
                hours("median", steps, metric, each -> each.elapsed().median()),
                hours("p75", steps, metric, each -> each.elapsed().p75()),
                hours("p90", steps, metric, each -> each.elapsed().p90())),
            marks(question, steps.keySet())),
        kit.durationHead(words.text("chart.from")),
        rows);
  }

  private Series hours(
      String name,
      Map<String, Map<Metric, Measurement>> steps,
      Metric metric,
      ToDoubleFunction<Measurement> value) {
    return new Series(
        words.text("chart." + name),
        values(steps, metric, each -> value.applyAsDouble(each) / ChartKit.HOUR),
        false);
  }

  private List<Cell> durations(String name, Measurement of, Question question, String key) {
    return kit.durations(name, of, links.rows(of.metric(), question, Map.of(step(question), key)));
  }

  /** Weeks with too few solutions say nothing of themselves and are left out. */
  private Chart control(Question question) {
    var metric = Metric.FIRST_RESOLUTION;
    var weeks = new TreeMap<String, Measurement>();
    kit.measure(question, List.of(metric), Dimension.WEEK).stream()
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
        kit.data(
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
      values.add(of == null ? null : of / ChartKit.HOUR);
    }
    return new Series(words.text(name), values, isLimit);
  }

  /** Where a version of a model began, among the steps that are shown. */
  private List<Map<String, Object>> marks(Question question, Set<String> steps) {
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

  private String day(String step) {
    return times.day(LocalDate.parse(step));
  }
}
