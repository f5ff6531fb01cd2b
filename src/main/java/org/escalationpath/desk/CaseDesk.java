package org.escalationpath.desk;

import java.util.List;
import java.util.Map;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.FileUpload;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.escalation.WrongState;
import org.escalationpath.notification.Notifications;
import org.springframework.stereotype.Component;

/** What people say about a case: it is kept, told to whom it concerns, and may stop or start the clocks, all or nothing. */
@Component
public class CaseDesk {

  static final int LONGEST_MESSAGE = 10_000;
  private static final int LONGEST_NOTE = 2_000;

  private final Cases cases;
  private final Conversation conversation;
  private final Attachments attachments;
  private final Links links;
  private final Ledger ledger;
  private final Notifications notifications;
  private final EscalationProcess escalation;
  private final Commands commands;
  private final Actor actor;

  CaseDesk(
      Cases cases,
      Conversation conversation,
      Attachments attachments,
      Links links,
      Ledger ledger,
      Notifications notifications,
      EscalationProcess escalation,
      Commands commands,
      Actor actor) {
    this.cases = cases;
    this.conversation = conversation;
    this.attachments = attachments;
    this.links = links;
    this.ledger = ledger;
    this.notifications = notifications;
    this.escalation = escalation;
    this.commands = commands;
    this.actor = actor;
  }

  /** The customer writes; whoever works on the case is told. */
  public void customerWrites(CaseNumber number, String text) {
    customerWrites(number, text, List.of());
  }

  /** As the other, with files; where nothing is written to them, their names are the message. */
  public void customerWrites(CaseNumber number, String text, List<FileUpload> files) {
    var message = FreeText.require("text", withNames(text, files), LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      var kept = conversation.fromCustomer(number, message);
      var filesKept = attachments.keep(number, kept.id(), Message.CUSTOMER, files);
      ledger.append(
          number,
          LedgerEntry.of(What.MESSAGE_RECEIVED, Message.CUSTOMER).detailing(kept.and(filesKept)));
      escalation.customerWrote(number);
    });
  }

  private static String withNames(String text, List<FileUpload> files) {
    return text.isBlank()
        ? String.join(
            ", ", files.stream().map(file -> FileRules.nameOf(file.name())).toList())
        : text;
  }

  /** The customer's mailbox replied by itself, out of office: that is kept and changes nothing. */
  public void customersMachineWrites(CaseNumber number, String text) {
    var message = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      var kept = conversation.fromCustomer(number, message);
      ledger.append(
          number,
          LedgerEntry.of(What.MESSAGE_RECEIVED, Message.CUSTOMER)
              .detailing(kept.and(Map.of("automatic", true))));
      escalation.customersMachineWrote(number);
    });
  }

  /** An agent writes to the customer, who gets it by mail; with {@code isQuestion} the case waits for the answer. */
  public void agentReplies(CaseNumber number, String text, boolean isQuestion) {
    agentReplies(number, text, isQuestion, List.of());
  }

  /** As the other, with files that the customer finds on the status page. */
  public void agentReplies(
      CaseNumber number, String text, boolean isQuestion, List<FileUpload> files) {
    var message = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      var kept = conversation.fromAgent(number, actor.name(), message, true);
      var details = kept.and(attachments.keep(number, kept.id(), actor.name(), files));
      details.put("question", isQuestion);
      ledger.append(number, LedgerEntry.of(What.MESSAGE_SENT, actor.name()).detailing(details));
      notifications.tellCustomer(
          number,
          isQuestion ? "question-asked" : "agent-replied",
          Map.of("message", String.valueOf(kept.id())));
      if (isQuestion) {
        escalation.waitForCustomer(number);
      }
    });
  }

  /** An agent writes a note that the customer does not see. */
  public void agentNotes(CaseNumber number, String text) {
    agentNotes(number, text, List.of());
  }

  /** As the other, with files for staff only. */
  public void agentNotes(CaseNumber number, String text, List<FileUpload> files) {
    var note = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      cases.lock(number);
      var kept = conversation.fromAgent(number, actor.name(), note, false);
      var filesKept = attachments.keep(number, kept.id(), actor.name(), files);
      ledger.append(
          number, LedgerEntry.of(What.NOTE_ADDED, actor.name()).detailing(kept.and(filesKept)));
    });
  }

  /** Makes the customer's private links to this case invalid; what is mailed from now on brings a new one. */
  void revokeLinks(CaseNumber number, String why) {
    var note = FreeText.require("why", why, LONGEST_NOTE);
    commands.run(() -> {
      cases.lock(number);
      var revoked = links.revoke(number);
      ledger.append(
          number,
          LedgerEntry.of(What.LINKS_REVOKED, actor.name())
              .noting(note)
              .detailing(Map.of("links", revoked)));
    });
  }

  private void mustNotBeEnded(CaseNumber number) {
    CaseState state = cases.lock(number).state();
    if (state.isEnded()) {
      throw new WrongState(number, "it is %s; reopen it to go on".formatted(state));
    }
  }
}
