package org.escalationpath.escalation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.clocks.PromiseClocks;
import org.jspecify.annotations.Nullable;
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
  private final ConfirmedBriefs confirmedBriefs;
  private final EnglishBriefWords english;

  Briefs(
      @Lazy TaskService tasks,
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Clocks clocks,
      PromiseClocks promises,
      ConfirmedBriefs confirmedBriefs,
      EnglishBriefWords english) {
    this.tasks = tasks;
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.clocks = clocks;
    this.promises = promises;
    this.confirmedBriefs = confirmedBriefs;
    this.english = english;
  }

  /** The brief for whoever works on the case now: what the sender confirmed, and for the rest what case and ledger say. */
  public Brief of(CustomerCase customerCase, BriefWords words) {
    var entries = ledger.of(customerCase.number());
    var confirmed = wasHandedOverByAPerson(entries)
        ? confirmedBriefs.find(customerCase.number(), customerCase.visit())
        : Optional.<ConfirmedBriefs.ByWhom>empty();
    var said = confirmed.map(ConfirmedBriefs.ByWhom::brief);
    return new Brief(
        said.map(Brief.Confirmed::ask).orElseGet(() -> lastWords(customerCase)),
        confirmed.map(each -> since(customerCase, each.at())).orElse(null),
        why(entries, words),
        said.map(Brief.Confirmed::tried).orElseGet(() -> tried(customerCase, entries, words)),
        said.map(Brief.Confirmed::promised).orElseGet(() -> promised(customerCase, words)),
        said.map(Brief.Confirmed::mood).orElseGet(() -> Mood.of(entries)),
        deadline(customerCase, entries, words),
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
  public Brief draft(CustomerCase customerCase, BriefWords words) {
    var entries = ledger.of(customerCase.number());
    return new Brief(
        shortened(lastWords(customerCase), LONGEST),
        null,
        why(entries, words),
        shortened(tried(customerCase, entries, words), LONGEST),
        promised(customerCase, words),
        Mood.of(entries),
        deadline(customerCase, entries, words),
        null,
        null);
  }

  /** As the form of a task shows it: at most 2,000 characters, what is needed most first. */
  String text(CustomerCase customerCase) {
    var brief = of(customerCase, english);
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
                    .formatted(brief.confirmedBy(), english.limit(brief.confirmedAt())));
    return shortened(text.strip(), LONGEST);
  }

  private @Nullable String since(CustomerCase customerCase, Instant confirmedAt) {
    return conversation
        .lastFromCustomer(customerCase.number())
        .filter(message -> message.writtenAt().isAfter(confirmedAt))
        .map(Message::text)
        .orElse(null);
  }

  private String promised(CustomerCase customerCase, BriefWords words) {
    return promises
        .next(customerCase.number())
        .filter(each -> !each.arePaused())
        .map(each -> words.hearsBy(each.limitAt()))
        .orElseGet(words::nothingPromised);
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

  private static String why(List<LedgerEntry> entries, BriefWords words) {
    return entries.stream()
        .filter(entry -> switch (entry.what()) {
          case TRIAGED, ESCALATED, RETURNED, REJECTED, REOPENED -> true;
          default -> false;
        })
        .reduce((earlier, later) -> later)
        .map(entry -> words.moved(entry) + (entry.note() == null ? "" : "\n" + quote(entry.note())))
        .orElseGet(words::justIn);
  }

  private String tried(CustomerCase customerCase, List<LedgerEntry> entries, BriefWords words) {
    var visited = entries.stream()
        .filter(entry -> entry.what() == What.ESCALATED || entry.what() == What.RETURNED)
        .map(LedgerEntry::fromTier)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
    var lastReply = conversation.of(customerCase.number()).stream()
        .filter(message -> !message.isFromCustomer())
        .reduce((earlier, later) -> later)
        .map(message -> words.last(message) + "\n" + quote(message.text()))
        .orElse("");
    if (visited.isEmpty()) {
      return lastReply.isEmpty() ? words.nobodyYet() : lastReply;
    }
    return (words.wasWith(visited) + "\n" + lastReply).strip();
  }

  private String deadline(CustomerCase customerCase, List<LedgerEntry> entries, BriefWords words) {
    var thirdParty = ThirdPartyWait.of(entries);
    var forWhom =
        thirdParty.map(ThirdPartyWait::note).map(note -> "\n" + quote(note)).orElse("");
    if (customerCase.state() == CaseState.WAITING) {
      return words.standsStill(true, thirdParty.isPresent()) + forWhom;
    }
    var limit = clocks
        .tier(customerCase.number())
        .filter(deadlines -> !deadlines.arePaused())
        .map(Deadlines::limitAt);
    if (thirdParty.isEmpty()) {
      return limit.map(words::limit).orElseGet(words::noLimit);
    }
    return limit.map(words::runsThough).orElseGet(() -> words.standsStill(false, true)) + forWhom;
  }

  private static String quote(String text) {
    return "  " + shortened(text, LONGEST_QUOTE).replace("\n", "\n  ");
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
