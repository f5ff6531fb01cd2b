package org.escalationpath.notification;

/**
 * A rendered message.
 *
 * @param messageId without angle brackets; a retry repeats it
 * @param to one address
 * @param link the private link in it
 */
public record Mail(
    String messageId,
    String to,
    String toName,
    String subject,
    String text,
    String html,
    String link) {}
