package org.escalationpath.notification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** All messages that were asked for, for people who want to know what somebody was told, and to tell it again. */
@Component
public class Outbox {

  /** The states that a message can have. */
  public static final List<String> STATES =
      List.of("requested", "bundled", "delivered", "by-phone", "undelivered");

  private static final Set<String> RESENDABLE = Set.of("delivered", "by-phone", "undelivered");

  private static final String DIGEST = "-digest";

  private final Cases cases;
  private final Notifications notifications;
  private final Renderer renderer;
  private final Links links;
  private final Ledger ledger;
  private final Commands commands;
  private final Actor actor;
  private final ObjectProvider<JavaMailSender> mailServer;

  Outbox(
      Cases cases,
      Notifications notifications,
      Renderer renderer,
      Links links,
      Ledger ledger,
      Commands commands,
      Actor actor,
      ObjectProvider<JavaMailSender> mailServer) {
    this.cases = cases;
    this.notifications = notifications;
    this.renderer = renderer;
    this.links = links;
    this.ledger = ledger;
    this.commands = commands;
    this.actor = actor;
    this.mailServer = mailServer;
  }

  /**
   * Which messages somebody looks for; what is null lets all through.
   *
   * @param recipient {@code customer} or {@code staff}
   * @param person a member of staff
   */
  public record Filter(
      @Nullable String state,
      @Nullable String recipient,
      @Nullable String template,
      @Nullable CaseNumber caseNumber,
      @Nullable String person) {}

  /** Whether mails leave; the demo has no mail server. */
  public boolean hasMailServer() {
    return mailServer.getIfAvailable() != null;
  }

  /** The newest first. */
  public List<Notification> page(Filter filter, @Nullable Long before, int size) {
    return notifications.page(filter, before, size);
  }

  public List<String> templates() {
    return notifications.templates();
  }

  public Optional<Notification> find(String id) {
    return notifications.find(id);
  }

  /** The mail as it would be written now, with its private link left out; nothing where the person has no address. */
  public Optional<Mail> preview(Notification message) {
    return renderer.preview(message);
  }

  /** Whether the message can be sent again: it is no longer on its way, and tells of one thing only. */
  public boolean mayResend(Notification message) {
    return RESENDABLE.contains(message.state()) && !message.template().endsWith(DIGEST);
  }

  /**
   * Sends the same message again, with a fresh link; the ledger says who wanted that.
   *
   * @throws BadInput if it is still on its way, is a digest or went with one, or is being sent again already
   */
  public void resend(Notification seen) {
    commands.run(() -> {
      cases.lock(seen.caseNumber());
      var message = notifications.require(seen.id());
      if (!mayResend(message)) {
        throw new BadInput(
            "message",
            "not-resendable",
            "This message is %s; only one that was delivered, or could not be, is sent again"
                .formatted(message.state()));
      }
      if (notifications.of(message.caseNumber()).stream().anyMatch(message::isOnItsWayAgainAs)) {
        throw new BadInput("message", "resent-already", "This message is being sent again already");
      }
      notifications.again(message);
      ledger.append(
          message.caseNumber(),
          LedgerEntry.of(What.MESSAGE_RESENT, actor.name())
              .detailing(Map.of("template", message.template(), "recipient", message.recipient())));
    });
  }

  /** A link like the one in the message, for whoever tries the demo as its customer; nothing for messages to staff. */
  public Optional<String> linkLikeIn(Notification message) {
    if (!message.isForCustomer()) {
      return Optional.empty();
    }
    var survey = message.parameters().get(Parameters.SURVEY);
    return Optional.of(
        survey == null
            ? links.mint(
                Links.STATUS, message.caseNumber(), message.caseNumber().value())
            : links.mint(Links.SURVEY, message.caseNumber(), survey));
  }
}
