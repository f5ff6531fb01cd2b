package org.escalationpath.intake;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Customer;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.NewCase;
import org.escalationpath.cases.Reason;
import org.jspecify.annotations.Nullable;

/** Reads and checks what somebody tells us when they open a case, whether by form or by REST. */
public final class CaseForm {

  public static final int LONGEST_DESCRIPTION = 10_000;

  private static final Pattern EMAIL = Pattern.compile(
      "[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{3,49}");
  private static final Set<String> CHANNELS = Set.of("email", "phone");
  private static final Set<String> SEVERITIES = Set.of("critical", "high", "normal", "low");

  private final Map<String, ?> fields;

  /** The channel of cases that come in by the public form. */
  public static final String WEB = "web";

  private CaseForm(Map<String, ?> fields) {
    this.fields = fields;
  }

  /**
   * @param fields {@code customerName, customerEmail, customerPhone, language, preferredChannel, segment, subject, description,
   *     category, product, severity, reason, channel, externalId, neededBy}
   * @throws BadInput naming the field and what to change
   */
  public static NewCase read(Map<String, ?> fields) {
    return new CaseForm(fields).read();
  }

  /** Everything that is wrong with what somebody tells us, by the name of its field. */
  public static Map<String, BadInput> mistakes(Map<String, ?> fields) {
    var form = new CaseForm(fields);
    var parts = new LinkedHashMap<String, Runnable>();
    parts.put("customerName", form::name);
    parts.put("customerEmail", form::email);
    parts.put("customerPhone", form::phone);
    parts.put("subject", form::subject);
    parts.put("description", form::description);
    var mistakes = new LinkedHashMap<String, BadInput>();
    parts.forEach((field, part) -> {
      try {
        part.run();
      } catch (BadInput e) {
        mistakes.put(field, e);
      }
    });
    return mistakes;
  }

  private NewCase read() {
    return new NewCase(
        customer(),
        subject(),
        description(),
        word("category", 60),
        word("product", 60),
        oneOf("severity", SEVERITIES),
        reason(),
        orElse(word("channel", 20), "api"),
        word("externalId", 100),
        neededBy());
  }

  private Customer customer() {
    return new Customer(
        name(),
        email(),
        phone(),
        language(),
        oneOf("preferredChannel", CHANNELS),
        word("segment", 40));
  }

  private String subject() {
    return FreeText.requireLine("subject", fields.get("subject"), 200);
  }

  private String description() {
    return FreeText.require("description", fields.get("description"), LONGEST_DESCRIPTION);
  }

  private String name() {
    return FreeText.requireLine("customer name", fields.get("customerName"), 200);
  }

  private String email() {
    return matching(
        "customer email",
        FreeText.requireLine("customer email", fields.get("customerEmail"), 254),
        EMAIL,
        "a single address like name@example.org");
  }

  private @Nullable String language() {
    var language = word("language", 10);
    return language == null
        ? null
        : matching("language", language, LANGUAGE, "a language tag like en or de");
  }

  private @Nullable String phone() {
    var phone = word("customerPhone", 50);
    return phone == null
        ? null
        : matching("customer phone", phone, PHONE, "a number like +49 30 123456");
  }

  private @Nullable Reason reason() {
    var reason = word("reason", 40);
    return reason == null ? null : Reason.of(reason);
  }

  private @Nullable Instant neededBy() {
    var text = word("neededBy", 40);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInput(
          "neededBy", "no-instant", "'neededBy' must be an instant like 2026-11-23T12:00:00Z");
    }
  }

  private @Nullable String word(String field, int longest) {
    var text = FreeText.optional(field, fields.get(field), longest);
    return text == null ? null : FreeText.requireLine(field, text, longest);
  }

  private @Nullable String oneOf(String field, Set<String> allowed) {
    var text = word(field, 40);
    if (text != null && !allowed.contains(text)) {
      var choices = String.join(", ", allowed.stream().sorted().toList());
      throw new BadInput(
          field, "no-choice", "'%s' must be one of %s".formatted(field, choices), choices);
    }
    return text;
  }

  private static String matching(String field, String text, Pattern pattern, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new BadInput(field, "wrong-form", "'%s' must be %s".formatted(field, expected));
    }
    return text;
  }

  private static <T> @Nullable T orElse(@Nullable T value, @Nullable T otherwise) {
    return value == null ? otherwise : value;
  }
}
