package org.escalationpath.metrics;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one case, computed from its whole ledger and from nothing that is still to change. Instants are whole seconds
 * since the case was opened, {@link #NOT_YET} for what has not happened; lengths are whole seconds.
 *
 * @param number the case's number; for an imported one its number there, behind the name of the import
 * @param seq the last row of the ledger that was read
 * @param imported the import that it came with; null for our own
 * @param customer whose case it is, as a number that says nothing else; 0 where nobody knows
 * @param priority as it is now
 * @param model the process and its version that it began under, {@code escalation-path:7}; null where none is known
 * @param openedAt in seconds since 1970-01-01T00:00Z
 * @param firstReply from the opening to the first message of a person to the customer; null where the case ended without one
 * @param replies from the oldest unanswered message of the customer to the next message of a person, in order
 * @param updates from each message to the customer, or the opening, to the next one while the case was open
 * @param cycles from opening or reopening to the next solution, in order
 * @param visits of tiers, in order
 * @param limits runs of clocks against their limits
 * @param endedAt when it was closed or withdrawn, if it is now
 * @param ending {@code closed}, {@code closed-unresolved} or {@code withdrawn}; null while it has not ended
 * @param knowsMessages whether what was written to the customer is recorded; only imports may not
 * @param knowsClaims whether it is recorded who took the case; only imports may not
 * @param contactedAgainAt when the same customer next opened a case of the same category after the first solution
 */
record CaseFacts(
    String number,
    int seq,
    @Nullable String imported,
    long customer,
    Priority priority,
    @Nullable String category,
    @Nullable String product,
    String channel,
    String segment,
    @Nullable String model,
    long openedAt,
    @Nullable Span firstReply,
    List<Span> replies,
    List<Span> updates,
    List<Cycle> cycles,
    List<Visit> visits,
    List<Limit> limits,
    List<Rating> ratings,
    List<Asked> asked,
    List<Recommendation> recommendations,
    List<Asked> askedForRecommendation,
    List<Debrief> debriefs,
    int endedAt,
    @Nullable String ending,
    int contactedAgainAt,
    boolean knowsMessages,
    boolean knowsClaims) {

  static final int NOT_YET = -1;

  CaseFacts {
    category = same(category);
    product = same(product);
    channel = channel.intern();
    segment = segment.intern();
    model = same(model);
    imported = same(imported);
    ending = same(ending);
  }

  private static @Nullable String same(@Nullable String word) {
    return word == null ? null : word.intern();
  }

  /** @param working seconds of working time between the two in which the case did not wait for its customer; 0 while it lasts */
  record Span(int from, int to, int working) {

    boolean isOver() {
      return to != NOT_YET;
    }
  }

  /**
   * From opening or reopening to the next solution.
   *
   * @param solved when a solution was proposed
   * @param working seconds of working time between the two in which the case did not wait for its customer
   * @param waited seconds between the two, worked or not, in which it did
   * @param ended when the case ended without one, even if it was reopened since; {@link #NOT_YET} otherwise
   * @param messages of people to the customer between the two, the solution included
   */
  record Cycle(int from, int solved, int ended, int working, int waited, int messages) {

    boolean isSolved() {
      return solved != NOT_YET;
    }

    boolean isOver() {
      return isSolved() || ended != NOT_YET;
    }
  }

  /** How a case came to a tier. */
  enum Arrival {
    FIRST,
    UP,
    DOWN,
    REOPENED
  }

  /** How a case left a tier. */
  enum Leaving {
    UP,
    DOWN,
    SOLVED,
    ENDED
  }

  /**
   * A stay at a tier.
   *
   * @param model the process and its version that brought it there; null where none is known
   * @param trigger what brought it there; null where the ledger does not say
   * @param reason why it was brought there
   * @param claimed when somebody there first took it
   * @param left when it went on, was solved or ended; a move by a limit counts from the limit
   * @param worked seconds of working time in which it waited for nobody
   * @param paused seconds of working time in which it waited for its customer or a third party
   * @param unclaimed seconds of worked time before somebody took it
   * @param wasPassed whether it only passed the tier, whose limit was over before anybody could have seen it
   */
  record Visit(
      Tier tier,
      @Nullable String model,
      Arrival arrival,
      @Nullable Trigger trigger,
      @Nullable Reason reason,
      int entered,
      int claimed,
      int left,
      @Nullable Leaving leaving,
      int worked,
      int paused,
      int unclaimed,
      boolean wasPassed) {

    Visit {
      tier = Same.tier(tier);
      model = same(model);
    }

    boolean isOver() {
      return left != NOT_YET;
    }
  }

  /**
   * A run of a clock against its limit. It is decided when it stops within its limit, or else when the limit passes.
   *
   * @param visit the place in {@link CaseFacts#visits} of the tier that it ran at when it was decided; {@link #NOT_YET} for none
   * @param from when it started
   * @param limitAt when its limit passed or passes; {@link #NOT_YET} while the clock stands still, or where it was kept
   * @param metAt when it stopped within its limit; {@link #NOT_YET} if it did not
   */
  record Limit(String clock, Priority priority, int visit, int from, int limitAt, int metAt) {

    Limit {
      clock = clock.intern();
    }
  }

  /**
   * What the customer said in the end.
   *
   * @param at when it could no longer be changed
   * @param satisfaction 1 to 5
   * @param ease 1 to 7; 0 where it was left out
   * @param isSolved whether the customer says that it is solved
   * @param contacts how often they say that they had to contact us, 4 for all that is more; 0 where it was left out
   */
  record Rating(int at, int satisfaction, int ease, boolean isSolved, int contacts) {}

  /**
   * How likely the customer said they are to recommend us, when this was the last of their cases that had ended.
   *
   * @param at when it could no longer be changed
   * @param score 0 to 10
   */
  record Recommendation(int at, int score) {}

  /**
   * A survey about one closing, or of one round whether they recommend us.
   *
   * @param at when the case closed, or the round came to the customer
   * @param invitedAt when the invitation left or leaves; {@link #NOT_YET} where none does
   * @param state {@code suppressed}, {@code pending}, {@code answered}, {@code unanswered}, or {@code cancelled} before it was sent
   * @param why it was suppressed; null otherwise
   */
  record Asked(
      int at, int invitedAt, String state, @Nullable String why) {

    Asked {
      state = state.intern();
      why = same(why);
    }
  }

  record Debrief(int at, String theme, boolean isAvoidable) {

    Debrief {
      theme = theme.intern();
    }
  }

  /** The instant so many seconds after the opening. */
  Instant at(int offset) {
    return Instant.ofEpochSecond(openedAt + offset);
  }

  /** How the case came to its last tier by {@code offset}, and where; null before the first. */
  @Nullable
  Visit visitAt(int offset) {
    Visit last = null;
    for (var visit : visits) {
      if (visit.entered() > offset) {
        break;
      }
      last = visit;
    }
    return last;
  }

  /** The visit that ended with the solution at {@code solved}; null where the ledger knows of none. */
  @Nullable
  Visit solvedBy(int solved) {
    for (var visit : visits) {
      if (visit.left() == solved && visit.leaving() == Leaving.SOLVED) {
        return visit;
      }
    }
    return visitAt(solved);
  }

  /** The customer's seconds: elapsed time in care cycles, without what the case waited for its customer. */
  int lost() {
    var lost = 0;
    for (var cycle : cycles) {
      if (cycle.isSolved()) {
        lost += cycle.solved() - cycle.from() - cycle.waited();
      }
    }
    return lost;
  }

  /** The first care cycle that ended with a solution; null before. */
  @Nullable
  Cycle firstSolution() {
    for (var cycle : cycles) {
      if (cycle.isSolved()) {
        return cycle;
      }
    }
    return null;
  }

  /**
   * When the last happened that is measured; nothing comes after it, but that something did not happen within some days of it.
   * {@link Integer#MAX_VALUE} while anything is open; what the log of another system leaves open stays as it is.
   */
  int settledAt() {
    if (ending == null && !isImported()) {
      return Integer.MAX_VALUE;
    }
    var last = Math.max(0, endedAt);
    for (var cycle : cycles) {
      last = Math.max(last, Math.max(cycle.solved(), cycle.ended()));
    }
    for (var visit : visits) {
      last = Math.max(last, Math.max(visit.entered(), Math.max(visit.claimed(), visit.left())));
    }
    for (var limit : limits) {
      if (limit.metAt() == NOT_YET && limit.limitAt() == NOT_YET) {
        return Integer.MAX_VALUE;
      }
      last = Math.max(last, Math.max(limit.metAt(), limit.limitAt()));
    }
    for (var some : List.of(asked, askedForRecommendation)) {
      for (var each : some) {
        if (each.state().equals("pending")) {
          return Integer.MAX_VALUE;
        }
        last = Math.max(last, Math.max(each.at(), each.invitedAt()));
      }
    }
    for (var recommendation : recommendations) {
      last = Math.max(last, recommendation.at());
    }
    for (var rating : ratings) {
      last = Math.max(last, rating.at());
    }
    for (var debrief : debriefs) {
      last = Math.max(last, debrief.at());
    }
    for (var spans : List.of(replies, updates)) {
      for (var span : spans) {
        if (!span.isOver()) {
          return Integer.MAX_VALUE;
        }
        last = Math.max(last, span.to());
      }
    }
    return Math.max(
        last, firstReply == null ? 0 : firstReply.isOver() ? firstReply.to() : Integer.MAX_VALUE);
  }

  /** The first solution; {@link #NOT_YET} before. */
  int firstSolved() {
    var first = firstSolution();
    return first == null ? NOT_YET : first.solved();
  }

  /** When the case went on after its first solution; {@link #NOT_YET} if it did not. */
  int goneOnAfterFirstSolution() {
    for (var i = 0; i + 1 < cycles.size(); i++) {
      if (cycles.get(i).isSolved()) {
        return cycles.get(i + 1).from();
      }
    }
    return NOT_YET;
  }

  boolean isImported() {
    return imported != null;
  }

  boolean hasEnded() {
    return ending != null;
  }
}
