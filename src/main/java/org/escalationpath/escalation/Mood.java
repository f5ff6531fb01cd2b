package org.escalationpath.escalation;

import java.util.List;
import java.util.Locale;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Trigger;

/** How the customer feels about the case, as far as what they did tells it; whoever hands the case over may know better. */
public enum Mood {

  /** Nothing tells otherwise. */
  CALM,

  /** Rejected a solution, had the case reopened, asked for escalation, or was said to be dissatisfied: once. */
  IMPATIENT,

  /** More than once. */
  UPSET;

  /** @throws IllegalArgumentException naming what is allowed */
  public static Mood of(String code) {
    for (var mood : values()) {
      if (mood.toString().equals(code)) {
        return mood;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no mood; use one of calm, impatient, upset".formatted(code));
  }

  static Mood of(List<LedgerEntry> entries) {
    var signs = entries.stream().filter(Mood::isSign).count();
    return signs == 0 ? CALM : signs == 1 ? IMPATIENT : UPSET;
  }

  private static boolean isSign(LedgerEntry entry) {
    return switch (entry.what()) {
      case REJECTED, REOPENED -> true;
      case ESCALATED ->
        entry.trigger() == Trigger.AGENT && entry.reason() == Reason.CUSTOMER_DISSATISFACTION
            || entry.trigger() == Trigger.CUSTOMER && entry.reason() == Reason.CUSTOMER_REQUEST;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
