package org.escalationpath.cases;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has the problem.
 *
 * @param language an IETF tag, {@code de}
 * @param preferredChannel how they like to hear from us, {@code email} or {@code phone}
 * @param segment the kind of customer that service levels may differ by, {@code standard}
 */
public record Customer(
    String name,
    String email,
    @Nullable String phone,
    String language,
    String preferredChannel,
    String segment) {

  public Locale locale() {
    return Locale.forLanguageTag(language);
  }
}
