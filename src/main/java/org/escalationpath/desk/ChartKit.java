package org.escalationpath.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What charts of all kinds are made with. */
@Component
class ChartKit {

  static final double HOUR = 3600;

  private final Metrics metrics;
  private final Words words;
  private final NumberTexts figures;
  private final ObjectMapper json;

  ChartKit(Metrics metrics, Words words, NumberTexts figures, ObjectMapper json) {
    this.metrics = metrics;
    this.words = words;
    this.figures = figures;
    this.json = json;
  }

  /** A line or the bars of a chart. */
  record Series(String name, List<@Nullable Double> values, boolean isLimit) {}

  List<Measurement> measure(Question of, List<Metric> about, Dimension... groups) {
    return metrics.measure(new Question(about, of.from(), of.to(), of.where(), List.of(groups)));
  }

  record Bar(String name, Measurement of, String link) {}

  Chart shares(String id, String finding, Metric metric, String what, List<Bar> bars) {
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

  List<String> durationHead(String first) {
    return List.of(
        first,
        words.text("chart.median"),
        words.text("chart.p75"),
        words.text("chart.p90"),
        words.text("chart.n"),
        words.text("chart.open"));
  }

  List<Cell> durations(String name, Measurement of, String link) {
    var elapsed = of.elapsed() == null ? of.working() : of.elapsed();
    return List.of(
        Cell.of(name),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.median())),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.p75())),
        Cell.of(elapsed == null ? "–" : figures.length(elapsed.p90())),
        new Cell(String.valueOf(of.n()), link),
        Cell.of(of.open()));
  }

  @Nullable
  String data(
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

  String write(Object data) {
    try {
      return json.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A chart cannot be written", e);
    }
  }
}
