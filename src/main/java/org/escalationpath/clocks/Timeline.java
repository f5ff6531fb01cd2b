package org.escalationpath.clocks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the runs of a case's clocks, and their pauses, out of its ledger. Nothing is counted on the way: read again, a ledger tells
 * the same. Instants are cut to seconds, so that all that is added up later is whole.
 *
 * <p>A wait for the customer ends with any customer contact, whether or not somebody resumed the case; an automatic reply is none. A
 * wait for a third party ends where the ledger says so, and when its time is over, noticed or not.
 */
final class Timeline {

  private static final String CUSTOMER = "customer";

  private final List<LedgerEntry> ledger;
  private final Instant now;
  private final List<Gap> pauses = new ArrayList<>();
  private final List<Gap> solutions = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final Map<ClockKind, Instant> running = new EnumMap<>(ClockKind.class);
  private final Map<AwaitedParty, Gap> waits = new EnumMap<>(AwaitedParty.class);
  private @Nullable Gap solution;
  private boolean isOver;
  private Instant thirdPartyUntil = Instant.MAX;

  private Timeline(List<LedgerEntry> ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /**
   * All runs, by kind and number.
   *
   * @param visits the first terms of the visits of tiers, in order: they say when each began
   * @param now by when a wait whose time is over has ended
   */
  static List<Run> of(List<LedgerEntry> ledger, List<Term> visits, Instant now) {
    return new Timeline(ledger, now).read(visits);
  }

  /** The stretches in which the case waited for somebody, in order and apart from each other. */
  static List<Gap> pauses(List<LedgerEntry> ledger, Instant now) {
    var timeline = new Timeline(ledger, now);
    timeline.read(List.of());
    return timeline.pauses();
  }

  static Instant at(LedgerEntry entry) {
    return entry.at().truncatedTo(ChronoUnit.SECONDS);
  }

  private List<Run> read(List<Term> visits) {
    ledger.forEach(this::read);
    if (!thirdPartyUntil.isAfter(now)) {
      endWait(AwaitedParty.THIRD_PARTY, thirdPartyUntil);
    }
    pauses.addAll(waits.values());
    if (solution != null) {
      solutions.add(solution);
    }
    running.forEach((kind, since) -> add(kind, since, null, null));
    addVisits(visits);
    return runs.stream()
        .map(this::withGaps)
        .sorted(Comparator.comparing(Run::kind).thenComparing(Run::number))
        .toList();
  }

  private void read(LedgerEntry entry) {
    if (isFromCustomer(entry)) {
      endWait(AwaitedParty.CUSTOMER, at(entry));
    }
    switch (entry.what()) {
      case OPENED -> {
        start(ClockKind.FIRST_RESPONSE, entry);
        start(ClockKind.UPDATE, entry);
        start(ClockKind.RESOLUTION, entry);
      }
      case MESSAGE_RECEIVED -> start(ClockKind.NEXT_RESPONSE, entry);
      case MESSAGE_SENT -> {
        heard(entry);
        if (!isOver && solution == null) {
          start(ClockKind.UPDATE, entry);
        }
      }
      case ESCALATED -> {
        if (entry.trigger() == Trigger.CUSTOMER) {
          start(ClockKind.NEXT_RESPONSE, entry);
        }
      }
      case PAUSED -> {
        waits.putIfAbsent(entry.awaited(), Gap.wait(at(entry), entry.awaited(), entry.who()));
        ThirdPartyWait.untilOf(entry)
            .ifPresent(until -> thirdPartyUntil = until.truncatedTo(ChronoUnit.SECONDS));
      }
      case RESUMED ->
        endWait(entry.awaited(), ThirdPartyWait.endOf(entry).truncatedTo(ChronoUnit.SECONDS));
      case SOLUTION_PROPOSED -> solved(entry);
      case REJECTED, REOPENED -> goesOn(entry);
      case CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> ended(entry);
      default -> {}
    }
  }

  /** Whatever the customer says or does, except what a machine of theirs says. */
  private static boolean isFromCustomer(LedgerEntry entry) {
    return switch (entry.what()) {
      case MESSAGE_RECEIVED -> !Boolean.TRUE.equals(entry.details().get("automatic"));
      case ACCEPTED, REJECTED, REOPENED, WITHDRAWN -> true;
      case ESCALATED -> entry.trigger() == Trigger.CUSTOMER;
      default -> false;
    };
  }

  private static boolean isByAPerson(LedgerEntry entry) {
    return !entry.who().equals(Actor.SYSTEM) && !entry.who().equals(CUSTOMER);
  }

  private void heard(LedgerEntry entry) {
    stop(ClockKind.UPDATE, entry);
    if (isByAPerson(entry)) {
      stop(ClockKind.FIRST_RESPONSE, entry);
      stop(ClockKind.NEXT_RESPONSE, entry);
    }
  }

  private void solved(LedgerEntry entry) {
    endWaits(entry);
    heard(entry);
    solution = Gap.stop(at(entry), "a solution was proposed", entry.who());
  }

  private void goesOn(LedgerEntry entry) {
    isOver = false;
    if (solution != null) {
      solutions.add(solution.until(at(entry)));
      solution = null;
    }
    start(ClockKind.NEXT_RESPONSE, entry);
    start(ClockKind.UPDATE, entry);
  }

  private void ended(LedgerEntry entry) {
    endWaits(entry);
    isOver = true;
    if (solution == null) {
      solution = Gap.stop(at(entry), "the case was " + entry.what(), entry.who());
    }
    for (var kind : List.of(ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.UPDATE)) {
      stop(kind, entry);
    }
  }

  private void endWaits(LedgerEntry entry) {
    List.of(AwaitedParty.values()).forEach(whom -> endWait(whom, at(entry)));
  }

  private void endWait(AwaitedParty whom, Instant end) {
    var wait = waits.remove(whom);
    if (wait != null) {
      pauses.add(wait.until(end));
    }
  }

  /** Where the case waited for both, it waited for the customer. */
  private List<Gap> pauses() {
    var forCustomer =
        pauses.stream().filter(gap -> gap.awaited() == AwaitedParty.CUSTOMER).toList();
    return Stream.concat(
            forCustomer.stream(),
            pauses.stream()
                .filter(gap -> gap.awaited() == AwaitedParty.THIRD_PARTY)
                .flatMap(gap -> gap.without(forCustomer).stream()))
        .sorted(Comparator.comparing(Gap::from))
        .toList();
  }

  private void start(ClockKind kind, LedgerEntry entry) {
    if (!Boolean.TRUE.equals(entry.details().get("automatic"))) {
      running.putIfAbsent(kind, at(entry));
    }
  }

  private void stop(ClockKind kind, LedgerEntry entry) {
    var since = running.remove(kind);
    if (since != null) {
      add(kind, since, at(entry), entry.what().toString());
    }
  }

  private void add(
      ClockKind kind, Instant since, @Nullable Instant stoppedAt, @Nullable String stoppedBy) {
    var number = 1 + (int) runs.stream().filter(run -> run.kind() == kind).count();
    runs.add(new Run(kind, number, null, since, stoppedAt, stoppedBy, List.of()));
  }

  /** A visit ends where the next one begins, or before that with a solution or the case. */
  private void addVisits(List<Term> visits) {
    for (var i = 0; i < visits.size(); i++) {
      var visit = visits.get(i);
      var next = i + 1 < visits.size() ? visits.get(i + 1) : null;
      var stop = ledger.stream()
          .filter(entry -> entry.seq() > visit.afterSeq() && stopsVisits(entry.what()))
          .filter(entry -> next == null || entry.seq() <= next.afterSeq())
          .findFirst();
      var stoppedAt = stop.map(Timeline::at).orElse(next == null ? null : next.since());
      runs.add(new Run(
          ClockKind.TIER,
          visit.run(),
          visit.tier(),
          visit.since(),
          stoppedAt,
          stop.map(entry -> entry.what().toString())
              .orElse(next == null ? null : "handed over to " + next.tier()),
          List.of()));
    }
  }

  private static boolean stopsVisits(What what) {
    return switch (what) {
      case SOLUTION_PROPOSED, CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> true;
      default -> false;
    };
  }

  /** The resolution clock also stands still while a solution is proposed; its stop is the last of these. */
  private Run withGaps(Run run) {
    var gaps = new ArrayList<>(pauses());
    var stoppedAt = run.stoppedAt();
    var stoppedBy = run.stoppedBy();
    if (run.kind() == ClockKind.RESOLUTION) {
      gaps.addAll(solutions.stream().filter(gap -> gap.to() != null).toList());
      gaps.sort(Comparator.comparing(Gap::from));
      var last = solutions.stream().filter(gap -> gap.to() == null).findFirst();
      stoppedAt = last.map(Gap::from).orElse(null);
      stoppedBy = last.map(Gap::reason).orElse(null);
    }
    var end = stoppedAt;
    var within = gaps.stream()
        .filter(gap -> gap.to() == null || gap.to().isAfter(run.startedAt()))
        .filter(gap -> end == null || gap.from().isBefore(end))
        .toList();
    return new Run(
        run.kind(), run.number(), run.tier(), run.startedAt(), stoppedAt, stoppedBy, within);
  }
}
