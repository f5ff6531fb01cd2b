package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.List;
import org.escalationpath.metrics.CaseFacts.Arrival;
import org.escalationpath.metrics.CaseFacts.Leaving;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.escalationpath.metrics.Metrics.Leg;

/** The way of a case from tier to tier, until its first solution or its end. */
final class Ways {

  /** Who goes up and down more often is still under way for the picture. */
  private static final int MOST = 6;

  private Ways() {}

  /** Each with no count. */
  static List<Leg> legs(CaseFacts facts) {
    var legs = new ArrayList<Leg>();
    var visits = facts.visits();
    for (var i = 0; i < visits.size() && i < MOST; i++) {
      var visit = visits.get(i);
      var goesOn = i + 1 < visits.size()
          && i + 1 < MOST
          && visit.leaving() != Leaving.SOLVED
          && visit.leaving() != Leaving.ENDED;
      legs.add(goesOn ? leg(i, visit, visits.get(i + 1)) : last(i, visit, facts));
      if (!goesOn) {
        break;
      }
    }
    return legs;
  }

  private static Leg leg(int step, Visit from, Visit to) {
    var reason =
        to.arrival() == Arrival.UP && to.reason() != null ? to.reason().toString() : Dimension.NONE;
    return new Leg(step, from.tier().group(), to.tier().group(), reason, 0);
  }

  private static Leg last(int step, Visit visit, CaseFacts facts) {
    var end = visit.leaving() == Leaving.SOLVED
        ? "solved"
        : visit.leaving() == Leaving.ENDED && facts.ending() != null ? facts.ending() : "open";
    return new Leg(step, visit.tier().group(), end, Dimension.NONE, 0);
  }
}
