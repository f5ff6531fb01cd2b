package org.escalationpath.escalation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What whoever takes a case over reads first, so that they need not read the whole conversation.
 *
 * @param ask what the customer wants
 * @param since what they have written since the sender confirmed the brief; null if nothing
 * @param why why the case is where it is
 * @param tried what was tried
 * @param promised what the customer was promised
 * @param deadline until when the tier has time, in words
 * @param confirmedBy who handed the case over and confirmed this; null where it was only built automatically
 */
public record Brief(
    String ask,
    @Nullable String since,
    String why,
    String tried,
    String promised,
    Mood mood,
    String deadline,
    @Nullable String confirmedBy,
    @Nullable Instant confirmedAt) {

  /**
   * What the sender of a hand-over says about the case; what is null is left to be built automatically.
   *
   * @param ask at most 2,000 characters, as the others
   */
  public record Confirmed(
      @Nullable String ask,
      @Nullable String tried,
      @Nullable String promised,
      @Nullable Mood mood) {}
}
