package org.escalationpath.engine;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody of the staff says about a step that does not fit, with the form of the step or from a page.
 *
 * @param definition the id of the process definition, {@code escalation-path:7:0192…}; null where it is about a page
 * @param element the id of the element in that definition
 * @param step what people call the element
 * @param page where it was said, {@code /cases/…}; null where it came with a form
 * @param caseNumber the case it was said about; null where there is none
 * @param text as it was written, not checked
 * @param isAnonymous whether nobody shall learn who said it
 */
public record StepRemark(
    @Nullable String definition,
    @Nullable String element,
    @Nullable String step,
    @Nullable String page,
    @Nullable String caseNumber,
    String text,
    boolean isAnonymous) {

  /** The field of every form that holds the text. */
  public static final String FIELD = "stepDoesNotFit";

  /** The field of every form that asks to keep the name out of it. */
  public static final String ANONYMOUSLY = "anonymously";

  /** Both fields; they are taken out of what a form submits, and no process ever has them as variables. */
  public static final Set<String> FIELDS = Set.of(FIELD, ANONYMOUSLY);

  /**
   * What was said with a form; null where nothing was.
   *
   * @throws IllegalArgumentException if it is no text
   */
  static @Nullable String text(Map<String, Object> submitted) {
    var said = submitted.get(FIELD);
    if (said == null || said instanceof String text && text.isBlank()) {
      return null;
    }
    if (said instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("'" + FIELD + "' must be a text");
  }

  /** Whatever is not a clear no keeps the name out of it. */
  static boolean isAnonymous(Map<String, Object> submitted) {
    var asked = submitted.get(ANONYMOUSLY);
    return asked != null && !asked.equals(false) && !asked.equals("false");
  }
}
