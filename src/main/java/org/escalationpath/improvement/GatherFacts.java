package org.escalationpath.improvement;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Reads from the ledger what the debrief policy decides by. */
@Published(
    does = "gathers what the debrief policy decides by",
    writes = {"climbed", "reopened", "breached", "rating"})
class GatherFacts implements JavaDelegate {

  private final Ledger ledger;

  GatherFacts(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var entries = ledger.of(CaseNumber.VARIABLE.from(execution));
    DebriefModel.CLIMBED.set(execution, (int)
        entries.stream().filter(entry -> entry.what() == What.ESCALATED).count());
    DebriefModel.REOPENED.set(
        execution,
        entries.stream()
            .anyMatch(entry -> entry.what() == What.REOPENED || entry.what() == What.REJECTED));
    DebriefModel.BREACHED.set(
        execution, entries.stream().anyMatch(GatherFacts::tellsOfALimitPassed));
    DebriefModel.RATING.set(
        execution,
        entries.stream()
            .filter(entry -> entry.what() == What.RATED)
            .reduce((earlier, later) -> later)
            .map(entry -> (Integer) entry.details().getOrDefault("rating", 0))
            .orElse(0));
  }

  private static boolean tellsOfALimitPassed(LedgerEntry entry) {
    return entry.what() == What.LIMIT_ALARM
        || entry.what() == What.ESCALATED && entry.trigger() == Trigger.TIMER;
  }
}
