package org.escalationpath.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One contribution to a case's conversation.
 *
 * @param author who speaks: {@code customer} or {@code agent}
 * @param person the agent's user id; none for the customer
 * @param isPublic whether the customer sees it; the others are internal notes
 */
public record Message(
    long id,
    String author,
    @Nullable String person,
    boolean isPublic,
    String text,
    Instant writtenAt) {

  public static final String CUSTOMER = "customer";
  public static final String AGENT = "agent";

  public boolean isFromCustomer() {
    return author.equals(CUSTOMER);
  }
}
