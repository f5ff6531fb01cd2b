package org.escalationpath.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Writes the hand-over brief: who the customer is, what they wrote last, why the case is here, what was tried, until when. */
@Component
public class Briefs {

  private static final int LONGEST = 2_000;
  private static final int LONGEST_QUOTE = 500;

  private final TaskService tasks;
  private final Cases cases;
  private final Conversation conversation;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Tiers tiers;
  private final DateTimeFormatter dates;

  Briefs(
      @Lazy TaskService tasks,
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Clocks clocks,
      Tiers tiers,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.tasks = tasks;
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.clocks = clocks;
    this.tiers = tiers;
    this.dates =
        DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH).withZone(zone);
  }

  /** At most 2,000 characters. */
  public String of(CustomerCase customerCase) {
    var entries = ledger.of(customerCase.number());
    var brief = """
        Case %s, %s priority: %s
        Customer: %s (%s, %s)

        What they wrote last:
        %s

        Why it is here:
        %s

        What was tried:
        %s

        Until when: %s
        """.formatted(
            customerCase.number(),
            customerCase.priority(),
            customerCase.subject(),
            customerCase.customer().name(),
            customerCase.customer().email(),
            customerCase.customer().segment(),
            quote(lastWords(customerCase)),
            why(entries),
            tried(customerCase, entries),
            deadline(customerCase, entries));
    return shortened(brief.strip(), LONGEST);
  }

  /** The next task gets a fresh brief by itself; the open one must show what has just happened. */
  void renew(CaseNumber number) {
    var brief = of(cases.require(number));
    tasks
        .createTaskQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey(EscalationModel.KEY)
        .list()
        .forEach(task -> tasks.setVariableLocal(task.getId(), "brief", brief));
  }

  private String lastWords(CustomerCase customerCase) {
    return conversation
        .lastFromCustomer(customerCase.number())
        .map(Message::text)
        .orElse(customerCase.description());
  }

  private String why(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> switch (entry.what()) {
          case TRIAGED, ESCALATED, RETURNED, REJECTED, REOPENED -> true;
          default -> false;
        })
        .reduce((earlier, later) -> later)
        .map(this::sentence)
        .orElse("It has just come in.");
  }

  private String sentence(LedgerEntry entry) {
    var reason = entry.reason() == null ? "" : ", reason " + entry.reason();
    var note = entry.note() == null ? "" : "\n" + quote(entry.note());
    var from = entry.fromTier() == null ? "" : " from " + tiers.name(entry.fromTier());
    return "%s%s by %s on %s%s%s"
        .formatted(entry.what(), from, entry.who(), dates.format(entry.at()), reason, note);
  }

  private String tried(CustomerCase customerCase, List<LedgerEntry> entries) {
    var visited = entries.stream()
        .filter(entry -> entry.what() == What.ESCALATED || entry.what() == What.RETURNED)
        .map(LedgerEntry::fromTier)
        .filter(Objects::nonNull)
        .map(tiers::name)
        .distinct()
        .collect(Collectors.joining(", "));
    var lastReply = conversation.of(customerCase.number()).stream()
        .filter(message -> !message.isFromCustomer())
        .reduce((earlier, later) -> later)
        .map(message -> "\n" + (message.isPublic() ? "Last reply" : "Last note") + " by "
            + message.person() + ":\n" + quote(message.text()))
        .orElse("");
    return (visited.isEmpty() ? "Nobody has worked on it yet." : "It was with: " + visited + ".")
        + lastReply;
  }

  private String deadline(CustomerCase customerCase, List<LedgerEntry> entries) {
    var thirdParty = ThirdPartyWait.of(entries)
        .map(wait ->
            "we wait for a third party" + (wait.note() == null ? "" : "\n" + quote(wait.note())))
        .orElse("");
    if (customerCase.state() == CaseState.WAITING) {
      return "the clock is stopped while we wait for the customer"
          + (thirdParty.isEmpty() ? "" : "; also, " + thirdParty);
    }
    var limit = clocks
        .tier(customerCase.number())
        .filter(deadlines -> !deadlines.arePaused())
        .map(deadlines -> format(deadlines.limitAt()));
    if (thirdParty.isEmpty()) {
      return limit.orElse("no limit is running");
    }
    return limit.map(at -> at + ", though ").orElse("the clock is stopped while ") + thirdParty;
  }

  private String format(Instant instant) {
    return dates.format(instant);
  }

  private static String quote(String text) {
    return "  " + shortened(text, LONGEST_QUOTE).replace("\n", "\n  ");
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
