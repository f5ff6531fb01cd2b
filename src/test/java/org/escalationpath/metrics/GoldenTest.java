package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured of these cases is what somebody has worked out by hand. */
class GoldenTest {

  static final Basis.Windows WINDOWS =
      new Basis.Windows(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(30));

  @TestFactory
  Stream<DynamicTest> eachCaseIsMeasuredAsByHand() {
    return Golden.cases().stream()
        .map(each -> DynamicTest.dynamicTest(each.facts().number(), () -> compare(each)));
  }

  private static void compare(Golden.Case golden) {
    golden.expected().forEach((metric, expected) -> {
      var observed = observe(Metric.of(metric), golden);
      assertThat(observed.stream().map(Observed::words).toList())
          .as(metric)
          .hasSize(expected.size());
      for (var i = 0; i < expected.size(); i++) {
        assertThat(observed.get(i).words()).as(metric).contains(expected.get(i).split(" "));
      }
    });
  }

  private record Observed(List<String> words) {}

  private static List<Observed> observe(Metric metric, Golden.Case golden) {
    var observed = new ArrayList<Observed>();
    var basis = new Basis(
        golden.now().getEpochSecond(), Golden.TIERS.get("F"), Golden.TIERS.get("S"), WINDOWS);
    metric.observe(golden.facts(), basis, new Sink() {
      @Override
      public void add(
          int at,
          int value,
          int working,
          @Nullable Visit visit,
          @Nullable Visit move,
          @Nullable String kind) {
        var word = switch (metric.kind()) {
          case DURATION -> Golden.length(value) + "/" + Golden.length(working);
          case SCORE, NET -> String.valueOf(value);
          default -> value == 1 ? "yes" : "no";
        };
        observed.add(new Observed(Arrays.asList(word, "@" + Golden.tier(visit), "=" + kind)));
      }

      @Override
      public void open(int since, @Nullable Visit visit, @Nullable String kind) {
        observed.add(new Observed(Arrays.asList("open", "@" + Golden.tier(visit), "=" + kind)));
      }
    });
    return observed;
  }

  @Test
  void thereAreFortyAtLeastAndNoMetricIsWithoutAnExample() {
    var cases = Golden.cases();
    var covered = new HashSet<String>();
    cases.forEach(each -> each.expected().forEach((metric, observed) -> {
      if (!observed.isEmpty()) {
        covered.add(metric);
      }
    }));

    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
    assertThat(covered)
        .containsAll(Arrays.stream(Metric.values()).map(Metric::code).toList());
  }

  @Test
  void workingTimeIsNeverLongerThanElapsedTime() {
    for (var golden : Golden.cases()) {
      for (var visit : golden.facts().visits()) {
        if (visit.isOver()) {
          assertThat(visit.worked() + visit.paused())
              .isLessThanOrEqualTo(visit.left() - visit.entered());
          assertThat(visit.unclaimed()).isLessThanOrEqualTo(visit.worked());
        }
      }
    }
  }

  /** Some while everything is fresh, and long after, when each block knows what was asked of it before. */
  @ParameterizedTest
  @CsvSource({"1Mon 00:00, 6Mon 09:00", "1Mon 00:00, 40Mon 09:00", "3Mon 00:00, 40Mon 09:00"})
  void rowsBehindANumberAddUpToIt(String from, String to) {
    var blocks = new TreeMap<Long, Block>();
    Golden.cases().stream()
        .map(Golden.Case::facts)
        .forEach(facts -> blocks
            .computeIfAbsent(Block.of(facts.openedAt()), each -> new Block())
            .put(facts));
    var facts = blocks.values();
    var basis = new Basis(
        Golden.at(to).getEpochSecond(), Golden.TIERS.get("F"), Golden.TIERS.get("S"), WINDOWS);
    for (var metric : Metric.values()) {
      for (var group : Dimension.values()) {
        var question =
            new Question(List.of(metric), Golden.at(from), Golden.at(to), Map.of(), List.of(group));
        var measured = Metrics.measure(question, facts, basis, ZoneOffset.UTC);
        assertThat(Metrics.measure(question, facts, basis, ZoneOffset.UTC)).isEqualTo(measured);
        for (var number : measured) {
          var rows = Metrics.rows(
              new Question(
                  List.of(metric),
                  question.from(),
                  question.to(),
                  Map.of(group, Set.of(number.key().get(0))),
                  List.of()),
              facts,
              basis,
              ZoneOffset.UTC);
          addUp(number, rows);
        }
      }
    }
  }

  static void addUp(Measurement number, List<MetricRow> rows) {
    assertThat(rows).as("%s %s", number.metric(), number.key()).hasSize((int) number.n());
    if (number.elapsed() != null) {
      assertThat(rows.stream().mapToLong(MetricRow::value).sum())
          .isEqualTo(number.elapsed().sum());
    }
    if (number.working() != null) {
      assertThat(rows.stream()
              .filter(row -> row.working() != null)
              .mapToLong(MetricRow::working)
              .sum())
          .isEqualTo(number.working().sum());
    }
    if (number.metric().kind() == Metric.Kind.SHARE && number.share() != null) {
      assertThat(rows.stream().mapToLong(MetricRow::value).sum())
          .isEqualTo(number.share().hits());
    }
  }

  @Test
  void factsAreReadAsTheyWereWritten() {
    for (var golden : Golden.cases()) {
      assertThat(FactStore.read(FactStore.write(golden.facts()))).isEqualTo(golden.facts());
    }
  }
}
