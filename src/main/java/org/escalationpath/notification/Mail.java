package org.escalationpath.notification;

import org.jspecify.annotations.Nullable;

/**
 * A rendered message.
 *
 * @param messageId without angle brackets; a retry repeats it
 * @param to one address
 * @param link the private link in it
 * @param file that comes with it; null for none
 */
public record Mail(
    String messageId,
    String to,
    String toName,
    String subject,
    String text,
    String html,
    String link,
    @Nullable File file) {

  /** @param name {@code dashboard.pdf} */
  public record File(String name, String type, byte[] content) {}

  /** A message without a file. */
  public Mail(
      String messageId,
      String to,
      String toName,
      String subject,
      String text,
      String html,
      String link) {
    this(messageId, to, toName, subject, text, html, link, null);
  }
}
