package org.escalationpath.metrics;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the observations that a question is about. A number and the rows behind it come of the same walk, so that they agree.
 */
abstract class Selection {

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
  abstract void take(
      Metric metric,
      List<String> key,
      CaseFacts facts,
      int at,
      int value,
      int working,
      @Nullable Visit visit,
      @Nullable Visit move,
      @Nullable String kind);

  /** Something that is not over, whenever it has begun. */
  abstract void takeOpen(Metric metric, List<String> key, CaseFacts facts, int since);

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

  /** At one metric of one case. */
  private final class Looking implements Sink {

    private final long from = question.from().getEpochSecond();
    private final long to = question.to().getEpochSecond();
    private CaseFacts facts;
    private Metric metric;

    @Override
    public void add(
        int at,
        int value,
        int working,
        @Nullable Visit visit,
        @Nullable Visit move,
        @Nullable String kind) {
      var instant = facts.openedAt() + at;
      var isInPeriod = instant >= from && instant < to || metric == Metric.BACKLOG;
      if (isInPeriod && passes(instant, value, visit, move, kind)) {
        take(
            metric,
            key(instant, value, visit, move, kind),
            facts,
            at,
            value,
            working,
            visit,
            move,
            kind);
      }
    }

    @Override
    public void open(int since, @Nullable Visit visit, @Nullable String kind) {
      var instant = facts.openedAt() + since;
      if (instant < to && passes(instant, 0, visit, null, kind)) {
        takeOpen(metric, key(instant, 0, visit, null, kind), facts, since);
      }
    }

    private boolean passes(
        long at, int value, @Nullable Visit visit, @Nullable Visit move, @Nullable String kind) {
      for (var condition : question.where().entrySet()) {
        var dimension = condition.getKey();
        if (!isForAll(dimension, value)
            && !condition.getValue().contains(dimension.of(facts, at, visit, move, kind, zone))) {
          return false;
        }
      }
      return true;
    }

    /** What did not happen did not happen for any reason. */
    private boolean isForAll(Dimension dimension, int value) {
      return value == 0 && metric.isWhole(dimension);
    }

    private List<String> key(
        long at, int value, @Nullable Visit visit, @Nullable Visit move, @Nullable String kind) {
      var groups = question.groups();
      if (groups.isEmpty()) {
        return List.of();
      }
      var key = new ArrayList<String>(groups.size());
      for (var group : groups) {
        key.add(isForAll(group, value) ? FOR_ALL : group.of(facts, at, visit, move, kind, zone));
      }
      return key;
    }
  }

  /** The group of what counts in every group. */
  static final String FOR_ALL = "*";
}
