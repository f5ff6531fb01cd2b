package org.escalationpath.metrics;

import java.util.HashMap;
import java.util.Map;
import org.escalationpath.metrics.Metrics.Leg;

/** Counts the legs of the ways that cases took. */
final class Legs extends Selection<Legs> {

  private final Question question;
  private final Basis basis;
  private final Periods periods;
  private final Map<Leg, Long> legs = new HashMap<>();

  Legs(Question question, Basis basis, Periods periods) {
    super(question, basis, periods);
    this.question = question;
    this.basis = basis;
    this.periods = periods;
  }

  @Override
  Legs fresh() {
    return new Legs(question, basis, periods.fresh());
  }

  @Override
  void take(Observation opened) {
    Ways.legs(opened.facts()).forEach(leg -> legs.merge(leg, 1L, Long::sum));
  }

  @Override
  void add(Legs other) {
    other.legs.forEach((leg, cases) -> legs.merge(leg, cases, Long::sum));
  }

  Map<Leg, Long> legs() {
    return legs;
  }
}
