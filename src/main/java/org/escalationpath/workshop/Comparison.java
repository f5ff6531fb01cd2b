package org.escalationpath.workshop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is different between two versions of a model, a decision or a form: added, removed, changed and moved, in words. */
public final class Comparison {

  private static final Pattern DURATION =
      Pattern.compile("\"?(P(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?)\"?");

  private Comparison() {}

  /**
   * All changes from {@code before} to {@code after}, in the order of the file.
   *
   * @param file its name, which says what it is
   * @throws RuntimeException if one of them cannot be read
   */
  public static List<Change> of(String file, byte[] before, byte[] after) {
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
    if (duration.matches() && !duration.group(1).equals("P")) {
      return duration(Duration.parse(duration.group(1)));
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
