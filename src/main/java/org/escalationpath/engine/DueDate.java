package org.escalationpath.engine;

import java.time.Instant;

/** Due dates of the engine's timers. */
public final class DueDate {

  /** Of what must not happen while a case waits: a timer without a date would be due at once, a suspended one can be resumed by hand. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private DueDate() {}
}
