package org.escalationpath.audit;

import java.util.Arrays;
import java.util.Locale;
import org.escalationpath.cases.BadInput;

/**
 * What auditors call an exception: something that is allowed and recorded, and that somebody should look at. Each is defined here in
 * a sentence, and found by {@link ExceptionFinder}; pages have the same sentence in the reader's language.
 */
public enum ExceptionKind {

  /** Nobody had taken the case at a tier when that tier was reminded of it. */
  LATE_ACKNOWLEDGEMENT,

  /** Somebody escalated the case and wrote nothing about why. */
  ESCALATION_WITHOUT_NOTE,

  /** The case went up by more than one tier, or past a tier that had nobody. */
  SKIPPED_TIER,

  /** The clocks stood still for the customer though nobody had asked them anything. */
  PAUSE_WITHOUT_QUESTION,

  /** The case was closed, not withdrawn, though no person had written to the customer since it was opened or reopened. */
  CLOSED_WITHOUT_ANSWER,

  /** The priority was lowered after the tier had been reminded and before its limit passed, which gave it more time. */
  PRIORITY_LOWERED_BEFORE_LIMIT,

  /** Who escalated the case also decided it at the tier that it went to. */
  ESCALATED_AND_DECIDED_BY_THE_SAME,

  /** An administrator or process owner changed the case in the engine, or repaired it, past the path's own steps. */
  CHANGED_BY_HAND;

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws BadInput naming what is allowed */
  public static ExceptionKind of(String code) {
    for (var kind : values()) {
      if (kind.toString().equals(code)) {
        return kind;
      }
    }
    var choices =
        String.join(", ", Arrays.stream(values()).map(Object::toString).toList());
    throw new BadInput("exception", "no-choice", "'exception' must be one of " + choices, choices);
  }
}
