package org.escalationpath.escalation;

import static org.escalationpath.escalation.EscalationModel.LATE;
import static org.escalationpath.escalation.EscalationModel.MOVED;
import static org.escalationpath.escalation.EscalationModel.MOVER;
import static org.escalationpath.escalation.EscalationModel.NOTE;
import static org.escalationpath.escalation.EscalationModel.OUTCOME;
import static org.escalationpath.escalation.EscalationModel.PASSED_TIERS;
import static org.escalationpath.escalation.EscalationModel.REASON;
import static org.escalationpath.escalation.EscalationModel.TIER;
import static org.escalationpath.escalation.EscalationModel.TIER_SINCE;
import static org.escalationpath.escalation.EscalationModel.TO_TIER;
import static org.escalationpath.escalation.EscalationModel.TRIGGER;

import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Lateness;
import org.escalationpath.engine.Published;
import org.jspecify.annotations.Nullable;

/**
 * The hub: chooses the tier whose turn it is and writes the move into the ledger. Every move passes here. Where a limit moved the
 * case, the next tier's clock counts from that limit, not from the moment in which we noticed.
 */
@Published(
    does =
        "is the hub: chooses the tier, skips those that nobody staffs, after an outage goes on to the tier that the clock says, and writes the move into the ledger",
    readsIfSet = {"toTier", "outcome", "trigger", "reason", "note", "mover"},
    writes = {"tier", "moved", "tierSince", "passedTiers", "late", "reason", "toTier", "outcome"})
class HandOver implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;
  private final Ladder ladder;
  private final TierTimers timers;
  private final Lateness lateness;
  private final Actor actor;

  HandOver(
      Cases cases,
      Ledger ledger,
      Tiers tiers,
      Ladder ladder,
      TierTimers timers,
      Lateness lateness,
      Actor actor) {
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
    this.ladder = ladder;
    this.timers = timers;
    this.lateness = lateness;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var from = cases.lock(number).tier();
    var wanted = TO_TIER.in(execution);
    var isLimit = TRIGGER.in(execution).filter(Trigger.TIMER::equals).isPresent();
    if (from != null && wanted.isEmpty() && isLimit) {
      climb(number, from, execution);
    } else {
      var to = ladder.staffed(
          wanted.orElseGet(() -> wanted(from, OUTCOME.in(execution).orElse("escalate"))),
          number,
          TRIGGER.in(execution).orElse(null),
          execution.getProcessDefinitionId());
      move(number, from, to, Map.of(), execution);
      TIER_SINCE.clear(execution);
      PASSED_TIERS.set(execution, "");
      LATE.set(execution, false);
    }
    forgetWhatWasWanted(execution);
  }

  private void climb(CaseNumber number, Tier from, DelegateExecution execution) {
    var landing = ladder.climb(number, from, execution.getProcessDefinitionId());
    move(number, from, landing.tier(), Map.of("since", landing.since().toString()), execution);
    TIER_SINCE.set(execution, landing.since());
    PASSED_TIERS.set(
        execution, landing.passed().stream().map(Tier::group).collect(Collectors.joining(",")));
    LATE.set(execution, lateness.isLate(landing.since()) || !landing.passed().isEmpty());
  }

  private void move(
      CaseNumber number,
      @Nullable Tier from,
      Tier to,
      Map<String, Object> details,
      DelegateExecution execution) {
    record(number, from, to, details, execution);
    cases.moveTo(number, to);
    TIER.set(execution, to);
    timers.endAlarm(execution);
  }

  private Tier wanted(@Nullable Tier from, String outcome) {
    if (from == null) {
      return tiers.lowest();
    }
    return outcome.equals("return")
        ? tiers.below(from).orElse(from)
        : tiers.above(from).orElse(from);
  }

  private void record(
      CaseNumber number,
      @Nullable Tier from,
      Tier to,
      Map<String, Object> details,
      DelegateExecution execution) {
    var moved = moved(from, to, OUTCOME.in(execution).orElse(""));
    MOVED.set(execution, moved);
    if (moved.equals("escalated") || moved.equals("returned")) {
      ledger.append(
          number,
          LedgerEntry.of(What.of(moved), who(execution))
              .from(from)
              .to(to)
              .because(moved.equals("escalated") ? REASON.in(execution).orElse(null) : null)
              .triggeredBy(TRIGGER.in(execution).orElse(null))
              .noting(NOTE.in(execution).orElse(null))
              .detailing(details)
              .under(execution.getProcessDefinitionId()));
    }
    if (moved.equals("returned")) {
      REASON.clear(execution);
    }
  }

  /** A reopened case is at its tier by its reopening, which has its own entry in the ledger. */
  private String moved(@Nullable Tier from, Tier to, String outcome) {
    if (outcome.equals(EscalationModel.REOPEN)) {
      return "reopened";
    }
    var move = from == null ? 0 : tiers.compare(to, from);
    return move > 0 ? "escalated" : move < 0 ? "returned" : "no";
  }

  private String who(DelegateExecution execution) {
    return switch (TRIGGER.in(execution).orElse(Trigger.AGENT)) {
      case TIMER, TRIAGE, RISK -> Actor.SYSTEM;
      case CUSTOMER -> MOVER.in(execution).orElse(EscalationModel.CUSTOMER);
      case AGENT -> actor.name();
    };
  }

  /** So that the next move does not find this one's wishes. */
  private static void forgetWhatWasWanted(DelegateExecution execution) {
    TO_TIER.clear(execution);
    OUTCOME.clear(execution);
    execution.removeVariable(NOTE.name());
    execution.removeVariable(EscalationModel.SOLUTION.name());
  }
}
