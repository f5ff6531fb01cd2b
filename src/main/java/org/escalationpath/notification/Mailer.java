package org.escalationpath.notification;

/** Hands mails to whoever delivers them. */
interface Mailer {

  /** @throws org.springframework.mail.MailException if the mail could not be handed over */
  void send(Mail mail);
}
