package org.escalationpath.notification;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;
import org.springframework.context.annotation.Lazy;

/** Reminds whoever works on the case, or the whole tier, and lifts the task in their lists. */
@Published
class RemindTier implements JavaDelegate {

  private static final String TEMPLATE = "staff-reminder";
  private static final int LIFT = 10;

  private final Notifications notifications;
  private final Parameters parameters;
  private final Recipients recipients;
  private final Ledger ledger;
  private final TaskService tasks;

  RemindTier(
      Notifications notifications,
      Parameters parameters,
      Recipients recipients,
      Ledger ledger,
      @Lazy TaskService tasks) {
    this.notifications = notifications;
    this.parameters = parameters;
    this.recipients = recipients;
    this.ledger = ledger;
    this.tasks = tasks;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    Tier tier = NotificationModel.TIER.from(execution);
    ledger.append(
        number,
        LedgerEntry.of(What.REMINDED, Actor.SYSTEM)
            .from(tier)
            .to(tier)
            .under(execution.getProcessDefinitionId()));
    recipients
        .assignee(execution)
        .forEach(person -> notifications.tellStaff(
            number, person, TEMPLATE, parameters.of(number, TEMPLATE, execution)));
    tasks
        .createTaskQuery()
        .processInstanceId(execution.getProcessInstanceId())
        .list()
        .forEach(task -> tasks.setPriority(task.getId(), task.getPriority() + LIFT));
  }
}
