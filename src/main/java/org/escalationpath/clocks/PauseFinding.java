package org.escalationpath.clocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;

/**
 * A pause that is not what it should be: nobody had asked the customer anything, or it ran on after the customer had answered.
 *
 * @param kind {@code pause-without-question} or {@code pause-after-answer}
 * @param from when the pause began
 */
public record PauseFinding(String kind, Instant from, String text) {

  public static final String WITHOUT_QUESTION = "pause-without-question";
  public static final String AFTER_ANSWER = "pause-after-answer";

  /** What a ledger tells of bad pauses, in order. */
  public static List<PauseFinding> of(List<LedgerEntry> ledger) {
    var findings = new ArrayList<PauseFinding>();
    var isAsked = false;
    LedgerEntry pause = null;
    LedgerEntry answer = null;
    for (var entry : ledger) {
      if (isQuestion(entry)) {
        isAsked = true;
      } else if (entry.what() == What.PAUSED && pause == null) {
        pause = entry;
        if (!isAsked) {
          findings.add(withoutQuestion(entry));
        }
      } else if (entry.what() == What.MESSAGE_RECEIVED && isByTheCustomer(entry)) {
        isAsked = false;
        answer = answer == null && pause != null ? entry : answer;
      } else if (entry.what() == What.RESUMED && pause != null) {
        if (answer != null && Timeline.at(entry).isAfter(Timeline.at(answer))) {
          findings.add(afterAnswer(pause, answer));
        }
        pause = null;
        answer = null;
        isAsked = false;
      }
    }
    if (answer != null) {
      findings.add(afterAnswer(pause, answer));
    }
    return findings;
  }

  private static boolean isQuestion(LedgerEntry entry) {
    return entry.what() == What.MESSAGE_SENT
        && Boolean.TRUE.equals(entry.details().get("question"));
  }

  private static boolean isByTheCustomer(LedgerEntry entry) {
    return !Boolean.TRUE.equals(entry.details().get("automatic"));
  }

  private static PauseFinding withoutQuestion(LedgerEntry pause) {
    return new PauseFinding(
        WITHOUT_QUESTION,
        pause.at(),
        "%s stopped the clocks on %s without a question to the customer"
            .formatted(pause.who(), Timeline.at(pause)));
  }

  private static PauseFinding afterAnswer(LedgerEntry pause, LedgerEntry answer) {
    return new PauseFinding(
        AFTER_ANSWER,
        pause.at(),
        "the wait that began on %s went on although the customer answered on %s"
            .formatted(Timeline.at(pause), Timeline.at(answer)));
  }
}
