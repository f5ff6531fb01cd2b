package org.escalationpath.desk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The few numbers that come first, each beside that of the period before; kept limits stand beside what customers say. */
@Component
class Headlines {

  private static final List<Metric> SHOWN = List.of(
      Metric.FIRST_RESPONSE,
      Metric.FIRST_RESOLUTION,
      Metric.RESOLUTION_RATE,
      Metric.FIRST_LEVEL_RESOLUTION,
      Metric.ESCALATED_CASES,
      Metric.REOPEN_RATE,
      Metric.LIMIT_ATTAINMENT,
      Metric.SATISFACTION,
      Metric.EASE,
      Metric.BACKLOG);

  private final Metrics metrics;
  private final MetricLinks links;
  private final NumberTexts figures;

  Headlines(Metrics metrics, MetricLinks links, NumberTexts figures) {
    this.metrics = metrics;
    this.links = links;
    this.figures = figures;
  }

  /**
   * A number as people read it.
   *
   * @param value a dash where there is none
   * @param interval between which bounds a share lies; null for others
   * @param before that of the period before; a dash where there is none
   */
  record Headline(
      Metric metric,
      String value,
      @Nullable String interval,
      String before,
      long n,
      long open,
      boolean isFew,
      String link) {}

  List<Headline> of(Question question) {
    var length = Duration.between(question.from(), question.to());
    var now = byMetric(question);
    var before = byMetric(new Question(
        SHOWN, question.from().minus(length), question.from(), question.where(), List.of()));
    return SHOWN.stream()
        .map(metric -> headline(metric, now.get(metric), before.get(metric), question))
        .toList();
  }

  private Map<Metric, Measurement> byMetric(Question question) {
    var found = new LinkedHashMap<Metric, Measurement>();
    metrics
        .measure(new Question(SHOWN, question.from(), question.to(), question.where(), List.of()))
        .forEach(each -> found.put(each.metric(), each));
    return found;
  }

  private Headline headline(Metric metric, Measurement now, Measurement before, Question question) {
    var share = now.share();
    return new Headline(
        metric,
        value(now),
        share == null ? null : figures.percent(share.low()) + " – " + figures.percent(share.high()),
        value(before),
        now.n(),
        now.open(),
        now.isFew(),
        links.rows(metric, question, Map.of()));
  }

  private String value(Measurement of) {
    if (of.metric() == Metric.BACKLOG) {
      return String.valueOf(of.n());
    }
    if (of.share() != null) {
      return figures.percent(of.share().share());
    }
    return of.elapsed() == null ? "–" : figures.length(of.elapsed().median());
  }
}
