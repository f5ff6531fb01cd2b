package org.escalationpath.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.escalationpath.desk.Chart.Cell;
import org.escalationpath.desk.ChartKit.Bar;
import org.escalationpath.desk.ChartKit.Series;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Question;
import org.springframework.stereotype.Component;

/** What customers said, who answered, and who was not asked. */
@Component
class SatisfactionCharts {

  private final MetricLinks links;
  private final Words words;
  private final NumberTexts figures;
  private final ChartKit kit;

  SatisfactionCharts(MetricLinks links, Words words, NumberTexts figures, ChartKit kit) {
    this.links = links;
    this.words = words;
    this.figures = figures;
    this.kit = kit;
  }

  List<Chart> of(Question question) {
    return List.of(
        score("satisfaction", Metric.SATISFACTION, question),
        score("ease", Metric.EASE, question),
        recommendation(question),
        answers(question));
  }

  /** Green limits with red ratings would be a watermelon, so that they stand in one sentence. */
  private Chart score(String id, Metric metric, Question question) {
    var of = kit.measure(question, List.of(metric)).get(0);
    var kept = kit.measure(question, List.of(Metric.LIMIT_ATTAINMENT)).get(0);
    return answers(
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
        of,
        1);
  }

  private Chart recommendation(Question question) {
    var all = kit.measure(
        question,
        List.of(
            Metric.NET_PROMOTER_SCORE,
            Metric.NET_PROMOTER_RESPONSE_RATE,
            Metric.NET_PROMOTER_SUPPRESSED));
    var net = all.get(0).net();
    var responses = all.get(1);
    var suppressed = all.get(2);
    return answers(
        "nps",
        net == null
            ? words.text("chart.nps.none", responses.open())
            : words.text(
                responses.share() == null ? "chart.nps.finding" : "chart.nps.finding.round",
                figures.points(net.score()),
                figures.points(net.low()),
                figures.points(net.high()),
                net.promoters(),
                net.passives(),
                net.detractors(),
                responses.share() == null
                    ? "–"
                    : figures.percent(responses.share().share()),
                suppressed.share() == null ? 0 : suppressed.share().hits()),
        List.of(
            Metric.NET_PROMOTER_SCORE,
            Metric.NET_PROMOTER_RESPONSE_RATE,
            Metric.NET_PROMOTER_SUPPRESSED),
        all.get(0),
        0);
  }

  /** @param lowest the lowest answer that can be given */
  private Chart answers(String id, String finding, List<Metric> about, Measurement of, int lowest) {
    var distribution = of.distribution() == null ? List.<Long>of() : of.distribution();
    var rows = new ArrayList<List<Cell>>();
    for (var place = 0; place < distribution.size(); place++) {
      rows.add(List.of(Cell.of(lowest + place), Cell.of(distribution.get(place))));
    }
    return new Chart(
        id,
        finding,
        about,
        of.n(),
        of.isFew(),
        of.n() == 0
            ? null
            : kit.data(
                "bars",
                "",
                rows.stream().map(row -> row.get(0).text()).toList(),
                List.of(new Series(
                    words.text("chart.count"),
                    new ArrayList<>(distribution.stream().map(Long::doubleValue).toList()),
                    false)),
                List.of()),
        List.of(words.text("chart.points"), words.text("chart.count")),
        rows);
  }

  private Chart answers(Question question) {
    // what customers say of first contacts stands beside what we count
    var all = kit.measure(
        question,
        List.of(
            Metric.RESPONSE_RATE,
            Metric.SUPPRESSED_SURVEYS,
            Metric.SOLVED_SAYS_CUSTOMER,
            Metric.FIRST_CONTACT_SAYS_CUSTOMER,
            Metric.FIRST_CONTACT_RESOLUTION,
            Metric.NET_PROMOTER_RESPONSE_RATE,
            Metric.NET_PROMOTER_SUPPRESSED));
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
    return kit.shares(
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
}
