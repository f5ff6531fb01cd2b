package org.escalationpath.notification;

/** Where mails go in the demo, which has no mail server: nowhere. Everything that was asked for can be read in the {@link Outbox}. */
class NoMailServer implements Mailer {

  @Override
  public void send(Mail mail) {}
}
