package org.escalationpath.metrics;

import java.time.ZoneId;
import java.util.List;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the observations that a question is about. A number and the rows behind it come of the same walk, so that they agree.
 */
abstract class Selection {

  /** The group of what counts in every group. */
  static final String FOR_ALL = "*";

  private final Question question;
  private final Basis basis;
  private final Basis atTheEnd;
  private final ZoneId zone;

  Selection(Question question, Basis basis, ZoneId zone) {
    this.question = question;
    this.basis = basis;
    this.atTheEnd = basis.at(question.to().getEpochSecond());
    this.zone = zone;
  }

  /** An observation in the period that passes the question's filters. */
  abstract void take(Observation observation);

  /** Something that is not over, whenever it has begun. */
  void takeOpen(Observation begun) {}

  void walk(Iterable<CaseFacts> all) {
    var looking = new Looking();
    for (var facts : all) {
      if (facts.openedAt() < question.to().getEpochSecond()) {
        looking.facts = facts;
        for (var metric : question.metrics()) {
          looking.metric = metric;
          metric.observe(facts, metric == Metric.BACKLOG ? atTheEnd : basis, looking);
        }
      }
    }
  }

  /** Where an observation belongs among the question's groups. */
  List<String> key(Observation of) {
    return question.groups().stream()
        .map(group -> isForAll(group, of) ? FOR_ALL : group.of(of, zone))
        .toList();
  }

  /** What did not happen did not happen for any reason. */
  private static boolean isForAll(Dimension dimension, Observation of) {
    return of.value() == 0 && of.metric().isWhole(dimension);
  }

  private boolean passes(Observation observation) {
    return question.where().entrySet().stream()
        .allMatch(condition -> isForAll(condition.getKey(), observation)
            || condition.getValue().contains(condition.getKey().of(observation, zone)));
  }

  /** At one metric of one case. */
  private final class Looking implements Sink {

    private final long from = question.from().getEpochSecond();
    private final long to = question.to().getEpochSecond();
    private @Nullable CaseFacts facts;
    private @Nullable Metric metric;

    @Override
    public void add(
        int at,
        int value,
        int working,
        @Nullable Visit visit,
        @Nullable Visit move,
        @Nullable String kind) {
      var instant = facts.openedAt() + at;
      if (instant >= from && instant < to || metric == Metric.BACKLOG) {
        var found = new Observation(metric, facts, at, value, working, visit, move, kind);
        if (passes(found)) {
          take(found);
        }
      }
    }

    /** What the log of another system leaves open will never be over, and nobody works on it. */
    @Override
    public void open(int since, @Nullable Visit visit, @Nullable String kind) {
      if (facts.openedAt() + since < to && !facts.isImported()) {
        var begun = new Observation(metric, facts, since, 0, NONE, visit, null, kind);
        if (passes(begun)) {
          takeOpen(begun);
        }
      }
    }
  }
}
