package org.escalationpath.metrics;

import static org.escalationpath.metrics.CaseFacts.NOT_YET;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.CaseTime;
import org.escalationpath.clocks.ClockRun;
import org.escalationpath.engine.Actor;
import org.escalationpath.metrics.CaseFacts.Asked;
import org.escalationpath.metrics.CaseFacts.Cycle;
import org.escalationpath.metrics.CaseFacts.Debrief;
import org.escalationpath.metrics.CaseFacts.Limit;
import org.escalationpath.metrics.CaseFacts.Rating;
import org.escalationpath.metrics.CaseFacts.Recommendation;
import org.escalationpath.metrics.CaseFacts.Span;
import org.escalationpath.metrics.CaseFacts.Visit;
import org.escalationpath.survey.Survey;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a case out of its ledger, from its first row to its last; told again, a ledger tells the same. */
final class FactReader {

  /** What ends a case, and with it what was waited for, without that having happened. */
  private static final Set<String> ENDS =
      Set.of(What.CLOSED.toString(), What.CLOSED_UNRESOLVED.toString(), What.WITHDRAWN.toString());

  private final CaseHead head;
  private final CaseTime time;
  private final Instant opened;
  private final List<Cycle> cycles = new ArrayList<>();
  private final List<Rating> ratings = new ArrayList<>();
  private final List<Recommendation> recommendations = new ArrayList<>();
  private final List<Debrief> debriefs = new ArrayList<>();
  private final VisitReader visits;
  private @Nullable String model;
  private int messages;
  private int endedAt = NOT_YET;
  private @Nullable String ending;

  private FactReader(CaseHead head, CaseTime time) {
    this.head = head;
    this.time = time;
    this.opened = seconds(head.openedAt());
    this.visits = new VisitReader(opened, time);
  }

  /**
   * The facts of a case.
   *
   * @param ledger at least one entry
   */
  static CaseFacts read(CaseHead head, List<LedgerEntry> ledger, CaseTime time) {
    var reader = new FactReader(head, time);
    reader.cycles.add(begun(0));
    ledger.forEach(reader::read);
    return reader.facts(ledger.get(ledger.size() - 1).seq());
  }

  static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private void read(LedgerEntry entry) {
    visits.read(entry);
    switch (entry.what()) {
      case OPENED, TRIAGED -> model = entry.modelVersion() == null ? model : entry.modelVersion();
      case MESSAGE_SENT -> {
        if (!entry.who().equals(Actor.SYSTEM) && !entry.who().equals(Message.CUSTOMER)) {
          messages++;
        }
      }
      case SOLUTION_PROPOSED -> solved(entry);
      // who rejects the last tier's solution has nobody left who could work on it
      case REJECTED -> {
        if (entry.toTier() != null) {
          goesOn(entry);
        }
      }
      case REOPENED -> goesOn(entry);
      case CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> {
        endedAt = offset(entry.at());
        ending = entry.what().toString();
        endUnsolved();
      }
      case RATED -> rated(entry);
      case RECOMMENDED ->
        recommendations.add(
            new Recommendation(offset(entry.at()), number(entry, "recommendation")));
      case DEBRIEFED -> debriefed(entry);
      default -> {}
    }
  }

  private void solved(LedgerEntry entry) {
    var cycle = cycles.get(cycles.size() - 1);
    if (!cycle.isOver()) {
      var begin = opened.plusSeconds(cycle.from());
      var end = seconds(entry.at());
      var working = (int) time.ours(begin, end);
      var waited = (int) time.waitedForCustomer(begin, end);
      cycles.set(
          cycles.size() - 1,
          new Cycle(cycle.from(), offset(end), NOT_YET, working, waited, messages + 1));
    }
  }

  private static Cycle begun(int from) {
    return new Cycle(from, NOT_YET, NOT_YET, 0, 0, 0);
  }

  private void endUnsolved() {
    var last = cycles.get(cycles.size() - 1);
    if (!last.isSolved()) {
      cycles.set(cycles.size() - 1, new Cycle(last.from(), NOT_YET, endedAt, 0, 0, messages));
    }
  }

  private void goesOn(LedgerEntry entry) {
    endedAt = NOT_YET;
    ending = null;
    if (cycles.get(cycles.size() - 1).isOver()) {
      cycles.add(begun(offset(entry.at())));
      messages = 0;
    }
  }

  private void rated(LedgerEntry entry) {
    var satisfaction = number(entry, "rating");
    if (satisfaction > 0) {
      ratings.add(new Rating(
          offset(entry.at()),
          satisfaction,
          number(entry, "ease"),
          Boolean.TRUE.equals(entry.details().get("solved")),
          number(entry, "contacts")));
    }
  }

  private static int number(LedgerEntry entry, String detail) {
    return entry.details().get(detail) instanceof Number number ? number.intValue() : 0;
  }

  private void debriefed(LedgerEntry entry) {
    debriefs.add(new Debrief(
        offset(entry.at()),
        String.valueOf(entry.details().get("theme")),
        Boolean.TRUE.equals(entry.details().get("avoidable"))));
  }

  private int offset(Instant at) {
    return Math.toIntExact(seconds(at).getEpochSecond() - opened.getEpochSecond());
  }

  private int offset(@Nullable Instant at, int otherwise) {
    return at == null ? otherwise : offset(at);
  }

  private CaseFacts facts(int seq) {
    var stays = visits.visits();
    return new CaseFacts(
        head.number(),
        seq,
        head.imported(),
        head.customer(),
        head.priority(),
        head.category(),
        head.product(),
        head.channel(),
        head.segment(),
        model,
        opened.getEpochSecond(),
        spans("first-response").stream().findFirst().orElse(null),
        spans("next-response"),
        spans("update"),
        List.copyOf(cycles),
        stays,
        limits(stays),
        List.copyOf(ratings),
        asked(Survey.FOLLOW_UP),
        List.copyOf(recommendations),
        asked(Survey.NPS),
        List.copyOf(debriefs),
        endedAt,
        ending,
        offset(head.contactedAgainAt(), NOT_YET),
        head.knowsMessages(),
        head.knowsClaims());
  }

  /** Those that were not cut off by the end of the case. */
  private List<Span> spans(String clock) {
    return !head.knowsMessages()
        ? List.of()
        : time.runs().stream()
            .filter(run -> run.clock().equals(clock) && !isCutOff(run))
            .map(run -> new Span(
                offset(run.startedAt()),
                offset(run.stoppedAt(), NOT_YET),
                run.stoppedAt() == null ? 0 : (int) time.ours(run.startedAt(), run.stoppedAt())))
            .toList();
  }

  private static boolean isCutOff(ClockRun run) {
    return run.stoppedBy() != null && ENDS.contains(endOf(run.stoppedBy()));
  }

  /** The resolution clock says {@code the case was closed}. */
  private static String endOf(String stoppedBy) {
    return stoppedBy.substring(stoppedBy.lastIndexOf(' ') + 1);
  }

  private List<Limit> limits(List<Visit> stays) {
    return time.runs().stream()
        .filter(run -> run.hasLimit() && !(isCutOff(run) && run.isMet()))
        .map(run -> limit(run, stays))
        .toList();
  }

  private Limit limit(ClockRun run, List<Visit> stays) {
    var metAt = run.isMet() ? offset(run.stoppedAt(), NOT_YET) : NOT_YET;
    var limitAt = run.isMet() ? NOT_YET : offset(run.limitAt(), NOT_YET);
    return new Limit(
        run.clock(),
        run.priority() == null ? head.priority() : run.priority(),
        visit(run, Math.max(metAt, limitAt), stays),
        offset(run.startedAt()),
        limitAt,
        metAt);
  }

  /**
   * A visit's clock belongs to the visit of its tier that began when it started, give or take the moment between the two; another
   * clock to the tier where the case was when it was decided.
   */
  private int visit(ClockRun run, int decidedAt, List<Visit> stays) {
    var found = NOT_YET;
    for (var i = 0; i < stays.size(); i++) {
      var stay = stays.get(i);
      if (run.tier() == null
          ? stay.entered() <= decidedAt
          : stay.tier().equals(run.tier()) && stay.entered() <= offset(run.startedAt())) {
        found = i;
      }
    }
    return found;
  }

  private List<Asked> asked(String kind) {
    return head.surveys().stream()
        .filter(survey -> survey.kind().equals(kind))
        .map(this::asked)
        .toList();
  }

  private Asked asked(CaseHead.SurveyState survey) {
    var invitedAt = offset(survey.askAt(), NOT_YET);
    var endedAt = offset(survey.endedAt(), Integer.MAX_VALUE);
    var state = switch (survey.state()) {
      case "suppressed" -> "suppressed";
      case "answered", "final" -> "answered";
      case "cancelled" -> endedAt < invitedAt ? "cancelled" : "unanswered";
      case "expired" -> "unanswered";
      default -> "pending";
    };
    return new Asked(
        offset(survey.createdAt()),
        state.equals("suppressed") || state.equals("cancelled") ? NOT_YET : invitedAt,
        state,
        survey.suppressed());
  }
}
