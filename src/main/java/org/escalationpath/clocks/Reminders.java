package org.escalationpath.clocks;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * At which points of a limit we remind, as the policy writes them: a duration before its end ({@code PT1H}), a part of it ({@code
 * 75%}), or several of both ({@code 50%, PT1H}). Empty for none.
 */
record Reminders(String text) {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}|100)%");

  /**
   * Working time from the start to each point, in order; none is before the start or after the end.
   *
   * @throws IllegalArgumentException if a point cannot be read
   */
  List<Duration> of(Duration limit) {
    var points = new ArrayList<Duration>();
    Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(point -> !point.isEmpty())
        .forEach(point -> points.add(point(point, limit)));
    return points.stream().distinct().sorted().toList();
  }

  private static Duration point(String point, Duration limit) {
    var percent = PERCENT.matcher(point);
    if (percent.matches()) {
      return Duration.ofSeconds(limit.toSeconds() * Integer.parseInt(percent.group(1)) / 100);
    }
    try {
      var before = Duration.parse(point);
      if (before.isNegative()) {
        throw new IllegalArgumentException("The reminder '" + point + "' is negative");
      }
      return before.compareTo(limit) > 0 ? Duration.ZERO : limit.minus(before);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "The reminder '%s' is neither a duration like PT1H nor a part like 75%%".formatted(point),
          e);
    }
  }
}
