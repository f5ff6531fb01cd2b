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
import org.springframework.stereotype.Component;

/** Gathers what tells whether the path works: numbers beside those of before, and what people found and said. Reads only. */
@Component
public class EvidenceRoom {

  /** As many days before a change are compared with as many after it. */
  private static final int EFFECT_DAYS = 28;

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
        lines(NUMBERS, start(beforeFrom), start(from), start(from), start(end)),
        themes(beforeFrom, from, end),
        exceptions(beforeFrom, from, end),
        debriefs.actions(clock.instant()).stream()
            .filter(each -> each.isOverdue(clock.instant()))
            .map(ImprovementAction::id)
            .toList(),
        effects(),
        remarks.of(from, end).stream().map(Remarks.Remark::id).toList());
  }

  private ZoneId zone() {
    return metrics.zone();
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone()).toInstant();
  }

  // ---- numbers

  private List<Line> lines(
      List<Metric> which, Instant beforeFrom, Instant beforeTo, Instant from, Instant to) {
    var before = byMetric(which, beforeFrom, beforeTo);
    var now = byMetric(which, from, to);
    return which.stream()
        .map(metric -> line(
            metric,
            Objects.requireNonNull(before.get(metric)),
            Objects.requireNonNull(now.get(metric))))
        .toList();
  }

  private Map<Metric, Measurement> byMetric(List<Metric> which, Instant from, Instant to) {
    return metrics.measure(new Question(which, from, to, Map.of(), List.of())).stream()
        .collect(Collectors.toMap(Measurement::metric, Function.identity()));
  }

  private static Line line(Metric metric, Measurement before, Measurement now) {
    var one = Estimate.of(before);
    var other = Estimate.of(now);
    return new Line(
        metric,
        before.n(),
        one.orElse(null),
        now.n(),
        other.orElse(null),
        one.flatMap(earlier -> other.map(later -> later.since(earlier))).orElse(null));
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
        since.isBefore(until)
            ? lines(EFFECTS, since.minus(length), since, since, until)
            : List.of());
  }
}
