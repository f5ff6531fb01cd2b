package org.escalationpath.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.escalationpath.cases.Tiers;
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
    return measure(question, facts.blocks(), basis(), zone);
  }

  static List<Measurement> measure(
      Question question, Collection<Block> facts, Basis basis, ZoneId zone) {
    return new Tallies(question, basis, new Periods(zone)).walk(facts).measurements();
  }

  private Basis basis() {
    return new Basis(clock.instant().getEpochSecond(), tiers.lowest(), tiers.highest(), windows);
  }

  /**
   * The rows behind a number, the latest first.
   *
   * @param question about one metric; what it is grouped by does not matter
   */
  public List<MetricRow> rows(Question question) {
    return rows(question, facts.blocks(), basis(), zone);
  }

  static List<MetricRow> rows(
      Question question, Collection<Block> facts, Basis basis, ZoneId zone) {
    return new RowsBehind(question, basis, new Periods(zone), Integer.MAX_VALUE)
        .walk(facts)
        .rows();
  }

  /**
   * As {@link #rows(Question)}, a page of them.
   *
   * @param after how many are left out at the beginning
   */
  public List<MetricRow> rows(Question question, int after, int size) {
    var most = (int) Math.min(Integer.MAX_VALUE, (long) after + size);
    var rows = new RowsBehind(question, basis(), new Periods(zone), most)
        .walk(facts.blocks())
        .rows();
    return rows.subList(Math.min(after, rows.size()), rows.size());
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
    var legs = new Legs(question.about(Metric.OPENED), basis(), new Periods(zone))
        .walk(facts.blocks())
        .legs();
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
    var opened = facts.blocks().stream()
        .flatMap(block -> block.all().stream())
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
    return facts.blocks().stream()
        .filter(block -> block.span().settledBy() == Long.MAX_VALUE)
        .flatMap(block -> block.all().stream())
        .filter(each -> !each.isImported() && !each.visits().isEmpty())
        .map(each -> each.visits().get(each.visits().size() - 1))
        .filter(visit -> !visit.isOver() && visit.claimed() == CaseFacts.NOT_YET)
        .collect(Collectors.groupingBy(visit -> visit.tier().group(), Collectors.counting()));
  }

  /** When the first case came under each version of a model, {@code escalation-path:7}. */
  public Map<String, Instant> versions() {
    var first = new HashMap<String, Instant>();
    facts.versions().forEach((version, at) -> first.put(version, Instant.ofEpochSecond(at)));
    return first;
  }

  /** What there is to choose from of categories, products or imports, in all facts. */
  public Set<String> values(Dimension dimension) {
    return facts.values(dimension);
  }
}
