package org.escalationpath.demo;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A case and what happens to it.
 *
 * @param opening the fields of the form
 * @param events in order; the first opens the case
 */
record Story(Map<String, String> opening, List<Event> events) {

  private static final Pattern LINE = Pattern.compile(
      "(?:(-?\\d+) (\\d\\d:\\d\\d)|now-(\\d+)min) (\\w+) ([a-z-]+)(?: ([^:]*?))?(?:: (.*))?");

  /**
   * What somebody does.
   *
   * @param day working days before the last whole one; null where {@code minutesAgo} says when
   * @param who {@code agent, lead, manager, director, owner} or {@code customer}
   * @param how words that say more: a reason, a rating
   * @param text what they write
   */
  record Event(
      @Nullable Integer day,
      @Nullable LocalTime time,
      @Nullable Integer minutesAgo,
      String who,
      String what,
      List<String> how,
      String text) {

    /** @param line {@code -5 10:20 agent escalates complex-problem: The note}, or {@code now-40min customer opens} */
    static Event parse(String line) {
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("No event of a story: " + line);
      }
      var how = parts.group(6);
      var text = parts.group(7);
      return new Event(
          parts.group(1) == null ? null : Integer.valueOf(parts.group(1)),
          parts.group(2) == null ? null : LocalTime.parse(parts.group(2)),
          parts.group(3) == null ? null : Integer.valueOf(parts.group(3)),
          parts.group(4),
          parts.group(5),
          how == null || how.isBlank() ? List.of() : List.of(how.split(" ")),
          text == null ? "" : text);
    }

    String how(int position, String otherwise) {
      return how.size() > position ? how.get(position) : otherwise;
    }
  }
}
