package org.escalationpath.workshop;

import java.util.Set;
import java.util.regex.Pattern;
import org.escalationpath.engine.Steps;

/**
 * What models may lean on besides one another.
 *
 * @param groups that people can be in, tiers besides
 * @param calendars that clocks can count by
 * @param messages the names of messages' texts
 */
record Surroundings(Steps steps, Set<String> groups, Set<String> calendars, Set<String> messages) {

  /** Whether there is a text for {@code template}, which may have expressions in it. */
  boolean hasMessage(String template) {
    var pattern =
        Pattern.compile(Pattern.quote(template).replaceAll("\\$\\{[^}]*}", "\\\\E.+\\\\Q"));
    return messages.stream().anyMatch(name -> pattern.matcher(name).matches());
  }
}
