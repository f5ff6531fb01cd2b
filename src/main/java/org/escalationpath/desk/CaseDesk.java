package org.escalationpath.desk;

import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.escalation.WrongState;
import org.escalationpath.notification.Notifications;
import org.springframework.stereotype.Component;

/** What people say about a case: it is kept, told to whom it concerns, and may stop or start the clocks, all or nothing. */
@Component
class CaseDesk {

  static final int LONGEST_MESSAGE = 10_000;

  private final Cases cases;
  private final Conversation conversation;
  private final Ledger ledger;
  private final Notifications notifications;
  private final EscalationProcess escalation;
  private final Commands commands;
  private final Actor actor;

  CaseDesk(
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Notifications notifications,
      EscalationProcess escalation,
      Commands commands,
      Actor actor) {
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.notifications = notifications;
    this.escalation = escalation;
    this.commands = commands;
    this.actor = actor;
  }

  /** The customer writes; whoever works on the case is told. */
  void customerWrites(CaseNumber number, String text) {
    var message = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      conversation.fromCustomer(number, message);
      ledger.append(number, LedgerEntry.of(What.MESSAGE_RECEIVED, "customer"));
      escalation.customerWrote(number);
    });
  }

  /** The customer's mailbox replied by itself, out of office: that is kept and changes nothing. */
  void customersMachineWrites(CaseNumber number, String text) {
    var message = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      conversation.fromCustomer(number, message);
      ledger.append(
          number,
          LedgerEntry.of(What.MESSAGE_RECEIVED, "customer").detailing(Map.of("automatic", true)));
      escalation.customersMachineWrote(number);
    });
  }

  /** An agent writes to the customer, who gets it by mail; with {@code isQuestion} the case waits for the answer. */
  void agentReplies(CaseNumber number, String text, boolean isQuestion) {
    var message = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      mustNotBeEnded(number);
      var id = conversation.fromAgent(number, actor.name(), message, true);
      ledger.append(
          number,
          LedgerEntry.of(What.MESSAGE_SENT, actor.name())
              .detailing(Map.of("question", isQuestion)));
      notifications.tellCustomer(
          number,
          isQuestion ? "question-asked" : "agent-replied",
          Map.of("message", String.valueOf(id)));
      if (isQuestion) {
        escalation.waitForCustomer(number);
      }
    });
  }

  /** An agent writes a note that the customer does not see. */
  void agentNotes(CaseNumber number, String text) {
    var note = FreeText.require("text", text, LONGEST_MESSAGE);
    commands.run(() -> {
      cases.lock(number);
      conversation.fromAgent(number, actor.name(), note, false);
      ledger.append(number, LedgerEntry.of(What.NOTE_ADDED, actor.name()));
    });
  }

  private void mustNotBeEnded(CaseNumber number) {
    CaseState state = cases.lock(number).state();
    if (state.isEnded()) {
      throw new WrongState(number, "it is %s; reopen it to go on".formatted(state));
    }
  }
}
