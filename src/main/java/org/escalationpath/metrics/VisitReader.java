package org.escalationpath.metrics;

import static org.escalationpath.metrics.CaseFacts.NOT_YET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.clocks.CaseTime;
import org.escalationpath.metrics.CaseFacts.Arrival;
import org.escalationpath.metrics.CaseFacts.Leaving;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the visits of tiers out of a ledger. A tier that nobody staffs is skipped and not visited. A tier whose limit was over
 * before anybody noticed is passed: that is a visit of its own, from the limit before to its own.
 */
final class VisitReader {

  /** A visit that is not over. */
  private static final class Stay {

    private final LedgerEntry brought;
    private final Instant entered;
    private Tier tier;
    private Arrival arrival;
    private @Nullable Trigger trigger;
    private @Nullable Reason reason;
    private @Nullable Instant claimed;

    Stay(LedgerEntry brought, Tier tier, Arrival arrival, Instant entered) {
      this.brought = brought;
      this.entered = entered;
      this.tier = tier;
      this.arrival = arrival;
      this.trigger = brought.trigger();
      this.reason = brought.reason();
    }
  }

  private final Instant opened;
  private final CaseTime time;
  private final List<Visit> visits = new ArrayList<>();
  private @Nullable Stay stay;

  VisitReader(Instant opened, CaseTime time) {
    this.opened = opened;
    this.time = time;
  }

  void read(LedgerEntry entry) {
    switch (entry.what()) {
      case TRIAGED -> enter(entry, Arrival.FIRST, at(entry));
      case CLAIMED -> {
        if (stay != null && stay.claimed == null) {
          stay.claimed = at(entry);
        }
      }
      case TIER_SKIPPED -> {
        // the tier it was to come to has nobody; it comes to the one above
        if (stay != null && stay.tier.equals(entry.fromTier()) && entry.toTier() != null) {
          stay.tier = entry.toTier();
        }
      }
      case TIER_PASSED -> passed(entry);
      case ESCALATED -> moved(entry, Arrival.UP, Leaving.UP);
      case RETURNED -> moved(entry, Arrival.DOWN, Leaving.DOWN);
      case REJECTED, REOPENED -> enter(entry, Arrival.REOPENED, at(entry));
      case SOLUTION_PROPOSED -> leave(Leaving.SOLVED, at(entry), false);
      case CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> leave(Leaving.ENDED, at(entry), false);
      default -> {}
    }
  }

  private void enter(LedgerEntry entry, Arrival arrival, Instant entered) {
    if (entry.toTier() != null) {
      leave(Leaving.ENDED, entered, false);
      stay = new Stay(entry, entry.toTier(), arrival, entered);
    }
  }

  /** From its tier, which is passed, the case goes on to the next one at that tier's limit. */
  private void passed(LedgerEntry entry) {
    if (entry.fromTier() != null) {
      leave(Leaving.UP, instant(entry, "since"), stay != null && isPassed(stay.brought));
      stay = new Stay(entry, entry.fromTier(), Arrival.UP, instant(entry, "since"));
    }
  }

  private static boolean isPassed(LedgerEntry brought) {
    return brought.what() == org.escalationpath.cases.What.TIER_PASSED;
  }

  private void moved(LedgerEntry entry, Arrival arrival, Leaving leaving) {
    if (stay != null
        && stay.arrival == Arrival.REOPENED
        && stay.tier.equals(entry.toTier())
        && stay.claimed == null
        && entry.trigger() == Trigger.CUSTOMER) {
      // a rejected solution brought it to another tier; this says which way
      stay.arrival = arrival;
      stay.trigger = entry.trigger();
      stay.reason = entry.reason();
      return;
    }
    var at = instant(entry, "since");
    leave(leaving, at, stay != null && isPassed(stay.brought));
    enter(entry, arrival, at);
  }

  private void leave(Leaving leaving, Instant left, boolean wasPassed) {
    var last = stay;
    if (last != null) {
      visits.add(
          visit(last, left.isBefore(last.entered) ? last.entered : left, leaving, wasPassed));
      stay = null;
    }
  }

  private Visit visit(
      Stay of, @Nullable Instant left, @Nullable Leaving leaving, boolean wasPassed) {
    var worked = left == null ? 0 : time.worked(of.entered, left);
    // whoever takes it behind the limit that moved it on, before that was noticed, has not had it
    // here
    var claimed =
        left != null && of.claimed != null && of.claimed.isAfter(left) ? null : of.claimed;
    return new Visit(
        of.tier,
        of.brought.modelVersion(),
        of.arrival,
        of.trigger,
        of.reason,
        offset(of.entered),
        offset(claimed),
        offset(left),
        leaving,
        (int) worked,
        left == null ? 0 : (int) (time.working(of.entered, left) - worked),
        (int) unclaimed(of.entered, claimed == null ? left : claimed),
        wasPassed);
  }

  private long unclaimed(Instant entered, @Nullable Instant until) {
    return until == null ? 0 : time.worked(entered, until);
  }

  /** In order; the last one may not be over. */
  List<Visit> visits() {
    var all = new ArrayList<>(visits);
    if (stay != null) {
      all.add(visit(stay, null, null, false));
    }
    return List.copyOf(all);
  }

  private static Instant at(LedgerEntry entry) {
    return FactReader.seconds(entry.at());
  }

  /** What the ledger says it counts from, where that is not when it was written. */
  private static Instant instant(LedgerEntry entry, String detail) {
    return entry.details().get(detail) instanceof String since
        ? FactReader.seconds(Instant.parse(since))
        : at(entry);
  }

  private int offset(@Nullable Instant at) {
    return at == null ? NOT_YET : Math.toIntExact(at.getEpochSecond() - opened.getEpochSecond());
  }
}
