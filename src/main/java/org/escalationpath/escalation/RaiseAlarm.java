package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.DueDate;
import org.escalationpath.engine.Lateness;
import org.escalationpath.engine.Published;
import org.springframework.context.annotation.Lazy;

/**
 * Rings the alarm of the last tier if it is due now. Where none has rung for this visit and its limit is yet to pass, the alarm was
 * that of an earlier visit and is over: the limit's own timer begins the next. It is over, too,
 * after the longest time that the owners allow.
 */
@Published(
    does = "rings at the last tier if it is due, once for all rings that were missed",
    readsIfSet = "nextAlarmAt",
    writes = {"rang", "ringAgain", "nextAlarmAt", "late"})
class RaiseAlarm implements JavaDelegate {

  private static final Set<CaseState> WORKED_ON = Set.of(CaseState.OPEN, CaseState.WAITING);
  private static final String VISIT = "visit";
  private static final String ALARM = "alarm";

  private final Cases cases;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Tiers tiers;
  private final Lateness lateness;
  private final TaskPriorities priorities;
  private final TaskService tasks;
  private final Clock clock;

  RaiseAlarm(
      Cases cases,
      Ledger ledger,
      Clocks clocks,
      Tiers tiers,
      Lateness lateness,
      TaskPriorities priorities,
      @Lazy TaskService tasks,
      Clock clock) {
    this.cases = cases;
    this.ledger = ledger;
    this.clocks = clocks;
    this.tiers = tiers;
    this.lateness = lateness;
    this.priorities = priorities;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var customerCase = cases.lock(number);
    if (isLate(customerCase) && clocks.tier(number).orElseThrow().arePaused()) {
      sleep(execution);
      return;
    }
    var rung = rung(customerCase);
    var due = clocks.alarm(number, rung + 1);
    var isDue =
        isLate(customerCase) && due.filter(at -> !at.isAfter(clock.instant())).isPresent();
    EscalationModel.RANG.set(execution, isDue);
    EscalationModel.LATE.set(execution, isDue && lateness.isLate(due.get()));
    if (isDue) {
      var last = lastDue(number, rung + 1);
      ring(customerCase, last, execution);
      plan(clocks.alarm(number, last + 1), execution);
    } else {
      plan(isLate(customerCase) && rung > 0 ? due : Optional.empty(), execution);
    }
  }

  /** After an outage one ring stands for all that were missed. */
  private int lastDue(CaseNumber number, int n) {
    var next = clocks.alarm(number, n + 1);
    return next.filter(at -> !at.isAfter(clock.instant())).isPresent() ? lastDue(number, n + 1) : n;
  }

  private boolean isLate(CustomerCase customerCase) {
    return WORKED_ON.contains(customerCase.state()) && tiers.highest().equals(customerCase.tier());
  }

  private int rung(CustomerCase customerCase) {
    return ledger.of(customerCase.number()).stream()
        .filter(entry -> entry.what() == What.LIMIT_ALARM
            && Integer.valueOf(customerCase.visit()).equals(entry.details().get(VISIT)))
        .mapToInt(entry -> ((Number) entry.details().get(ALARM)).intValue())
        .max()
        .orElse(0);
  }

  private void ring(CustomerCase customerCase, int n, DelegateExecution execution) {
    ledger.append(
        customerCase.number(),
        LedgerEntry.of(What.LIMIT_ALARM, Actor.SYSTEM)
            .from(customerCase.tier())
            .to(customerCase.tier())
            .because(Reason.TIME_SENSITIVITY)
            .triggeredBy(Trigger.TIMER)
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of(VISIT, customerCase.visit(), ALARM, n)));
    tasks
        .createTaskQuery()
        .processInstanceId(execution.getProcessInstanceId())
        .list()
        .forEach(task -> tasks.setPriority(task.getId(), priorities.of(customerCase)));
  }

  /** Whoever lets the clocks run on wakes it. */
  private static void sleep(DelegateExecution execution) {
    EscalationModel.RANG.set(execution, false);
    plan(Optional.of(DueDate.NEVER), execution);
  }

  private static void plan(Optional<Instant> next, DelegateExecution execution) {
    EscalationModel.RING_AGAIN.set(execution, next.isPresent());
    next.ifPresentOrElse(
        at -> EscalationModel.NEXT_ALARM_AT.set(execution, at),
        () -> EscalationModel.NEXT_ALARM_AT.clear(execution));
  }
}
