package org.escalationpath.notification;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.Commands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts a {@code customer-notification} for each message asked for, after the transaction that asked has committed. Messages about
 * what happened late, after an outage, wait until no timer is left that is due; then each person gets one.
 */
@Component
public class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final int BATCH = 50;
  private static final Duration POSTPONED_FOR = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Notifications notifications;
  private final Cases cases;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final Commands commands;
  private final Clock clock;

  Relay(
      Notifications notifications,
      Cases cases,
      @Lazy RuntimeService runtime,
      @Lazy ManagementService management,
      Commands commands,
      Clock clock) {
    this.management = management;
    this.clock = clock;
    this.notifications = notifications;
    this.cases = cases;
    this.runtime = runtime;
    this.commands = commands;
  }

  @Scheduled(fixedDelay = 1_000)
  void relayInTheBackground() {
    try {
      relay();
    } catch (RuntimeException e) {
      log.warn("Messages could not be relayed; trying again in a second", e);
    }
  }

  /** Relays all messages that wait, and returns how many this node took. */
  public int relay() {
    var taken = 0;
    for (var waiting = notifications.unrelayed(BATCH);
        !waiting.isEmpty();
        waiting = notifications.unrelayed(BATCH)) {
      for (var notification : waiting) {
        taken += relayOrPostpone(notification) ? 1 : 0;
      }
    }
    return taken + relayDigests();
  }

  private int relayDigests() {
    var waiting = notifications.forDigests();
    if (waiting.isEmpty()) {
      return 0;
    }
    var isCatchingUp = isCatchingUp();
    return (int) waiting.stream()
        .filter(forOnePerson -> !isCatchingUp || haveWaitedLong(forOnePerson))
        .filter(this::relayOrPostpone)
        .count();
  }

  /** Whether timers are left that are due and that some node is going to see to. */
  private boolean isCatchingUp() {
    return management
            .createJobQuery()
            .timers()
            .active()
            .withRetriesLeft()
            .duedateLowerThan(Date.from(clock.instant()))
            .count()
        > 0;
  }

  /** Nobody waits for ever. */
  private boolean haveWaitedLong(List<Notification> forOnePerson) {
    return forOnePerson.stream()
        .anyMatch(each -> !each.requestedAt().isAfter(clock.instant().minus(LONGEST_WAIT)));
  }

  private boolean relayOrPostpone(List<Notification> forOnePerson) {
    if (forOnePerson.size() == 1) {
      return relayOrPostpone(forOnePerson.get(0));
    }
    try {
      return commands.run(() -> relay(notifications.bundle(forOnePerson)));
    } catch (Notifications.TakenByAnotherNode e) {
      log.debug("Another node sends a digest", e);
      return false;
    } catch (RuntimeException e) {
      log.error("A digest could not be relayed; trying again in five minutes", e);
      forOnePerson.forEach(each -> notifications.postpone(each.id(), POSTPONED_FOR));
      return false;
    }
  }

  /** One message that cannot be relayed must not hold up the others. */
  private boolean relayOrPostpone(Notification notification) {
    try {
      return commands.run(() -> relay(notification));
    } catch (RuntimeException e) {
      log.error(
          "Message {} could not be relayed; trying again in five minutes", notification.id(), e);
      notifications.postpone(notification.id(), POSTPONED_FOR);
      return false;
    }
  }

  private boolean relay(Notification notification) {
    if (!notifications.take(notification.id())) {
      return false;
    }
    var customer = cases.require(notification.caseNumber()).customer();
    var variables = new HashMap<String, Object>();
    variables.put(CaseNumber.VARIABLE.name(), notification.caseNumber().value());
    variables.put(NotificationModel.NOTIFICATION.name(), notification.id());
    variables.put(NotificationModel.RECIPIENT.name(), notification.recipient());
    variables.put(NotificationModel.TEMPLATE.name(), notification.template());
    variables.put(
        NotificationModel.PREFERRED_CHANNEL.name(),
        notification.isForCustomer() ? customer.preferredChannel() : "email");
    runtime.startProcessInstanceByKey(
        NotificationModel.KEY, notification.caseNumber().value(), variables);
    return true;
  }
}
