package org.escalationpath.workshop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or doubtful, in a model, a decision table or a form.
 *
 * @param file where it is
 * @param element the id of the element; null where the whole file is meant
 * @param label what people read on the element; its type where it has no name
 * @param facts what the rule's sentence has in its places
 */
public record Finding(
    Rule rule, String file, @Nullable String element, String label, Object[] facts) {

  static Finding of(
      Rule rule, String file, @Nullable String element, String label, Object... facts) {
    return new Finding(rule, file, element, label, facts);
  }

  public Severity severity() {
    return rule.severity();
  }

  /** What is wrong: a sentence about the element. */
  public String what() {
    return rule.what(facts);
  }

  /** Why it matters. */
  public String why() {
    return rule.why(facts);
  }

  /** What to do about it. */
  public String remedy() {
    return rule.remedy(facts);
  }

  /** The element as a reader finds it: {@code 'Resolve at team lead' (userTask_resolveAtTeamLead)}. */
  public String place() {
    return element == null ? label : "'%s' (%s)".formatted(label, element);
  }

  @Override
  public String toString() {
    return "%s %s: %s %s. %s %s".formatted(rule.code(), file, place(), what(), why(), remedy());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Finding finding && finding.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {rule, file, element});
  }
}
