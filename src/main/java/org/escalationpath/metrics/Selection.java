package org.escalationpath.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.Tier;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the observations that a question is about. A number and the rows behind it come of the same walk through all facts, so that
 * they agree. A walk is shared out to all processors, with a selection for each.
 *
 * @param <S> itself
 */
abstract class Selection<S extends Selection<S>> {

  /** The group of what counts in every group. */
  static final String FOR_ALL = "*";

  private final Question question;
  private final Basis basis;
  private final Basis atTheEnd;
  private final Periods periods;
  private final long from;
  private final long to;
  private final Looking looking = new Looking();

  Selection(Question question, Basis basis, Periods periods) {
    this.question = question;
    this.basis = basis;
    this.atTheEnd = basis.at(question.to().getEpochSecond());
    this.periods = periods;
    this.from = question.from().getEpochSecond();
    this.to = question.to().getEpochSecond();
  }

  /** Lets selections like this one take what they want of all facts, and adds them up. */
  S walk(Collection<Block> blocks) {
    return blocks.parallelStream().collect(this::fresh, Selection::lookInto, Selection::add);
  }

  /** One of the same kind for the same question, that has taken nothing yet. */
  abstract S fresh();

  /** An observation in the period that passes the question's filters. */
  abstract void take(Observation observation);

  /** Something that is not over, whenever it has begun. */
  void takeOpen(Observation begun) {}

  /** What another one has taken is taken by this one, too. */
  abstract void add(S other);

  /** As {@link #take}, where the question neither tells apart nor leaves out; false for who wants to know more of it. */
  boolean takeValue(Metric metric, int value, int working) {
    return false;
  }

  /** Whether anything in these facts is of interest, of which it is known between which instants it lies. */
  boolean wants(Block.Span span) {
    return span.from() < to && span.settledBy() >= from - basis.longestWindow();
  }

  /** Whether what is taken of a block may be taken again, as long as nothing changes in it. */
  boolean isRepeatable() {
    return true;
  }

  private void lookInto(Block block) {
    var span = block.span();
    if (!wants(span)) {
      return;
    }
    if (isRepeatable() && isInside(span)) {
      add(block.answer(new Shape(getClass(), question, basis), span.changes(), () -> {
        var part = fresh();
        block.all().forEach(part::look);
        return part;
      }));
    } else {
      block.all().forEach(this::look);
    }
  }

  /** Whether everything in it lies in the period and has been decided: then it does not matter which period it is. */
  private boolean isInside(Block.Span span) {
    return span.from() >= from
        && span.settledBy() < to
        && span.settledBy() + basis.longestWindow() < basis.now();
  }

  /** A question without its period. */
  private record Shape(
      Class<?> of,
      List<Metric> metrics,
      Map<Dimension, Set<String>> where,
      List<Dimension> groups,
      Tier lowest,
      Tier highest) {

    Shape(Class<?> of, Question question, Basis basis) {
      this(
          of,
          question.metrics(),
          question.where(),
          question.groups(),
          basis.lowest(),
          basis.highest());
    }
  }

  void look(CaseFacts facts) {
    if (facts.openedAt() < to) {
      looking.facts = facts;
      for (var metric : question.metrics()) {
        looking.metric = metric;
        metric.observe(facts, metric == Metric.BACKLOG ? atTheEnd : basis, looking);
      }
    }
  }

  /** Where an observation belongs among the question's groups. */
  List<String> key(Observation of) {
    var groups = question.groups();
    return switch (groups.size()) {
      case 0 -> List.of();
      case 1 -> List.of(group(groups.get(0), of));
      default -> List.of(group(groups.get(0), of), group(groups.get(1), of));
    };
  }

  private String group(Dimension dimension, Observation of) {
    return isForAll(dimension, of) ? FOR_ALL : dimension.of(of, periods);
  }

  /** What did not happen did not happen for any reason. */
  private static boolean isForAll(Dimension dimension, Observation of) {
    return of.value() == 0 && of.metric().isWhole(dimension);
  }

  private boolean passes(Observation observation) {
    for (Map.Entry<Dimension, Set<String>> condition : question.where().entrySet()) {
      if (!isForAll(condition.getKey(), observation)
          && !condition.getValue().contains(condition.getKey().of(observation, periods))) {
        return false;
      }
    }
    return true;
  }

  /** At one metric of one case. */
  private final class Looking implements Sink {

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
      if ((instant < from || instant >= to) && metric != Metric.BACKLOG) {
        return;
      }
      if (takeValue(metric, value, working)) {
        return;
      }
      var found = new Observation(metric, facts, at, value, working, visit, move, kind);
      if (passes(found)) {
        take(found);
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
