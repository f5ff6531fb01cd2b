package org.escalationpath.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.escalationpath.cases.BadInput;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.MetricRow;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Net;
import org.escalationpath.metrics.Quantiles;
import org.escalationpath.metrics.Question;
import org.escalationpath.metrics.Share;
import org.escalationpath.metrics.TableFile;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How well the path works, in numbers, each with the rows that it is made of. */
@RestController
@RequestMapping("/api/metrics")
@Tag(
    name = "metrics",
    description = "How well the path works, in numbers that can be traced to cases")
class MetricsApi {

  private static final String FORMAT = "format";
  private static final int MOST_ROWS = 1_000;
  private static final int PAGE = 100;
  private static final int MOST_NUMBERS = 20_000;

  private final Metrics metrics;
  private final MetricsQuery query;
  private final MetricLinks links;
  private final Rights rights;
  private final Clock clock;

  MetricsApi(Metrics metrics, MetricsQuery query, MetricLinks links, Rights rights, Clock clock) {
    this.metrics = metrics;
    this.query = query;
    this.links = links;
    this.rights = rights;
    this.clock = clock;
  }

  /**
   * A metric, as {@code docs/metrics.md} has it.
   *
   * @param within how long one waits before something counts as not having happened; null where that does not matter
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Definition(
      String metric,
      String kind,
      String what,
      String start,
      String end,
      String exclusions,
      String cohort,
      String source,
      @Nullable Duration within) {}

  @GetMapping("/definitions")
  @Operation(summary = "What is measured, and how")
  List<Definition> definitions() {
    rights.mustBeStaff();
    return Arrays.stream(Metric.values())
        .map(each -> new Definition(
            each.code(),
            kind(each),
            each.what(),
            each.start(),
            each.end(),
            each.exclusions(),
            each.cohort(),
            each.source(),
            metrics.windows().get(each)))
        .toList();
  }

  private static String kind(Metric metric) {
    return metric.kind().name().toLowerCase(Locale.ROOT);
  }

  /**
   * What was asked, and the numbers.
   *
   * @param isComplete false for moments after a start, in which not all facts have been read
   */
  record Numbers(
      LocalDate from,
      LocalDate to,
      String zone,
      Instant at,
      @JsonProperty("complete") boolean isComplete,
      List<String> groups,
      List<Number> numbers) {}

  /** @param rows where the rows behind it are listed */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Number(
      String metric,
      String kind,
      List<String> key,
      long n,
      @JsonProperty("few") boolean isFew,
      long open,
      @Nullable Instant oldestOpen,
      @Nullable Quantiles elapsed,
      @Nullable Quantiles working,
      @Nullable Share share,
      @Nullable Double mean,
      @Nullable Net net,
      @Nullable List<Long> distribution,
      String rows) {}

  @GetMapping
  @Operation(
      summary = "Numbers of a period",
      description =
          "metric: one or more, without it all. from, to: days, both included; without them the last thirteen weeks."
              + " by: day, week or month. group: one of tier, priority, category, product, channel, segment, reason,"
              + " trigger, model, kind, import; each of these is also a filter, tier=team-lead. format: json, csv or xlsx."
              + " Lengths are in seconds, shares from 0 to 1. GET /api/metrics/definitions says what each number means")
  @Nullable
  Numbers numbers(@RequestParam MultiValueMap<String, String> asked, HttpServletResponse response)
      throws IOException {
    rights.mustBeStaff();
    var question = query.read(asked, FORMAT);
    var measured = metrics.measure(question);
    if (measured.size() > MOST_NUMBERS) {
      throw new BadInput(
          "group",
          "no-choice",
          "That is more than %d numbers; ask for fewer metrics, a shorter period or longer steps"
              .formatted(MOST_NUMBERS),
          MOST_NUMBERS);
    }
    var file = file(asked);
    if (file != null) {
      send(
          file,
          "metrics",
          head(question),
          measured.stream().map(MetricsApi::line).toList(),
          response);
      return null;
    }
    var period = query.period(asked);
    return new Numbers(
        period.from(),
        period.to(),
        metrics.zone().getId(),
        clock.instant(),
        metrics.areComplete(),
        question.groups().stream().map(Dimension::code).toList(),
        measured.stream().map(each -> number(each, question)).toList());
  }

  private Number number(Measurement of, Question question) {
    return new Number(
        of.metric().code(),
        kind(of.metric()),
        of.key(),
        of.n(),
        of.isFew(),
        of.open(),
        of.oldestOpen(),
        of.elapsed(),
        of.working(),
        of.share(),
        of.mean(),
        of.net(),
        of.distribution(),
        links.api(of, question));
  }

  /** @param after how many rows come before these */
  record RowPage(String metric, long n, int after, List<MetricRow> rows) {}

  @GetMapping("/{metric}/cases")
  @Operation(
      summary = "The rows behind a number",
      description =
          "The latest first; they add up to the number. Filters as for the numbers. after, size: which of them (at most 1,000 a page);"
              + " csv and xlsx have all of them. value is in seconds, in points, or 1 and 0 for what is and what is not")
  @Nullable
  RowPage rows(
      @PathVariable String metric,
      @RequestParam MultiValueMap<String, String> asked,
      HttpServletResponse response)
      throws IOException {
    rights.mustBeStaff();
    var question = query.read(asked, FORMAT, "after", "size").about(Metric.of(metric));
    var after = number(asked, "after", 0, Integer.MAX_VALUE, 0);
    var size = number(asked, "size", 1, MOST_ROWS, PAGE);
    var file = file(asked);
    if (file != null) {
      send(
          file,
          metric,
          ROW_HEAD,
          metrics.rows(question).stream().map(MetricsApi::line).toList(),
          response);
      return null;
    }
    return new RowPage(
        metric,
        metrics.measure(question.ungrouped()).get(0).n(),
        after,
        metrics.rows(question, after, size));
  }

  private static int number(
      MultiValueMap<String, String> asked, String name, int least, int most, int otherwise) {
    var text = asked.getFirst(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    if (text.matches("\\d{1,9}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new BadInput(
        name,
        "no-number",
        "'%s' must be a whole number from %d to %d".formatted(name, least, most),
        least,
        most);
  }

  // ---- files

  private static @Nullable TableFile file(MultiValueMap<String, String> asked) {
    var format = asked.getFirst(FORMAT);
    return format == null || format.equals("json") ? null : TableFile.of(format);
  }

  private static void send(
      TableFile file,
      String name,
      List<String> head,
      List<List<@Nullable Object>> rows,
      HttpServletResponse response)
      throws IOException {
    response.setContentType(file.type());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(name + "." + file.ending(), StandardCharsets.UTF_8)
            .build()
            .toString());
    file.write(response.getOutputStream(), name, head, rows);
  }

  private static List<String> head(Question question) {
    var head = new ArrayList<String>(List.of("metric"));
    question.groups().forEach(group -> head.add(group.code()));
    head.addAll(List.of(
        "n",
        "open",
        "oldestOpen",
        "medianElapsedSeconds",
        "p75ElapsedSeconds",
        "p90ElapsedSeconds",
        "meanElapsedSeconds",
        "sumElapsedSeconds",
        "medianWorkingSeconds",
        "p75WorkingSeconds",
        "p90WorkingSeconds",
        "meanWorkingSeconds",
        "sumWorkingSeconds",
        "hits",
        "of",
        "share",
        "low95",
        "high95",
        "mean",
        "promoters",
        "passives",
        "detractors",
        "netPoints",
        "netLow95",
        "netHigh95"));
    return head;
  }

  private static List<@Nullable Object> line(Measurement of) {
    var line = new ArrayList<@Nullable Object>();
    line.add(of.metric().code());
    line.addAll(of.key());
    line.add(of.n());
    line.add(of.open());
    line.add(of.oldestOpen());
    add(of.elapsed(), line);
    add(of.working(), line);
    var share = of.share();
    line.add(share == null ? null : share.hits());
    line.add(share == null ? null : share.of());
    line.add(share == null ? null : share.share());
    line.add(share == null ? null : share.low());
    line.add(share == null ? null : share.high());
    line.add(of.mean());
    var net = of.net();
    line.add(net == null ? null : net.promoters());
    line.add(net == null ? null : net.passives());
    line.add(net == null ? null : net.detractors());
    line.add(net == null ? null : net.score());
    line.add(net == null ? null : net.low());
    line.add(net == null ? null : net.high());
    return line;
  }

  private static void add(@Nullable Quantiles quantiles, List<@Nullable Object> line) {
    line.add(quantiles == null ? null : quantiles.median());
    line.add(quantiles == null ? null : quantiles.p75());
    line.add(quantiles == null ? null : quantiles.p90());
    line.add(quantiles == null ? null : quantiles.mean());
    line.add(quantiles == null ? null : quantiles.sum());
  }

  private static final List<String> ROW_HEAD = List.of(
      "case",
      "at",
      "value",
      "workingSeconds",
      "tier",
      "reason",
      "trigger",
      "kind",
      "priority",
      "category",
      "product",
      "channel",
      "segment",
      "model",
      "imported");

  private static List<@Nullable Object> line(MetricRow row) {
    return Arrays.asList(
        row.caseNumber(),
        row.at(),
        row.value(),
        row.working(),
        row.tier(),
        row.reason(),
        row.trigger(),
        row.kind(),
        row.priority(),
        row.category(),
        row.product(),
        row.channel(),
        row.segment(),
        row.model(),
        row.isImported());
  }
}
