package org.escalationpath.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.audit.ExceptionKind;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.improvement.Debriefs.ImprovementAction;
import org.escalationpath.improvement.Remarks;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Estimate;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.escalationpath.review.Evidence.Effect;
import org.escalationpath.review.Evidence.ExceptionCount;
import org.escalationpath.review.Evidence.Line;
import org.escalationpath.review.Evidence.Theme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what tells whether the path works: numbers beside those of before, and what people found and said. Reads only. */
@Component
public class EvidenceRoom {

  /** As many days before a change are compared with as many after it. */
  private static final int EFFECT_DAYS = 28;

  /** After so long whoever was asked has answered, or never will: longer than the policy waits. */
  private static final Duration SURVEY_IS_OVER = Duration.ofDays(30);

  private static final Period EFFECTS_SHOWN = Period.ofDays(180);

  private static final List<Metric> NUMBERS = List.of(
      Metric.OPENED,
      Metric.SOLVED,
      Metric.BACKLOG,
      Metric.FIRST_RESPONSE,
      Metric.FIRST_RESOLUTION,
      Metric.RESOLUTION_RATE,
      Metric.FIRST_CONTACT_RESOLUTION,
      Metric.FIRST_CONTACT_SAYS_CUSTOMER,
      Metric.FIRST_LEVEL_RESOLUTION,
      Metric.ESCALATED_CASES,
      Metric.AVOIDABLE_ESCALATIONS,
      Metric.TIME_TO_CLAIM,
      Metric.REOPEN_RATE,
      Metric.LIMIT_ATTAINMENT,
      Metric.SATISFACTION,
      Metric.EASE,
      Metric.RESPONSE_RATE);

  /** Of these alone the cases opened before a change say something about the path as it was. */
  private static final List<Metric> EFFECTS = List.of(
      Metric.FIRST_RESPONSE,
      Metric.FIRST_RESOLUTION,
      Metric.FIRST_LEVEL_RESOLUTION,
      Metric.ESCALATED_CASES,
      Metric.REOPEN_RATE,
      Metric.LIMIT_ATTAINMENT,
      Metric.SATISFACTION,
      Metric.EASE);

  private final Metrics metrics;
  private final Exceptions exceptions;
  private final Debriefs debriefs;
  private final Remarks remarks;
  private final Clock clock;

  EvidenceRoom(
      Metrics metrics, Exceptions exceptions, Debriefs debriefs, Remarks remarks, Clock clock) {
    this.metrics = metrics;
    this.exceptions = exceptions;
    this.debriefs = debriefs;
    this.remarks = remarks;
    this.clock = clock;
  }

  /** Whether numbers are whole, so that evidence can be gathered. */
  public boolean isReady() {
    return metrics.areComplete();
  }

  /**
   * Of a period that ends with yesterday.
   *
   * @throws IllegalStateException while not all facts have been read: numbers would be too small
   */
  Evidence of(Period length) {
    if (!metrics.areComplete()) {
      throw new IllegalStateException(
          "Not all cases have been read since the start; the evidence is gathered when they are");
    }
    var end = LocalDate.ofInstant(clock.instant(), zone());
    var from = end.minus(length);
    var beforeFrom = from.minus(length);
    return new Evidence(
        from,
        end.minusDays(1),
        beforeFrom,
        numbers(start(beforeFrom), start(from), start(end)),
        themes(beforeFrom, from, end),
        exceptions(beforeFrom, from, end),
        debriefs.actions(clock.instant()).stream()
            .filter(each -> each.isOverdue(clock.instant()))
            .map(ImprovementAction::id)
            .toList(),
        effects(),
        remarks.of(from, end.minusDays(1)).stream().map(Remarks.Remark::id).toList());
  }

  private ZoneId zone() {
    return metrics.zone();
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone()).toInstant();
  }

  // ---- numbers

  /** Of both periods; what takes days to be decided is taken of periods that lie so much earlier, so that all of it has been. */
  private List<Line> numbers(Instant beforeFrom, Instant from, Instant to) {
    return NUMBERS.stream()
        .map(metric -> {
          var earlier = undecided(metric);
          return line(
              metric,
              measure(metric, beforeFrom.minus(earlier), from.minus(earlier)),
              measure(metric, from.minus(earlier), to.minus(earlier)),
              (int) earlier.toDays());
        })
        .toList();
  }

  /** As long as it takes until what a metric observes has been decided; before that, what is bad counts already and what is good does not, or the other way round. */
  private Duration undecided(Metric metric) {
    return metric == Metric.RESPONSE_RATE
        ? SURVEY_IS_OVER
        : metrics.windows().getOrDefault(metric, Duration.ZERO);
  }

  private Measurement measure(Metric metric, Instant from, Instant to) {
    return byMetric(List.of(metric), from, to).get(metric);
  }

  private Map<Metric, Measurement> byMetric(List<Metric> which, Instant from, Instant to) {
    return metrics.measure(new Question(which, from, to, Map.of(), List.of())).stream()
        .collect(Collectors.toMap(Measurement::metric, Function.identity()));
  }

  private static Line line(
      Metric metric, Measurement before, @Nullable Measurement now, int earlier) {
    var one = Estimate.of(before);
    var other = Optional.ofNullable(now).flatMap(Estimate::of);
    return new Line(
        metric,
        before.n(),
        one.orElse(null),
        now == null ? 0 : now.n(),
        other.orElse(null),
        one.flatMap(first -> other.map(later -> later.since(first))).orElse(null),
        earlier);
  }

  // ---- what was found

  private List<Theme> themes(LocalDate beforeFrom, LocalDate from, LocalDate end) {
    var before = byTheme(start(beforeFrom), start(from));
    return byTheme(start(from), start(end)).values().stream()
        .sorted(Comparator.comparingLong(Measurement::n)
            .reversed()
            .thenComparing(each -> each.key().get(0)))
        .map(each -> new Theme(
            each.key().get(0),
            each.n(),
            each.elapsed() == null ? 0 : each.elapsed().sum(),
            Optional.ofNullable(before.get(each.key().get(0)))
                .map(Measurement::n)
                .orElse(0L)))
        .toList();
  }

  private Map<String, Measurement> byTheme(Instant from, Instant to) {
    var found = new HashMap<String, Measurement>();
    metrics
        .measure(new Question(List.of(Metric.THEMES), from, to, Map.of(), List.of(Dimension.KIND)))
        .forEach(each -> found.put(each.key().get(0), each));
    return found;
  }

  private List<ExceptionCount> exceptions(LocalDate beforeFrom, LocalDate from, LocalDate end) {
    var before = exceptions.counts(start(beforeFrom), start(from));
    var now = exceptions.counts(start(from), start(end));
    return Arrays.stream(ExceptionKind.values())
        .map(kind -> new ExceptionCount(
            kind.toString(), before.getOrDefault(kind, 0L), now.getOrDefault(kind, 0L)))
        .toList();
  }

  // ---- what came of actions

  /** What came of the actions that the versions of half a year realise, the latest first. */
  public List<Effect> effects() {
    var now = clock.instant();
    var since = LocalDate.ofInstant(now, zone()).minus(EFFECTS_SHOWN);
    return debriefs.actions(start(since)).stream()
        .filter(each -> each.realisedAt() != null && !each.realisedAt().isBefore(start(since)))
        .sorted(Comparator.comparing(
            (ImprovementAction each) -> Objects.requireNonNull(each.realisedAt()),
            Comparator.reverseOrder()))
        .map(each -> effect(each, now))
        .toList();
  }

  private Effect effect(ImprovementAction action, Instant now) {
    var since = Objects.requireNonNull(action.realisedAt());
    var length = Duration.ofDays(EFFECT_DAYS);
    var until = since.plus(length).isBefore(now) ? since.plus(length) : now;
    return new Effect(
        action.id(),
        Objects.requireNonNull(action.realisedBy()),
        LocalDate.ofInstant(since, zone()),
        (int) Math.max(0, ChronoUnit.DAYS.between(since, until)),
        EFFECTS.stream().map(metric -> effect(metric, since, until, now)).toList());
  }

  /** Nothing of after the change, as long as nothing of it has been decided. */
  private Line effect(Metric metric, Instant since, Instant until, Instant now) {
    var decided = now.minus(undecided(metric));
    var to = decided.isBefore(until) ? decided : until;
    return line(
        metric,
        measure(metric, since.minus(Duration.ofDays(EFFECT_DAYS)), since),
        since.isBefore(to) ? measure(metric, since, to) : null,
        0);
  }
}
