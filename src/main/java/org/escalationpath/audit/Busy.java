package org.escalationpath.audit;

import java.util.concurrent.Semaphore;

/** As many do already what holds the database for long as this node lets do it at once. */
public final class Busy extends RuntimeException {

  private Busy(String message) {
    super(message);
  }

  /** Takes one of the places, to be given back by {@link Semaphore#release}. */
  static void take(Semaphore places, String whenNoneIsLeft) {
    if (!places.tryAcquire()) {
      throw new Busy(whenNoneIsLeft);
    }
  }
}
