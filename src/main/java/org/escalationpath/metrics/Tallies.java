package org.escalationpath.metrics;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the observations that a question is about, each in its group. */
final class Tallies extends Selection {

  private final Question question;
  private final Map<Metric, Map<List<String>, Tally>> all = new HashMap<>();

  Tallies(Question question, Basis basis, ZoneId zone) {
    super(question, basis, zone);
    this.question = question;
  }

  private Tally tally(Observation of) {
    return all.computeIfAbsent(of.metric(), each -> new HashMap<>())
        .computeIfAbsent(key(of), each -> new Tally(of.metric()));
  }

  @Override
  void take(Observation observation) {
    tally(observation).add(observation.value(), observation.working());
  }

  @Override
  void takeOpen(Observation begun) {
    tally(begun).open(begun.instant());
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
