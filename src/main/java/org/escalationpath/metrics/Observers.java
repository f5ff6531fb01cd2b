package org.escalationpath.metrics;

import static org.escalationpath.metrics.CaseFacts.NOT_YET;
import static org.escalationpath.metrics.Sink.NONE;

import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.escalationpath.cases.Tier;
import org.escalationpath.metrics.CaseFacts.Arrival;
import org.escalationpath.metrics.CaseFacts.Asked;
import org.escalationpath.metrics.CaseFacts.Leaving;
import org.escalationpath.metrics.CaseFacts.Rating;
import org.escalationpath.metrics.CaseFacts.Span;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/** How each {@link Metric} is found in the facts of a case; what it means is said there. */
final class Observers {

  private static final String WITHDRAWN = "withdrawn";
  private static final String UNRESOLVED = "closed-unresolved";

  private Observers() {}

  // ---- how many

  static void opened(CaseFacts facts, Basis basis, Sink sink) {
    sink.add(0, 1, NONE, first(facts), null, null);
  }

  private static @Nullable Visit first(CaseFacts facts) {
    return facts.visits().isEmpty() ? null : facts.visits().get(0);
  }

  static void solved(CaseFacts facts, Basis basis, Sink sink) {
    for (var cycle : facts.cycles()) {
      if (cycle.isSolved()) {
        sink.add(cycle.solved(), 1, NONE, facts.solvedBy(cycle.solved()), null, null);
      }
    }
  }

  static void ended(CaseFacts facts, Basis basis, Sink sink) {
    if (facts.hasEnded()) {
      sink.add(facts.endedAt(), 1, NONE, facts.visitAt(facts.endedAt()), null, facts.ending());
    }
  }

  /** A solution is 1, an opening 0. */
  static void clearance(CaseFacts facts, Basis basis, Sink sink) {
    sink.add(0, 0, NONE, first(facts), null, null);
    solved(facts, basis, sink);
  }

  static void backlog(CaseFacts facts, Basis basis, Sink sink) {
    if (facts.isImported()) {
      return;
    }
    var now = basis.elapsed(facts);
    for (var cycle : facts.cycles()) {
      var until = cycle.isSolved() ? cycle.solved() : cycle.ended();
      if (cycle.from() <= now && (until == NOT_YET || until > now)) {
        sink.add(now, now - cycle.from(), NONE, facts.visitAt(now), null, null);
      }
    }
  }

  // ---- how long

  static void firstResponse(CaseFacts facts, Basis basis, Sink sink) {
    if (facts.firstReply() != null) {
      span(facts.firstReply(), facts, sink);
    }
  }

  static void nextResponse(CaseFacts facts, Basis basis, Sink sink) {
    facts.replies().forEach(span -> span(span, facts, sink));
  }

  static void updateGap(CaseFacts facts, Basis basis, Sink sink) {
    facts.updates().forEach(span -> span(span, facts, sink));
  }

  private static void span(Span span, CaseFacts facts, Sink sink) {
    if (span.isOver()) {
      sink.add(
          span.to(), span.to() - span.from(), span.working(), facts.visitAt(span.to()), null, null);
    } else {
      sink.open(span.from(), facts.visitAt(Integer.MAX_VALUE), null);
    }
  }

  static void firstResolution(CaseFacts facts, Basis basis, Sink sink) {
    var first = facts.firstSolution();
    if (first != null) {
      var working = workingUntil(first, facts);
      sink.add(first.solved(), first.solved(), working, facts.solvedBy(first.solved()), null, null);
    } else if (!facts.hasEnded()) {
      sink.open(0, facts.visitAt(Integer.MAX_VALUE), null);
    }
  }

  private static int workingUntil(CaseFacts.Cycle last, CaseFacts facts) {
    var working = 0;
    for (var cycle : facts.cycles()) {
      working += cycle.from() <= last.from() ? cycle.working() : 0;
    }
    return working;
  }

  static void fullResolution(CaseFacts facts, Basis basis, Sink sink) {
    var last = facts.cycles().get(facts.cycles().size() - 1);
    if (UNRESOLVED.equals(facts.ending())) {
      return;
    }
    if (last.isSolved() && last.solved() + basis.reopenedWithin() <= basis.elapsed(facts)) {
      var working = workingUntil(last, facts);
      sink.add(last.solved(), last.solved(), working, facts.solvedBy(last.solved()), null, null);
    } else if (last.isSolved() || !facts.hasEnded()) {
      sink.open(0, facts.visitAt(Integer.MAX_VALUE), null);
    }
  }

  static void careCycle(CaseFacts facts, Basis basis, Sink sink) {
    for (var cycle : facts.cycles()) {
      if (cycle.isSolved()) {
        sink.add(
            cycle.solved(),
            cycle.solved() - cycle.from(),
            cycle.working(),
            facts.solvedBy(cycle.solved()),
            null,
            null);
      } else if (!cycle.isOver()) {
        sink.open(cycle.from(), facts.visitAt(Integer.MAX_VALUE), null);
      }
    }
  }

  static void waitingForCustomer(CaseFacts facts, Basis basis, Sink sink) {
    for (var cycle : facts.cycles()) {
      if (cycle.isSolved()) {
        sink.add(cycle.solved(), cycle.waited(), NONE, facts.solvedBy(cycle.solved()), null, null);
      }
    }
  }

  static void timeInTier(CaseFacts facts, Basis basis, Sink sink) {
    for (var visit : facts.visits()) {
      if (visit.isOver() && !visit.wasPassed()) {
        sink.add(visit.left(), visit.left() - visit.entered(), visit.worked(), visit, null, null);
      } else if (!visit.isOver()) {
        sink.open(visit.entered(), visit, null);
      }
    }
  }

  static void pausedInTier(CaseFacts facts, Basis basis, Sink sink) {
    for (var visit : facts.visits()) {
      if (visit.isOver() && !visit.wasPassed()) {
        sink.add(visit.left(), NONE, visit.paused(), visit, null, null);
      }
    }
  }

  static void unclaimedInTier(CaseFacts facts, Basis basis, Sink sink) {
    for (var visit : facts.visits()) {
      if (facts.knowsClaims() && visit.isOver() && !visit.wasPassed()) {
        sink.add(visit.left(), NONE, visit.unclaimed(), visit, null, null);
      }
    }
  }

  static void timeToClaim(CaseFacts facts, Basis basis, Sink sink) {
    for (var visit : facts.visits()) {
      if (!facts.knowsClaims() || visit.arrival() == Arrival.FIRST || visit.wasPassed()) {
        continue;
      }
      if (visit.claimed() != NOT_YET) {
        sink.add(
            visit.claimed(),
            visit.claimed() - visit.entered(),
            visit.unclaimed(),
            visit,
            null,
            null);
      } else if (!visit.isOver()) {
        sink.open(visit.entered(), visit, null);
      }
    }
  }

  static void timeToEscalate(CaseFacts facts, Basis basis, Sink sink) {
    for (var i = 0; i < facts.visits().size(); i++) {
      var visit = facts.visits().get(i);
      if (visit.leaving() == Leaving.UP && !visit.wasPassed()) {
        sink.add(
            visit.left(),
            visit.left() - visit.entered(),
            visit.worked(),
            visit,
            next(i, facts),
            null);
      }
    }
  }

  private static @Nullable Visit next(int visit, CaseFacts facts) {
    return visit + 1 < facts.visits().size() ? facts.visits().get(visit + 1) : null;
  }

  // ---- which part

  static void resolutionRate(CaseFacts facts, Basis basis, Sink sink) {
    var solved = facts.firstSolved();
    var within = basis.resolvedWithin();
    if (solved != NOT_YET && solved <= within) {
      sink.add(0, 1, NONE, first(facts), null, null);
    } else if (WITHDRAWN.equals(facts.ending()) && facts.endedAt() <= within && solved == NOT_YET) {
      return;
    } else if (basis.elapsed(facts) >= within) {
      sink.add(0, 0, NONE, first(facts), null, null);
    } else {
      sink.open(0, first(facts), null);
    }
  }

  static void firstContactResolution(CaseFacts facts, Basis basis, Sink sink) {
    var first = facts.firstSolution();
    if (first == null || !facts.knowsMessages()) {
      return;
    }
    var isReopened = isReopened(facts, basis);
    var again = facts.contactedAgainAt();
    var isContacted = again != NOT_YET && again - first.solved() <= basis.contactedWithin();
    var isDecided = basis.elapsed(facts) - first.solved()
        >= Math.max(basis.contactedWithin(), basis.reopenedWithin());
    if (first.messages() > 1 || isReopened || isContacted) {
      sink.add(first.solved(), 0, NONE, facts.solvedBy(first.solved()), null, null);
    } else if (isDecided) {
      sink.add(first.solved(), 1, NONE, facts.solvedBy(first.solved()), null, null);
    } else {
      sink.open(first.solved(), facts.solvedBy(first.solved()), null);
    }
  }

  private static boolean isReopened(CaseFacts facts, Basis basis) {
    var again = facts.goneOnAfterFirstSolution();
    return again != NOT_YET && again - facts.firstSolved() <= basis.reopenedWithin();
  }

  static void firstLevelResolution(CaseFacts facts, Basis basis, Sink sink) {
    ofFirstSolution(facts, sink, !hasLeft(facts, basis.lowest()));
  }

  private static boolean hasLeft(CaseFacts facts, Tier lowest) {
    return anyUntilFirstSolution(facts, visit -> !visit.tier().equals(lowest));
  }

  /** How many visits there were until the first solution. */
  private static int untilFirstSolution(CaseFacts facts) {
    var all = facts.visits();
    for (var i = 0; i < all.size(); i++) {
      if (all.get(i).leaving() == Leaving.SOLVED) {
        return i + 1;
      }
    }
    return all.size();
  }

  private static boolean anyUntilFirstSolution(CaseFacts facts, Predicate<Visit> is) {
    var until = untilFirstSolution(facts);
    for (var i = 0; i < until; i++) {
      if (is.test(facts.visits().get(i))) {
        return true;
      }
    }
    return false;
  }

  private static void ofFirstSolution(CaseFacts facts, Sink sink, boolean is) {
    var solved = facts.firstSolved();
    if (solved != NOT_YET) {
      sink.add(solved, is ? 1 : 0, NONE, facts.solvedBy(solved), null, null);
    }
  }

  static void escalationRate(CaseFacts facts, Basis basis, Sink sink) {
    left(facts, sink, Leaving.UP, basis.highest());
  }

  static void returnRate(CaseFacts facts, Basis basis, Sink sink) {
    left(facts, sink, Leaving.DOWN, basis.lowest());
  }

  private static void left(CaseFacts facts, Sink sink, Leaving way, Tier without) {
    for (var i = 0; i < facts.visits().size(); i++) {
      var visit = facts.visits().get(i);
      if (visit.tier().equals(without)) {
        continue;
      }
      if (visit.isOver()) {
        var is = visit.leaving() == way;
        sink.add(visit.entered(), is ? 1 : 0, NONE, visit, is ? next(i, facts) : null, null);
      } else {
        sink.open(visit.entered(), visit, null);
      }
    }
  }

  static void bounceRate(CaseFacts facts, Basis basis, Sink sink) {
    var seen = new HashSet<Tier>();
    var isBounced = anyUntilFirstSolution(facts, visit -> !seen.add(visit.tier()));
    ofFirstSolution(facts, sink, isBounced);
  }

  static void escalatedCases(CaseFacts facts, Basis basis, Sink sink) {
    ofFirstSolution(
        facts, sink, anyUntilFirstSolution(facts, visit -> visit.arrival() == Arrival.UP));
  }

  static void escalations(CaseFacts facts, Basis basis, Sink sink) {
    for (var i = 1; i < facts.visits().size(); i++) {
      var visit = facts.visits().get(i);
      if (visit.arrival() == Arrival.UP) {
        sink.add(visit.entered(), 1, NONE, facts.visits().get(i - 1), visit, null);
      }
    }
  }

  static void leftUnclaimed(CaseFacts facts, Basis basis, Sink sink) {
    for (var visit : facts.visits()) {
      if (facts.knowsClaims() && visit.isOver() && !visit.wasPassed()) {
        sink.add(visit.left(), visit.claimed() == NOT_YET ? 1 : 0, NONE, visit, null, null);
      }
    }
  }

  static void avoidableEscalations(CaseFacts facts, Basis basis, Sink sink) {
    if (hasClimbed(facts)) {
      for (var debrief : facts.debriefs()) {
        sink.add(
            debrief.at(),
            debrief.isAvoidable() ? 1 : 0,
            NONE,
            facts.visitAt(debrief.at()),
            null,
            debrief.theme());
      }
    }
  }

  private static boolean hasClimbed(CaseFacts facts) {
    for (var visit : facts.visits()) {
      if (visit.arrival() == Arrival.UP) {
        return true;
      }
    }
    return false;
  }

  static void reopenRate(CaseFacts facts, Basis basis, Sink sink) {
    var solved = facts.firstSolved();
    if (solved == NOT_YET) {
      return;
    }
    if (isReopened(facts, basis)) {
      sink.add(solved, 1, NONE, facts.solvedBy(solved), null, null);
    } else if (basis.elapsed(facts) - solved >= basis.reopenedWithin()) {
      sink.add(solved, 0, NONE, facts.solvedBy(solved), null, null);
    } else {
      sink.open(solved, facts.solvedBy(solved), null);
    }
  }

  static void limitAttainment(CaseFacts facts, Basis basis, Sink sink) {
    for (var limit : facts.limits()) {
      var visit = limit.visit() == NOT_YET ? null : facts.visits().get(limit.visit());
      if (limit.metAt() != NOT_YET) {
        sink.add(limit.metAt(), 1, NONE, visit, null, limit.clock());
      } else if (limit.limitAt() != NOT_YET && limit.limitAt() <= basis.elapsed(facts)) {
        sink.add(limit.limitAt(), 0, NONE, visit, null, limit.clock());
      } else {
        sink.open(limit.from(), visit, limit.clock());
      }
    }
  }

  // ---- what people said

  static void satisfaction(CaseFacts facts, Basis basis, Sink sink) {
    var last = last(facts);
    if (last != null) {
      sink.add(last.at(), last.satisfaction(), NONE, facts.visitAt(last.at()), null, null);
    }
  }

  private static @Nullable Rating last(CaseFacts facts) {
    var all = facts.ratings();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  static void ease(CaseFacts facts, Basis basis, Sink sink) {
    var last = last(facts);
    if (last != null && last.ease() > 0) {
      sink.add(last.at(), last.ease(), NONE, facts.visitAt(last.at()), null, null);
    }
  }

  static void solvedSaysCustomer(CaseFacts facts, Basis basis, Sink sink) {
    var last = last(facts);
    if (last != null) {
      sink.add(last.at(), last.isSolved() ? 1 : 0, NONE, facts.visitAt(last.at()), null, null);
    }
  }

  static void firstContactSaysCustomer(CaseFacts facts, Basis basis, Sink sink) {
    var last = last(facts);
    if (last != null && last.contacts() > 0) {
      var is = last.isSolved() && last.contacts() == 1;
      sink.add(last.at(), is ? 1 : 0, NONE, facts.visitAt(last.at()), null, null);
    }
  }

  static void netPromoterScore(CaseFacts facts, Basis basis, Sink sink) {
    for (var each : facts.recommendations()) {
      sink.add(each.at(), each.score(), NONE, facts.visitAt(each.at()), null, null);
    }
  }

  static void netPromoterResponseRate(CaseFacts facts, Basis basis, Sink sink) {
    responses(facts, facts.askedForRecommendation(), sink);
  }

  static void netPromoterSuppressed(CaseFacts facts, Basis basis, Sink sink) {
    suppressed(facts, facts.askedForRecommendation(), sink);
  }

  static void responseRate(CaseFacts facts, Basis basis, Sink sink) {
    responses(facts, facts.asked(), sink);
  }

  private static void responses(CaseFacts facts, List<Asked> all, Sink sink) {
    for (var asked : all) {
      var visit = facts.visitAt(asked.at());
      switch (asked.state()) {
        case "answered" -> sink.add(asked.invitedAt(), 1, NONE, visit, null, null);
        case "unanswered" -> sink.add(asked.invitedAt(), 0, NONE, visit, null, null);
        case "pending" -> sink.open(asked.invitedAt(), visit, null);
        default -> {}
      }
    }
  }

  static void suppressedSurveys(CaseFacts facts, Basis basis, Sink sink) {
    suppressed(facts, facts.asked(), sink);
  }

  private static void suppressed(CaseFacts facts, List<Asked> all, Sink sink) {
    for (var asked : all) {
      sink.add(
          asked.at(),
          asked.state().equals("suppressed") ? 1 : 0,
          NONE,
          facts.visitAt(asked.at()),
          null,
          asked.why());
    }
  }

  static void themes(CaseFacts facts, Basis basis, Sink sink) {
    for (var debrief : facts.debriefs()) {
      sink.add(
          debrief.at(), facts.lost(), NONE, facts.visitAt(debrief.at()), null, debrief.theme());
    }
  }
}
