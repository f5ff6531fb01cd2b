package org.escalationpath.clocks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.AwaitedParty;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;

/**
 * A pause that is not what it should be: nobody had asked the customer anything, or it ran on after the customer had answered.
 *
 * @param kind {@code pause-without-question} or {@code pause-after-answer}
 * @param from when the pause began
 * @param isLasting whether that pause still lasts
 */
public record PauseFinding(
    String kind,
    Instant from,
    String text,
    @JsonProperty("lasting") boolean isLasting) {

  /** An answer and the end of its wait are two entries of one command, which takes a moment. */
  private static final Duration A_MOMENT = Duration.ofMinutes(1);

  public static final String WITHOUT_QUESTION = "pause-without-question";
  public static final String AFTER_ANSWER = "pause-after-answer";

  /** What a ledger tells of bad pauses, in order. */
  public static List<PauseFinding> of(List<LedgerEntry> ledger) {
    var findings = new ArrayList<PauseFinding>();
    var isAsked = false;
    LedgerEntry pause = null;
    LedgerEntry answer = null;
    for (var entry : ledger) {
      if (entry.awaited() == AwaitedParty.THIRD_PARTY) {
        continue;
      }
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
      } else if (ends(entry.what()) && pause != null) {
        if (answer != null && entry.at().isAfter(answer.at().plus(A_MOMENT))) {
          findings.add(afterAnswer(pause, answer, false));
        }
        findings.replaceAll(PauseFinding::over);
        pause = null;
        answer = null;
        isAsked = false;
      }
    }
    if (answer != null) {
      findings.add(afterAnswer(pause, answer, true));
    }
    return findings;
  }

  private static PauseFinding over(PauseFinding finding) {
    return new PauseFinding(finding.kind(), finding.from(), finding.text(), false);
  }

  private static boolean ends(What what) {
    return switch (what) {
      case RESUMED, SOLUTION_PROPOSED, CLOSED, CLOSED_UNRESOLVED, WITHDRAWN -> true;
      default -> false;
    };
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
            .formatted(pause.who(), Timeline.at(pause)),
        true);
  }

  private static PauseFinding afterAnswer(
      LedgerEntry pause, LedgerEntry answer, boolean isLasting) {
    return new PauseFinding(
        AFTER_ANSWER,
        pause.at(),
        "the wait that began on %s went on although the customer answered on %s"
            .formatted(Timeline.at(pause), Timeline.at(answer)),
        isLasting);
  }
}
