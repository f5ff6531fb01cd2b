package org.escalationpath.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.PromiseClocks;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Writes the hand-over brief: what the customer asks, why the case is here, what was tried and promised, in which mood they are, until when. */
@Component
public class Briefs {

  private static final int LONGEST = 2_000;
  private static final int LONGEST_QUOTE = 500;

  private final TaskService tasks;
  private final Cases cases;
  private final Conversation conversation;
  private final Ledger ledger;
  private final Clocks clocks;
  private final PromiseClocks promises;
  private final Tiers tiers;
  private final ConfirmedBriefs confirmedBriefs;
  private final DateTimeFormatter dates;

  Briefs(
      @Lazy TaskService tasks,
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Clocks clocks,
      PromiseClocks promises,
      Tiers tiers,
      ConfirmedBriefs confirmedBriefs,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.tasks = tasks;
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.clocks = clocks;
    this.promises = promises;
    this.tiers = tiers;
    this.confirmedBriefs = confirmedBriefs;
    this.dates =
        DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH).withZone(zone);
  }

  /** The brief for whoever works on the case now: what the sender confirmed, and for the rest what case and ledger say. */
  public Brief of(CustomerCase customerCase) {
    var entries = ledger.of(customerCase.number());
    var confirmed = wasHandedOverByAPerson(entries)
        ? confirmedBriefs.find(customerCase.number(), customerCase.visit())
        : Optional.<ConfirmedBriefs.ByWhom>empty();
    var said = confirmed.map(ConfirmedBriefs.ByWhom::brief);
    return new Brief(
        said.map(Brief.Confirmed::ask).orElseGet(() -> lastWords(customerCase)),
        confirmed.map(each -> since(customerCase, each.at())).orElse(null),
        why(entries),
        said.map(Brief.Confirmed::tried).orElseGet(() -> tried(customerCase, entries)),
        said.map(Brief.Confirmed::promised).orElseGet(() -> promised(customerCase)),
        said.map(Brief.Confirmed::mood).orElseGet(() -> Mood.of(entries)),
        deadline(customerCase, entries),
        confirmed.map(ConfirmedBriefs.ByWhom::person).orElse(null),
        confirmed.map(ConfirmedBriefs.ByWhom::at).orElse(null));
  }

  private static boolean wasHandedOverByAPerson(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.what() == What.ESCALATED || entry.what() == What.RETURNED)
        .reduce((earlier, later) -> later)
        .filter(entry -> entry.trigger() == Trigger.AGENT)
        .isPresent();
  }

  /** What the person who hands the case over now should look through: all of it as it would be built automatically. */
  public Brief draft(CustomerCase customerCase) {
    var entries = ledger.of(customerCase.number());
    return new Brief(
        shortened(lastWords(customerCase), LONGEST),
        null,
        why(entries),
        shortened(tried(customerCase, entries), LONGEST),
        promised(customerCase),
        Mood.of(entries),
        deadline(customerCase, entries),
        null,
        null);
  }

  /** As the form of a task shows it: at most 2,000 characters, what is needed most first. */
  String text(CustomerCase customerCase) {
    var brief = of(customerCase);
    var text = """
        Case %s, %s priority: %s
        Customer: %s (%s, %s), %s
        Until when: %s

        What the customer asks:
        %s%s

        Why it is here:
        %s

        What was tried:
        %s

        What we promised: %s
        %s""".formatted(
            customerCase.number(),
            customerCase.priority(),
            customerCase.subject(),
            customerCase.customer().name(),
            customerCase.customer().email(),
            customerCase.customer().segment(),
            brief.mood(),
            brief.deadline(),
            quote(brief.ask()),
            brief.since() == null ? "" : "\nThey have written since:\n" + quote(brief.since()),
            brief.why(),
            shortened(brief.tried(), LONGEST_QUOTE),
            brief.promised(),
            brief.confirmedAt() == null
                ? "(Built automatically; nobody has confirmed it.)"
                : "(Confirmed by %s on %s.)"
                    .formatted(brief.confirmedBy(), format(brief.confirmedAt())));
    return shortened(text.strip(), LONGEST);
  }

  private @Nullable String since(CustomerCase customerCase, Instant confirmedAt) {
    return conversation
        .lastFromCustomer(customerCase.number())
        .filter(message -> message.writtenAt().isAfter(confirmedAt))
        .map(Message::text)
        .orElse(null);
  }

  private String promised(CustomerCase customerCase) {
    return promises
        .next(customerCase.number())
        .filter(each -> !each.arePaused())
        .map(each -> "the customer hears from us by " + format(each.limitAt()))
        .orElse("nothing that we know of");
  }

  /** The next task gets a fresh brief by itself; the open one must show what has just happened. */
  void renew(CaseNumber number) {
    var brief = text(cases.require(number));
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
    if (visited.isEmpty()) {
      return lastReply.isEmpty() ? "Nobody has worked on it yet." : lastReply.strip();
    }
    return "It was with: " + visited + "." + lastReply;
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
