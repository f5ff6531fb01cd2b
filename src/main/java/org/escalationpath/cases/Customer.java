package org.escalationpath.cases;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has the problem.
 *
 * <p>Language, channel and segment may be null in what somebody tells us about a customer: then what is known stays, or English,
 * e-mail and standard are assumed. A customer that was read from the database has all three.
 *
 * @param language an IETF tag, {@code de}
 * @param preferredChannel how they like to hear from us, {@code email} or {@code phone}
 * @param segment the kind of customer that service levels may differ by, {@code standard}
 */
public record Customer(
    String name,
    String email,
    @Nullable String phone,
    @Nullable String language,
    @Nullable String preferredChannel,
    @Nullable String segment) {

  public Locale locale() {
    return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
  }
}
