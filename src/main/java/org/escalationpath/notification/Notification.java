package org.escalationpath.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.escalationpath.cases.CaseNumber;
import org.jspecify.annotations.Nullable;

/**
 * One message to one person.
 *
 * @param seq its place among all messages, the order in which they were asked for
 * @param recipient {@code customer} or {@code staff}
 * @param person the user id of a member of staff; none for the customer
 * @param template which text, as the message files name it
 * @param state {@code requested}, {@code bundled} into a digest, {@code delivered}, {@code by-phone} or {@code undelivered}
 */
public record Notification(
    long seq,
    String id,
    CaseNumber caseNumber,
    String recipient,
    @Nullable String person,
    String template,
    Map<String, String> parameters,
    Instant requestedAt,
    String state,
    int attempts,
    @Nullable Instant firstTryAt,
    @Nullable Instant deliveredAt,
    @Nullable String lastError) {

  public static final String CUSTOMER = "customer";
  public static final String STAFF = "staff";

  /** Whether {@code other} is the same message, asked for later and not sent yet. */
  boolean isOnItsWayAgainAs(Notification other) {
    return other.seq > seq
        && other.state.equals("requested")
        && other.template.equals(template)
        && other.recipient.equals(recipient)
        && Objects.equals(other.person, person);
  }

  public boolean isForCustomer() {
    return recipient.equals(CUSTOMER);
  }
}
