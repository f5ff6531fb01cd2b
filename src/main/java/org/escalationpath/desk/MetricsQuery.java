package org.escalationpath.desk;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.BadInput;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Reads what somebody wants to know of the path from the words of a query, {@code metric=first-response&group=tier&from=2026-11-01}. */
@Component
class MetricsQuery {

  private static final Logger log = LoggerFactory.getLogger(MetricsQuery.class);
  private static final int DAYS = 91;
  private static final int MOST_DAYS = 3_660;
  private static final int MOST_VALUES = 50;
  private static final int LONGEST_VALUE = 200;

  private final Metrics metrics;
  private final Clock clock;

  MetricsQuery(Metrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Days in the desk's time zone, both included. */
  record Period(LocalDate from, LocalDate to) {}

  /**
   * The question. Without days it is about the last thirteen weeks, without a metric about all.
   *
   * @param others words that mean something else
   * @throws BadInput saying which word is not understood
   */
  Question read(MultiValueMap<String, String> asked, String... others) {
    var period = period(asked);
    return new Question(
        asked.containsKey("metric")
            ? words(asked, "metric").stream().map(Metric::of).distinct().toList()
            : List.of(Metric.values()),
        period.from().atStartOfDay(metrics.zone()).toInstant(),
        period.to().plusDays(1).atStartOfDay(metrics.zone()).toInstant(),
        where(asked, Set.of(others)),
        groups(asked));
  }

  Period period(MultiValueMap<String, String> asked) {
    var to = day(asked, "to", LocalDate.ofInstant(clock.instant(), metrics.zone()));
    var from = day(asked, "from", to.minusDays(DAYS - 1L));
    if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
      throw new BadInput(
          "from", "no-period", "'from' must be a day before 'to', at most ten years");
    }
    return new Period(from, to);
  }

  private static LocalDate day(
      MultiValueMap<String, String> asked, String name, LocalDate otherwise) {
    var text = asked.getFirst(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      var day = LocalDate.parse(text);
      if (day.getYear() >= 1970 && day.getYear() < 10_000) {
        return day;
      }
    } catch (DateTimeException e) {
      log.debug("'{}' is no day", text, e);
    }
    throw new BadInput(name, "no-day", "'%s' must be a day like 2026-11-23".formatted(name), name);
  }

  private static Map<Dimension, Set<String>> where(
      MultiValueMap<String, String> asked, Set<String> others) {
    var where = new EnumMap<Dimension, Set<String>>(Dimension.class);
    for (var name : asked.keySet()) {
      var dimension = dimension(name);
      if (dimension != null) {
        var values = new LinkedHashSet<String>();
        asked.get(name).stream().filter(each -> !each.isBlank()).forEach(values::add);
        mustBeFewAndShort(name, values);
        if (!values.isEmpty()) {
          where.put(dimension, values);
        }
      } else if (!Set.of("metric", "from", "to", "group", "by").contains(name)
          && !others.contains(name)) {
        throw new BadInput(
            name,
            "no-choice",
            "'%s' is none of metric, from, to, group, by, %s".formatted(name, dimensions()),
            dimensions());
      }
    }
    return where;
  }

  private static void mustBeFewAndShort(String name, Set<String> values) {
    if (values.size() > MOST_VALUES
        || values.stream().anyMatch(each -> each.length() > LONGEST_VALUE)) {
      throw new BadInput(
          name,
          "no-choice",
          "'%s' must be at most %d values of at most %d characters"
              .formatted(name, MOST_VALUES, LONGEST_VALUE),
          LONGEST_VALUE);
    }
  }

  private static @Nullable Dimension dimension(String name) {
    return Arrays.stream(Dimension.values())
        .filter(each -> each.code().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String dimensions() {
    return String.join(
        ", ", Arrays.stream(Dimension.values()).map(Dimension::code).toList());
  }

  private static List<Dimension> groups(MultiValueMap<String, String> asked) {
    var groups = new ArrayList<Dimension>();
    words(asked, "by").stream().map(Dimension::of).forEach(groups::add);
    words(asked, "group").stream().map(Dimension::of).forEach(groups::add);
    if (groups.size() > 2 || groups.stream().distinct().count() < groups.size()) {
      throw new BadInput(
          "group",
          "no-choice",
          "Numbers are told apart by two things at most, by=week&group=tier",
          "by, group");
    }
    return groups;
  }

  private static List<String> words(MultiValueMap<String, String> asked, String name) {
    return asked.getOrDefault(name, List.of()).stream()
        .flatMap(each -> Arrays.stream(each.split(",")))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
