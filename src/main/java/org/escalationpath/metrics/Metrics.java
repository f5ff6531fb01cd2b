package org.escalationpath.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.escalationpath.cases.Tiers;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Answers questions about how well the path works: numbers, and the rows that each is made of. */
@Component
public class Metrics {

  private final Facts facts;
  private final Tiers tiers;
  private final Clock clock;
  private final ZoneId zone;
  private final Basis.Windows windows;

  Metrics(
      Facts facts,
      Tiers tiers,
      Clock clock,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone,
      @Value("${escalation.metrics.resolved-within:P7D}") Duration resolvedWithin,
      @Value("${escalation.metrics.reopened-within:P7D}") Duration reopenedWithin,
      @Value("${escalation.metrics.contacted-within:P30D}") Duration contactedWithin) {
    this.facts = facts;
    this.tiers = tiers;
    this.clock = clock;
    this.zone = zone;
    this.windows = new Basis.Windows(resolvedWithin, reopenedWithin, contactedWithin);
  }

  /** Whether all facts have been read since the application started; numbers are too small before. */
  public boolean areComplete() {
    return facts.isLoaded() && facts.isComplete();
  }

  /** Of which days and weeks are. */
  public ZoneId zone() {
    return zone;
  }

  /** How long one waits before something counts as not having happened, by the metric that goes by it. */
  public Map<Metric, Duration> windows() {
    return Map.of(
        Metric.RESOLUTION_RATE, windows.resolved(),
        Metric.REOPEN_RATE, windows.reopened(),
        Metric.FULL_RESOLUTION, windows.reopened(),
        Metric.FIRST_CONTACT_RESOLUTION, windows.contacted());
  }

  /** The numbers asked for, by metric and key; for groups in which nothing was observed there is none. */
  public List<Measurement> measure(Question question) {
    return measure(question, facts.all(), basis(), zone);
  }

  static List<Measurement> measure(
      Question question, Collection<CaseFacts> facts, Basis basis, ZoneId zone) {
    var tallies = new Tallies(question, basis, zone);
    tallies.walk(facts);
    return tallies.measurements();
  }

  private Basis basis() {
    return new Basis(clock.instant().getEpochSecond(), tiers.lowest(), tiers.highest(), windows);
  }

  private static final class Tallies extends Selection {

    private final Question question;
    private final Map<Metric, Map<List<String>, Tally>> all = new HashMap<>();

    Tallies(Question question, Basis basis, ZoneId zone) {
      super(question, basis, zone);
      this.question = question;
    }

    private Tally tally(Metric metric, List<String> key) {
      return all.computeIfAbsent(metric, each -> new HashMap<>())
          .computeIfAbsent(key, each -> new Tally(metric));
    }

    @Override
    void take(
        Metric metric,
        List<String> key,
        CaseFacts facts,
        int at,
        int value,
        int working,
        @Nullable Visit visit,
        @Nullable Visit move,
        @Nullable String kind) {
      tally(metric, key).add(value, working);
    }

    @Override
    void takeOpen(Metric metric, List<String> key, CaseFacts facts, int since) {
      tally(metric, key).open(facts.openedAt() + since);
    }

    List<Measurement> measurements() {
      var measurements = new ArrayList<Measurement>();
      for (var metric : question.metrics()) {
        var tallies = all.getOrDefault(metric, Map.of());
        shareOut(tallies).forEach((key, tally) -> measurements.add(tally.measurement(key)));
        if (question.groups().isEmpty() && tallies.isEmpty()) {
          measurements.add(new Tally(metric).measurement(List.of()));
        }
      }
      measurements.sort(
          Comparator.comparing((Measurement each) -> question.metrics().indexOf(each.metric()))
              .thenComparing(each -> String.join("\u0000", each.key())));
      return measurements;
    }

    /** What counts in every group is added to each. */
    private static Map<List<String>, Tally> shareOut(Map<List<String>, Tally> tallies) {
      var shared = new HashMap<>(tallies);
      for (var entry : tallies.entrySet()) {
        if (entry.getKey().contains(FOR_ALL)) {
          shared.remove(entry.getKey());
          shared.forEach((key, tally) -> {
            if (isIn(entry.getKey(), key)) {
              tally.addMisses(entry.getValue());
            }
          });
        }
      }
      return shared;
    }

    private static boolean isIn(List<String> forAll, List<String> key) {
      for (var i = 0; i < key.size(); i++) {
        if (!forAll.get(i).equals(FOR_ALL) && !forAll.get(i).equals(key.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * An observation behind a number.
   *
   * @param at by which it belongs to the period
   * @param value seconds of elapsed time, points, or 1 and 0 for what is and what is not; null where only working time is measured
   * @param working seconds of working time; null where that means nothing
   */
  public record Row(
      String caseNumber,
      Instant at,
      @Nullable Integer value,
      @Nullable Integer working,
      @Nullable String tier,
      @Nullable String reason,
      @Nullable String trigger,
      @Nullable String kind,
      String priority,
      @Nullable String category,
      @Nullable String product,
      String channel,
      String segment,
      @Nullable String model,
      @JsonProperty("imported") boolean isImported) {}

  /**
   * The rows behind a number, the latest first.
   *
   * @param question about one metric; what it is grouped by does not matter
   */
  public List<Row> rows(Question question) {
    return rows(question, facts.all(), basis(), zone);
  }

  static List<Row> rows(Question question, Collection<CaseFacts> facts, Basis basis, ZoneId zone) {
    var rows = new Rows(question, basis, zone);
    rows.walk(facts);
    rows.all.sort(Comparator.comparing(Row::at).reversed().thenComparing(Row::caseNumber));
    return rows.all;
  }

  private static final class Rows extends Selection {

    private final List<Row> all = new ArrayList<>();

    Rows(Question question, Basis basis, ZoneId zone) {
      super(
          new Question(
              question.metrics(), question.from(), question.to(), question.where(), List.of()),
          basis,
          zone);
    }

    @Override
    void take(
        Metric metric,
        List<String> key,
        CaseFacts facts,
        int at,
        int value,
        int working,
        @Nullable Visit visit,
        @Nullable Visit move,
        @Nullable String kind) {
      var brought = move == null ? visit : move;
      all.add(new Row(
          facts.number(),
          facts.at(at),
          value == Sink.NONE ? null : value,
          working == Sink.NONE ? null : working,
          visit == null ? null : visit.tier().group(),
          brought == null ? null : text(brought.reason()),
          brought == null ? null : text(brought.trigger()),
          kind,
          facts.priority().toString(),
          facts.category(),
          facts.product(),
          facts.channel(),
          facts.segment(),
          visit == null || visit.model() == null ? facts.model() : visit.model(),
          facts.isImported()));
    }

    private static @Nullable String text(@Nullable Object code) {
      return code == null ? null : code.toString();
    }

    @Override
    void takeOpen(Metric metric, List<String> key, CaseFacts facts, int since) {}
  }

  /**
   * How many cases went from one stage to the next.
   *
   * @param step the place of {@code from} on the way, from 0
   * @param from a tier
   * @param to a tier, or {@code solved}, {@code closed}, {@code closed-unresolved}, {@code withdrawn} or {@code open}
   * @param reason why it climbed; {@link Dimension#NONE} for any other move
   */
  public record Leg(int step, String from, String to, String reason, long cases) {}

  /** The ways of the cases that were opened in the period, until their first solution or their end. */
  public List<Leg> ways(Question question) {
    var legs = new HashMap<Leg, Long>();
    new Selection(question.about(Metric.OPENED), basis(), zone) {
      @Override
      void take(
          Metric metric,
          List<String> key,
          CaseFacts of,
          int at,
          int value,
          int working,
          @Nullable Visit visit,
          @Nullable Visit move,
          @Nullable String kind) {
        Ways.legs(of).forEach(leg -> legs.merge(leg, 1L, Long::sum));
      }

      @Override
      void takeOpen(Metric metric, List<String> key, CaseFacts of, int since) {}
    }.walk(facts.all());
    return legs.entrySet().stream()
        .map(each -> new Leg(
            each.getKey().step(),
            each.getKey().from(),
            each.getKey().to(),
            each.getKey().reason(),
            each.getValue()))
        .sorted(Comparator.comparingInt(Leg::step)
            .thenComparing(Comparator.comparingLong(Leg::cases).reversed())
            .thenComparing(Leg::to))
        .toList();
  }

  /** What was counted when facts had changed so often. */
  private record Unclaimed(long changes, Map<String, Long> byTier) {}

  private volatile Unclaimed unclaimed = new Unclaimed(-1, Map.of());

  /** How many open cases nobody has taken, by the group of the tier where they are. */
  public Map<String, Long> unclaimed() {
    var known = unclaimed;
    var changes = facts.changes();
    if (known.changes() != changes) {
      known = new Unclaimed(changes, countUnclaimed());
      unclaimed = known;
    }
    return known.byTier();
  }

  /** The first and the last day on which cases of an import were opened; nothing for none. */
  public Optional<LocalDate[]> days(String importId) {
    var opened = facts.all().stream()
        .filter(each -> importId.equals(each.imported()))
        .mapToLong(CaseFacts::openedAt)
        .summaryStatistics();
    return opened.getCount() == 0
        ? Optional.empty()
        : Optional.of(new LocalDate[] {day(opened.getMin()), day(opened.getMax())});
  }

  private LocalDate day(long second) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
  }

  private Map<String, Long> countUnclaimed() {
    return facts.all().stream()
        .filter(each -> !each.isImported() && !each.visits().isEmpty())
        .map(each -> each.visits().get(each.visits().size() - 1))
        .filter(visit -> !visit.isOver() && visit.claimed() == CaseFacts.NOT_YET)
        .collect(Collectors.groupingBy(visit -> visit.tier().group(), Collectors.counting()));
  }

  /** When the first case came under each version of a model, {@code escalation-path:7}. */
  public Map<String, Instant> versions() {
    var first = new HashMap<String, Instant>();
    for (var each : facts.all()) {
      if (each.model() != null) {
        first.merge(each.model(), each.at(0), (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    return first;
  }

  /** What there is to choose from in a dimension of cases, in all facts. */
  public Set<String> values(Dimension dimension) {
    return facts.all().stream()
        .map(each -> dimension.of(each, each.openedAt(), null, null, null, zone))
        .filter(value -> !value.equals(Dimension.NONE))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
