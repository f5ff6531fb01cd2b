package org.escalationpath.clocks;

import java.util.Arrays;
import java.util.Locale;

/** What is measured about a case, as the glossary names it. */
public enum ClockKind {

  /** From opening to the first message by a person to the customer. */
  FIRST_RESPONSE,

  /** From the oldest unanswered message of the customer to the next message by a person. */
  NEXT_RESPONSE,

  /** From a message to the customer to the next one: the promise when they hear from us. */
  UPDATE,

  /** From the hand-over to a tier until the case leaves it; each visit has its own. */
  TIER,

  /** From opening until a solution is proposed; runs on after a reopening. */
  RESOLUTION;

  static ClockKind of(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + code + "' is no clock"));
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
