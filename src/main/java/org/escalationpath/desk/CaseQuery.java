package org.escalationpath.desk;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseCounts;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads what cases somebody looks for from a request, the same on the page, for its CSV file and over REST. */
@Component
class CaseQuery {

  private static final String AT_RISK = "at-risk";
  private static final Logger log = LoggerFactory.getLogger(CaseQuery.class);
  private static final Duration FARTHEST = Duration.ofDays(3_660);
  private static final List<String> WORDS = List.of(
      "text", "state", "tier", "priority", "customer", "owner", "reason", "due", "from", "to");
  private static final String OPEN = "not-ended";
  private static final String ENDED = "ended";

  private final Actor actor;
  private final Clock clock;

  CaseQuery(Actor actor, Clock clock) {
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * @param asked {@code text, state} (a state, {@code not-ended} or {@code ended}), {@code tier, priority, customer} (an address),
   *     {@code owner} (a user id, or {@code me}), {@code reason, due} ({@code late}, {@code at-risk} for the next hour, {@code PT4H} from now, or an instant), {@code from}
   *     and {@code to} (days in UTC, both included, on which something was recorded)
   * @throws IllegalArgumentException naming what to change
   */
  CaseFilter filter(Map<String, String> asked) {
    var state = word(asked, "state");
    var tier = word(asked, "tier");
    var priority = word(asked, "priority");
    var reason = word(asked, "reason");
    var customer = FreeText.optional("customer", asked.get("customer"), 254);
    return new CaseFilter(
        state == null || state.equals(OPEN) || state.equals(ENDED) ? null : CaseState.of(state),
        OPEN.equals(state) ? Boolean.FALSE : ENDED.equals(state) ? Boolean.TRUE : null,
        tier == null ? null : Tier.of(tier),
        priority == null ? null : Priority.of(priority),
        customer == null ? null : customer.toLowerCase(Locale.ROOT),
        owner(word(asked, "owner")),
        reason == null ? null : Reason.of(reason),
        AT_RISK.equals(word(asked, "due")) ? clock.instant() : null,
        dueBy(word(asked, "due")),
        day(asked, "from", 0),
        day(asked, "to", 1),
        FreeText.optional("text", asked.get("text"), 200));
  }

  /** @throws BadInput naming a word that no filter has, where all cases for some would be a nasty surprise */
  void mustBeKnown(Map<String, String> asked) {
    for (var name : asked.keySet()) {
      if (!WORDS.contains(name)) {
        throw new BadInput(
            name,
            "no-choice",
            "'%s' is none of %s".formatted(name, WORDS),
            String.join(", ", WORDS));
      }
    }
  }

  CaseSearch.Order order(Map<String, String> asked) {
    var order = word(asked, "order");
    return order == null ? CaseSearch.Order.NEWEST : CaseSearch.Order.of(order);
  }

  /** Where the page before ended. */
  CaseSearch.@Nullable Cursor after(Map<String, String> asked) {
    var after = word(asked, "after");
    return after == null ? null : CaseSearch.Cursor.parse(after);
  }

  private @Nullable String owner(@Nullable String owner) {
    return "me".equals(owner) ? actor.name() : owner;
  }

  private @Nullable Instant dueBy(@Nullable String due) {
    if (due == null) {
      return null;
    }
    try {
      var now = clock.instant();
      var by = switch (due) {
        case "late" -> now;
        case AT_RISK -> now.plus(CaseCounts.AT_RISK);
        default -> due.startsWith("P") ? now.plus(Duration.parse(due)) : Instant.parse(due);
      };
      if (Duration.between(now, by).abs().compareTo(FARTHEST) <= 0) {
        return by;
      }
    } catch (DateTimeException | ArithmeticException e) {
      log.debug("'{}' is no time", due, e);
    }
    throw new BadInput(
        "due",
        "no-due",
        "'due' must be late, at-risk, a time from now like PT4H, or an instant like 2026-11-23T12:00:00Z");
  }

  private static @Nullable Instant day(Map<String, String> asked, String name, int plus) {
    var text = word(asked, name);
    if (text == null) {
      return null;
    }
    try {
      var day = LocalDate.parse(text);
      if (day.getYear() >= 1970 && day.getYear() < 10_000) {
        return day.plusDays(plus).atStartOfDay().toInstant(UTC);
      }
    } catch (DateTimeException e) {
      log.debug("'{}' is no day", text, e);
    }
    throw new BadInput(name, "no-day", "'%s' must be a day like 2026-11-23".formatted(name), name);
  }

  private static @Nullable String word(Map<String, String> asked, String name) {
    return FreeText.optional(name, asked.get(name), 100);
  }
}
