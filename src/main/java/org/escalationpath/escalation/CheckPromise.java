package org.escalationpath.escalation;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Lateness;
import org.escalationpath.engine.Published;

/**
 * Looks whether the customer should hear from us soon, or should have heard, and nobody was reminded of that yet; and works out
 * when to look again. Asked too early it reminds of nothing, so that it may be asked at any time.
 */
@Published(
    does =
        "looks whether the customer should hear from us soon and nobody was reminded of it, and when to look again",
    writes = {"promiseDue", "promiseLate", "promiseLimitAt", "promiseReminderAt"})
class CheckPromise implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Promises promises;
  private final Lateness lateness;

  CheckPromise(Cases cases, Ledger ledger, Promises promises, Lateness lateness) {
    this.lateness = lateness;
    this.cases = cases;
    this.ledger = ledger;
    this.promises = promises;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var tier = cases.lock(number).tier();
    var due = promises.due(number);
    if (!due.isEmpty()) {
      ledger.append(
          number,
          LedgerEntry.of(What.REMINDED, Actor.SYSTEM)
              .from(tier)
              .to(tier)
              .under(execution.getProcessDefinitionId())
              .detailing(
                  Map.of(Promises.POINTS, due.stream().map(Promises::name).collect(joining(",")))));
      EscalationModel.PROMISE_LIMIT_AT.set(execution, due.get(0).limitAt());
    }
    EscalationModel.PROMISE_LATE.set(
        execution, due.stream().allMatch(point -> lateness.isLate(point.at())));
    EscalationModel.PROMISE_DUE.set(execution, !due.isEmpty());
    EscalationModel.PROMISE_REMINDER_AT.set(execution, promises.next(number));
  }
}
