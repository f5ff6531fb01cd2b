package org.escalationpath.notification;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
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
import org.springframework.context.annotation.Lazy;

/**
 * Reminds whoever works on the case, or the whole tier, and lifts the task in their lists. Each point of a visit reminds once; one
 * that comes after the limit has passed reminds of nothing, since the case is about to move.
 */
@Published(
    does =
        "reminds whoever works on the case, once for each point and visit, and lifts the task in the list",
    reads = {"tier", "tierLimitAt"},
    readsIfSet = {"tierReminderAt", "tierReminder2At", "tierReminder3At"})
class RemindTier implements JavaDelegate {

  private static final String TEMPLATE = "staff-reminder";
  private static final String VISIT = "visit";
  private static final String AT = "at";
  private static final int LIFT = 10;

  private final Notifications notifications;
  private final Parameters parameters;
  private final Recipients recipients;
  private final Cases cases;
  private final Ledger ledger;
  private final TaskService tasks;
  private final Clock clock;
  private final Lateness lateness;

  RemindTier(
      Notifications notifications,
      Parameters parameters,
      Recipients recipients,
      Cases cases,
      Ledger ledger,
      @Lazy TaskService tasks,
      Clock clock,
      Lateness lateness) {
    this.notifications = notifications;
    this.parameters = parameters;
    this.recipients = recipients;
    this.cases = cases;
    this.ledger = ledger;
    this.tasks = tasks;
    this.clock = clock;
    this.lateness = lateness;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    var visit = cases.lock(number).visit();
    var reminded = ledger.of(number).stream()
        .filter(entry -> entry.what() == What.REMINDED
            && Integer.valueOf(visit).equals(entry.details().get(VISIT)))
        .map(entry -> String.valueOf(entry.details().get(AT)))
        .toList();
    var point = NotificationModel.latestReminder(execution, clock.instant());
    if (point.isPresent()
        && !reminded.contains(point.get().toString())
        && NotificationModel.TIER_LIMIT_AT.from(execution).isAfter(clock.instant())) {
      remind(number, visit, point.get(), reminded.isEmpty(), execution);
    }
  }

  private void remind(
      CaseNumber number, int visit, Instant point, boolean isFirst, DelegateExecution execution) {
    var tier = NotificationModel.TIER.from(execution);
    ledger.append(
        number,
        LedgerEntry.of(What.REMINDED, Actor.SYSTEM)
            .from(tier)
            .to(tier)
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of(VISIT, visit, AT, point.toString())));
    var isLate = lateness.isLate(point);
    recipients
        .assignee(execution)
        .forEach(person -> notifications.tellStaff(
            number, person, TEMPLATE, parameters.of(number, TEMPLATE, execution), isLate));
    if (isFirst) {
      tasks
          .createTaskQuery()
          .processInstanceId(execution.getProcessInstanceId())
          .list()
          .forEach(task -> tasks.setPriority(task.getId(), task.getPriority() + LIFT));
    }
  }
}
