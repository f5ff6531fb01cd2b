package org.escalationpath.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.desk.ChartKit.Series;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Question;
import org.springframework.stereotype.Component;

/** What recurs in debriefs, and what it costs customers. */
@Component
class ThemeCharts {

  private final MetricLinks links;
  private final Words words;
  private final NumberTexts figures;
  private final ChartKit kit;

  ThemeCharts(MetricLinks links, Words words, NumberTexts figures, ChartKit kit) {
    this.links = links;
    this.words = words;
    this.figures = figures;
    this.kit = kit;
  }

  List<Chart> of(Question question) {
    var found = new ArrayList<>(kit.measure(question, List.of(Metric.THEMES), Dimension.KIND));
    found.sort(Comparator.comparingLong(Measurement::n).reversed());
    var avoidable = kit.measure(question, List.of(Metric.AVOIDABLE_ESCALATIONS)).get(0);
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
    var costliest = found.stream().max(Comparator.comparingDouble(ThemeCharts::lost));
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
            : kit.data(
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
                        new ArrayList<>(found.stream()
                            .map(each -> lost(each) / ChartKit.HOUR)
                            .toList()),
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
}
