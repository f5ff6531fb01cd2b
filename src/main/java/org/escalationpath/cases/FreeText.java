package org.escalationpath.cases;

import org.jspecify.annotations.Nullable;

/** Checks of what people write, with an answer that says what to change. */
public final class FreeText {

  private FreeText() {}

  /**
   * The text without blanks around it.
   *
   * @throws BadInput if it is missing, too long, or holds characters that no keyboard writes
   */
  public static String require(String field, @Nullable Object value, int longest) {
    var text = optional(field, value, longest);
    if (text == null) {
      throw new BadInput(field, "missing", "'" + field + "' is missing; please fill it in");
    }
    return text;
  }

  /** As {@link #require}, but may be missing or blank. */
  public static @Nullable String optional(String field, @Nullable Object value, int longest) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String given)) {
      throw new BadInput(field, "no-text", "'" + field + "' must be a text");
    }
    var text = given.strip();
    if (text.length() > longest) {
      throw new BadInput(
          field,
          "too-long",
          "'%s' has %d characters; at most %d are allowed".formatted(field, text.length(), longest),
          text.length(),
          longest);
    }
    if (text.codePoints().anyMatch(FreeText::isNoText)) {
      throw new BadInput(
          field,
          "control-characters",
          "'" + field + "' holds control characters or broken letters; remove them");
    }
    return text.isEmpty() ? null : text;
  }

  /** As {@link #require}, on one line: nothing that could start another header of a mail. */
  public static String requireLine(String field, @Nullable Object value, int longest) {
    var text = require(field, value, longest);
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new BadInput(field, "single-line", "'" + field + "' must be a single line");
    }
    return text;
  }

  private static boolean isNoText(int character) {
    return Character.getType(character) == Character.SURROGATE
        || Character.isISOControl(character)
            && character != '\n'
            && character != '\r'
            && character != '\t';
  }
}
