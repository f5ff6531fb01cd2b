package org.escalationpath.desk;

/** A private link is wrong, unknown or no longer valid; which of these is not told. */
class NoSuchLink extends RuntimeException {

  NoSuchLink() {
    super("This link is not valid, or not any more. Please use the newest one from our mails.");
  }
}
