package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Adds up the observations that a question is about, each in its group. */
final class Tallies extends Selection<Tallies> {

  private final Question question;
  private final Basis basis;
  private final Periods periods;
  private final boolean isOfAll;
  private final Map<Metric, Map<List<String>, Tally>> all = new EnumMap<>(Metric.class);
  private final Tally[] ofAll = new Tally[Metric.values().length];

  Tallies(Question question, Basis basis, Periods periods) {
    super(question, basis, periods);
    this.question = question;
    this.basis = basis;
    this.periods = periods;
    this.isOfAll = question.groups().isEmpty() && question.where().isEmpty();
  }

  @Override
  Tallies fresh() {
    return new Tallies(question, basis, periods.fresh());
  }

  private Tally tally(Metric metric, List<String> key) {
    return all.computeIfAbsent(metric, each -> new HashMap<>())
        .computeIfAbsent(key, each -> new Tally(metric));
  }

  @Override
  boolean takeValue(Metric metric, int value, int working) {
    if (!isOfAll) {
      return false;
    }
    var tally = ofAll[metric.ordinal()];
    if (tally == null) {
      tally = tally(metric, List.of());
      ofAll[metric.ordinal()] = tally;
    }
    tally.add(value, working);
    return true;
  }

  @Override
  void take(Observation observation) {
    tally(observation.metric(), key(observation)).add(observation.value(), observation.working());
  }

  @Override
  void takeOpen(Observation begun) {
    tally(begun.metric(), key(begun)).open(begun.instant());
  }

  @Override
  void add(Tallies other) {
    other.all.forEach(
        (metric, tallies) -> tallies.forEach((key, tally) -> tally(metric, key).addAll(tally)));
  }

  List<Measurement> measurements() {
    var measurements =
        new ArrayList<>(question.metrics().parallelStream().flatMap(this::of).toList());
    measurements.sort(
        Comparator.comparing((Measurement each) -> question.metrics().indexOf(each.metric()))
            .thenComparing(each -> String.join("\u0000", each.key())));
    return measurements;
  }

  private Stream<Measurement> of(Metric metric) {
    var tallies = all.getOrDefault(metric, Map.of());
    return question.groups().isEmpty() && tallies.isEmpty()
        ? Stream.of(new Tally(metric).measurement(List.of()))
        : shareOut(tallies).entrySet().stream()
            .map(each -> each.getValue().measurement(each.getKey()));
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
