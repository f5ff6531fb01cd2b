package org.escalationpath.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.escalationpath.audit.Happening;
import org.escalationpath.audit.Problem;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.Openings;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A timeline's happenings in the reader's language. */
@Component("happenings")
public class HappeningTexts {

  /** What only programs make something of. */
  private static final Set<String> HIDDEN =
      Set.of(Conversation.MESSAGE, Conversation.HASH, Attachments.HASHES, Openings.HASH);

  private final Words words;
  private final TimeTexts times;

  HappeningTexts(Words words, TimeTexts times) {
    this.times = times;
    this.words = words;
  }

  /** What happened, in a few words. */
  public String what(Happening each) {
    return switch (each.kind()) {
      case "ledger" -> words.of("what", each.what());
      case "operation" -> words.text("happening.operation", each.what());
      case "message" ->
        words.text("happening.message." + each.what(), words.of("template", each.subject()));
      case "step" -> String.valueOf(each.subject());
      case "variable" ->
        each.what().equals("set")
            ? String.valueOf(each.subject())
            : words.text("happening.operation", each.what());
      default ->
        words.text(
            "happening.%s.%s".formatted(each.kind(), each.what()), String.valueOf(each.subject()));
    };
  }

  /** What there is to say beyond that. */
  public String details(Happening each) {
    var facts = each.facts();
    return switch (each.kind()) {
      case "ledger" -> ledger(facts);
      case "process" ->
        words.text("happening.version", facts.get("version")) + after(" · ", facts.get("why"));
      case "decision" ->
        facts.get("table")
            + (facts.get("rule") == null
                ? " · " + words.text("happening.no-rule")
                : " · "
                    + words.text(
                        "happening.rule", facts.get("rule"), String.valueOf(facts.get("ruleId"))))
            + after(" · ", facts.get("answer"));
      case "operation" -> operation(each);
      case "message" ->
        words.text("happening.to", words.who(String.valueOf(facts.get("to"))))
            + (each.what().equals("requested")
                ? " · " + words.of("delivery", facts.get("state"))
                : "");
      case "variable" ->
        each.what().equals("set")
            ? String.valueOf(facts.getOrDefault("value", "–"))
            : operation(each);
      case "trouble" -> String.valueOf(facts.getOrDefault("text", ""));
      default -> "";
    };
  }

  private String ledger(Map<String, Object> facts) {
    var parts = new ArrayList<String>();
    var from = words.tierOf(facts.get("fromTier"));
    var to = words.tierOf(facts.get("toTier"));
    if (!to.isEmpty() && !to.equals(from)) {
      parts.add(from.isEmpty() ? "→ " + to : from + " → " + to);
    }
    add(parts, words.of("reason", facts.get("reason")));
    add(parts, words.of("trigger", facts.get("trigger")));
    add(parts, facts.get("modelVersion"));
    if (facts.get("details") instanceof Map<?, ?> details) {
      add(parts, facts(details));
    }
    add(parts, facts.get("note") == null ? null : "“" + facts.get("note") + "”");
    return String.join(" · ", parts);
  }

  /** What somebody has altered. */
  public String problem(Problem problem) {
    var kind = TermRow.isChainOfTerms(problem.chain()) ? "terms" : problem.kind();
    return words.text("audit.problem." + kind, String.valueOf(problem.seq()));
  }

  /** The small facts of a row of a ledger. */
  public String facts(LedgerRow row) {
    try {
      return facts(row.facts());
    } catch (IllegalStateException e) {
      // what somebody has made of it
      return String.valueOf(row.details());
    }
  }

  /** The small facts of a row of the journal. */
  public String facts(Journal.Row row) {
    return facts(row.facts());
  }

  private String facts(Map<?, ?> facts) {
    return facts.entrySet().stream()
        .filter(each -> !HIDDEN.contains(String.valueOf(each.getKey())))
        .map(each -> words.of("fact", each.getKey()) + ": "
            + fact(String.valueOf(each.getKey()), each.getValue()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String fact(String key, @Nullable Object value) {
    return switch (key) {
      case "assignee", "enteredBy", "recipient" ->
        words.who(value == null ? null : value.toString());
      case "template", "channel", "priority" -> words.of(key, value);
      case "result" -> words.of("samples.result", value);
      case "from", "to" -> words.of("priority", value);
      default -> value instanceof Boolean yes ? words.text(yes ? "yes" : "no") : value(value);
    };
  }

  private String operation(Happening each) {
    var facts = each.facts();
    var change = facts.get("property") == null
        ? ""
        : facts.get("property") + ": " + value(facts.get("from")) + " → " + value(facts.get("to"));
    return facts.get("entity") + after(" · ", each.subject()) + after(" · ", change);
  }

  private String value(@Nullable Object value) {
    if (value == null) {
      return "–";
    }
    try {
      return value.toString().endsWith("Z")
          ? times.second(Instant.parse(value.toString()))
          : value.toString();
    } catch (DateTimeException e) {
      return value.toString();
    }
  }

  private static void add(ArrayList<String> parts, @Nullable Object part) {
    if (part != null && !part.toString().isEmpty()) {
      parts.add(part.toString());
    }
  }

  private static String after(String separator, @Nullable Object text) {
    return text == null || text.toString().isEmpty() ? "" : separator + text;
  }
}
