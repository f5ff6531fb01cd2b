package org.escalationpath.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.springframework.stereotype.Component;

/** Where the rows behind a number are listed, and the same question is asked again. */
@Component
class MetricLinks {

  private final Metrics metrics;

  MetricLinks(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The page with the rows behind a number of a question. */
  String rows(Metric metric, Question question, Map<Dimension, String> narrowed) {
    return "/metrics/cases?metric=" + metric.code() + "&" + query(question, narrowed);
  }

  /** As {@link #rows}, for programs. */
  String api(Measurement number, Question question) {
    var narrowed = new EnumMap<Dimension, String>(Dimension.class);
    for (var i = 0; i < question.groups().size(); i++) {
      narrowed.put(question.groups().get(i), number.key().get(i));
    }
    return "/api/metrics/" + number.metric().code() + "/cases?" + query(question, narrowed);
  }

  /** The question's words, {@code from=2026-11-01&to=2026-11-30&tier=team-lead}, without its metrics and groups. */
  String query(Question question, Map<Dimension, String> narrowed) {
    return "from=" + LocalDate.ofInstant(question.from(), metrics.zone())
        + "&to=" + LocalDate.ofInstant(question.to().minusMillis(1), metrics.zone())
        + filters(question, narrowed);
  }

  /** What it is narrowed down to, each word behind an ampersand. */
  String filters(Question question, Map<Dimension, String> narrowed) {
    var where = new EnumMap<Dimension, Set<String>>(Dimension.class);
    where.putAll(question.where());
    narrowed.forEach((dimension, value) -> where.put(dimension, Set.of(value)));
    var words = new StringBuilder();
    where.forEach((dimension, values) -> values.forEach(value -> words
        .append('&')
        .append(dimension.code())
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return words.toString();
  }
}
