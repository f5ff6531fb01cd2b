package org.escalationpath.notification;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.mail.MailException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Does "Deliver": takes the message, sends it while no transaction is open, and then writes down what came of it. If this node
 * dies between sending and writing, another sends again with the same Message-ID: at least once, never lost.
 */
@Component
public class DeliveryWorker {

  static final int SENDERS = 4;

  private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
  private static final long LOCKED_FOR = Duration.ofSeconds(60).toMillis();
  private static final Duration RETRY_AFTER_BUG = Duration.ofMinutes(5);

  private final ExternalTaskService externalTasks;
  private final Notifications notifications;
  private final Renderer renderer;
  private final Mailer mailer;
  private final Ledger ledger;
  private final Commands commands;
  private final Clock clock;
  private final Executor senders;
  private final Semaphore free = new Semaphore(SENDERS);
  private final String worker = "sender-" + UUID.randomUUID();

  DeliveryWorker(
      @Lazy ExternalTaskService externalTasks,
      Notifications notifications,
      Renderer renderer,
      Mailer mailer,
      Ledger ledger,
      Commands commands,
      Clock clock,
      @Qualifier("senders") Executor senders) {
    this.externalTasks = externalTasks;
    this.notifications = notifications;
    this.renderer = renderer;
    this.mailer = mailer;
    this.ledger = ledger;
    this.commands = commands;
    this.clock = clock;
    this.senders = senders;
  }

  @Scheduled(fixedDelay = 1_000)
  void deliverInTheBackground() {
    try {
      for (var task : fetch(free.availablePermits())) {
        free.acquireUninterruptibly();
        senders.execute(() -> deliverUntilNoneWaits(task));
      }
    } catch (RuntimeException e) {
      log.warn("Messages could not be fetched; trying again in a second", e);
    }
  }

  private void deliverUntilNoneWaits(LockedExternalTask first) {
    try {
      deliver(first);
      for (var next = fetch(1); !next.isEmpty(); next = fetch(1)) {
        deliver(next.get(0));
      }
    } catch (RuntimeException e) {
      log.warn("Messages could not be fetched or written down; trying again in a second", e);
    } finally {
      free.release();
    }
  }

  /** Delivers all messages that wait, one after the other, and returns how many were tried. */
  public int deliverAll() {
    var tried = 0;
    for (var tasks = fetch(SENDERS); !tasks.isEmpty(); tasks = fetch(SENDERS)) {
      tasks.forEach(this::deliver);
      tried += tasks.size();
    }
    return tried;
  }

  private List<LockedExternalTask> fetch(int most) {
    return most <= 0
        ? List.of()
        : externalTasks
            .fetchAndLock(most, worker)
            .topic(NotificationModel.DELIVER, LOCKED_FOR)
            .execute();
  }

  private void deliver(LockedExternalTask task) {
    var id = (String) task.getVariables().get(NotificationModel.NOTIFICATION.name());
    try {
      var mail = renderer.mail(notifications.require(id));
      if (mail.isEmpty()) {
        commands.run(() -> undeliverable(task, id, "the person has no e-mail address"));
        return;
      }
      mailer.send(mail.get());
      commands.run(() -> delivered(task, id));
    } catch (MailException e) {
      log.info("Message {} was not delivered: {}", id, reason(e));
      commands.run(() -> failed(task, id, reason(e)));
    } catch (RuntimeException e) {
      log.error("Message {} cannot be written", id, e);
      giveToOperator(task, e);
    }
  }

  private void delivered(LockedExternalTask task, String id) {
    var notification = notifications.require(id);
    notifications.delivered(id, "email");
    if (notification.isForCustomer()) {
      var bundled = notifications.bundledIn(id);
      (bundled.isEmpty() ? List.of(notification) : bundled)
          .forEach(each -> ledger.append(
              each.caseNumber(),
              LedgerEntry.of(What.MESSAGE_SENT, Actor.SYSTEM)
                  .under(task.getProcessDefinitionId())
                  .detailing(Map.of("channel", "email", "template", each.template()))));
    }
    complete(task, true, false, null);
  }

  private void undeliverable(LockedExternalTask task, String id, String why) {
    notifications.failed(id, why);
    notifications.undelivered(id, "email");
    complete(task, false, false, null);
  }

  private void failed(LockedExternalTask task, String id, String why) {
    notifications.failed(id, why);
    var notification = notifications.require(id);
    var variables = task.getVariables();
    var pause = RetrySchedule.pause(
        notification.attempts(),
        Duration.parse((String) variables.get(NotificationModel.FIRST_RETRY.name())),
        Duration.parse((String) variables.get(NotificationModel.LONGEST_RETRY.name())));
    var nextTryAt = clock.instant().plus(pause);
    var first = notification.firstTryAt() == null ? clock.instant() : notification.firstTryAt();
    var giveUpAt =
        first.plus(Duration.parse((String) variables.get(NotificationModel.GIVE_UP_AFTER.name())));
    var isToTryAgain = nextTryAt.isBefore(giveUpAt);
    var isGivenUp = !notification.isForCustomer()
        || NotificationModel.NOTHING.equals(
            variables.get(NotificationModel.WHEN_UNDELIVERED.name()));
    if (!isToTryAgain && isGivenUp) {
      notifications.undelivered(id, "email");
    }
    complete(task, false, isToTryAgain, NotificationModel.NEXT_TRY_AT.stored(nextTryAt));
  }

  private void complete(
      LockedExternalTask task,
      boolean isDelivered,
      boolean isToTryAgain,
      @org.jspecify.annotations.Nullable Object nextTryAt) {
    var result = new HashMap<String, Object>();
    result.put(NotificationModel.DELIVERED.name(), isDelivered);
    result.put(NotificationModel.TRY_AGAIN.name(), isToTryAgain);
    result.put(NotificationModel.NEXT_TRY_AT.name(), nextTryAt);
    externalTasks.complete(task.getId(), worker, result);
  }

  /** A bug, not a dead mail server: three tries, then an incident. */
  private void giveToOperator(LockedExternalTask task, RuntimeException e) {
    var left = task.getRetries() == null ? 2 : task.getRetries() - 1;
    externalTasks.handleFailure(
        task.getId(), worker, String.valueOf(e.getMessage()), left, RETRY_AFTER_BUG.toMillis());
  }

  private static String reason(MailException e) {
    var cause = e.getMostSpecificCause();
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
