package org.escalationpath.workshop;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is different between two versions of a model, a decision or a form: added, removed, changed and moved, in words.
 *
 * @param changes in the order of the file
 * @param renamed the ids that the same things have now, by those that they had: rules that were written anew, and a form
 */
record Comparison(List<Change> changes, Map<String, String> renamed) {

  private static final Pattern DURATION =
      Pattern.compile("\"?(P(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?)\"?");

  /**
   * Compares {@code before} with {@code after}.
   *
   * @param file its name, which says what it is
   * @throws RuntimeException if one of them cannot be read
   */
  static Comparison of(String file, byte[] before, byte[] after) {
    if (Math.max(before.length, after.length) > Library.LARGEST_FILE) {
      throw new IllegalArgumentException("'%s' is too large to be compared".formatted(file));
    }
    return switch (Library.ending(file)) {
      case "bpmn" ->
        new DrawingChanges(Drawing.read(file, before), Drawing.read(file, after)).all();
      case "dmn" -> new TableChanges(Table.read(file, before), Table.read(file, after)).all();
      case "form" -> new FormChanges(Form.read(file, before), Form.read(file, after)).all();
      default -> throw new IllegalArgumentException("'" + file + "' is no model, decision or form");
    };
  }

  /** A cell without quotes, a duration as people write it: {@code 4 h}. */
  static String plain(String cell) {
    var duration = DURATION.matcher(cell.trim());
    if (duration.matches()) {
      try {
        return duration(Duration.parse(duration.group(1)));
      } catch (DateTimeParseException e) {
        return duration.group(1); // it looks like one; the findings say what is wrong with it
      }
    }
    return cell.isBlank() ? "nothing" : cell.trim().replaceAll("^\"([^\"]*)\"$", "$1");
  }

  private static String duration(Duration duration) {
    var parts = new ArrayList<String>();
    if (duration.toDaysPart() > 0 && duration.toHoursPart() == 0) {
      parts.add(duration.toDaysPart() + " d");
    } else if (duration.toHours() > 0) {
      parts.add(duration.toHours() + " h");
    }
    if (duration.toMinutesPart() > 0) {
      parts.add(duration.toMinutesPart() + " min");
    }
    if (duration.toSecondsPart() > 0) {
      parts.add(duration.toSecondsPart() + " s");
    }
    return parts.isEmpty() ? "0" : String.join(" ", parts);
  }
}
