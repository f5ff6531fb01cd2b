package org.escalationpath.workshop;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of a file beside each other.
 *
 * @param file its name, without a folder
 * @param before null where there is none to compare with
 * @param changes in words; empty where nothing is different
 */
public record Compared(String file, @Nullable Side before, Side after, List<Change> changes) {

  /**
   * One of the two.
   *
   * @param label the version, as {@code escalation-path:7}; null where it is not deployed
   * @param content the file as Base64
   * @param sheets what is in it, if it is a decision or a form that can be read; a model is drawn
   */
  public record Side(@Nullable String label, String content, List<Sheet> sheets) {

    static Side of(@Nullable String label, String file, byte[] content) {
      return new Side(label, Base64.getEncoder().encodeToString(content), sheets(file, content));
    }

    private static List<Sheet> sheets(String file, byte[] content) {
      try {
        return content.length > Library.LARGEST_FILE ? List.of() : Sheet.of(file, content);
      } catch (RuntimeException | StackOverflowError unreadable) {
        return List.of(); // the findings say so
      }
    }

    byte[] read() {
      return Base64.getDecoder().decode(content);
    }

    private Side renamed(Map<String, String> names) {
      return new Side(
          label, content, sheets.stream().map(each -> each.renamed(names)).toList());
    }

    private Side marked(Side other, List<Change> changes) {
      return new Side(
          label,
          content,
          sheets.stream().map(each -> each.marked(other.sheets, changes)).toList());
    }
  }

  /** A file alone: one that is new, or of which there is no other version. */
  static Compared alone(String file, Side after, List<Change> changes) {
    return new Compared(file, null, after, changes);
  }

  static Compared of(String file, Side before, Side after) {
    var comparison = comparison(file, before.read(), after.read());
    var changes = comparison.changes();
    var named = before.renamed(comparison.renamed());
    return new Compared(file, named.marked(after, changes), after.marked(named, changes), changes);
  }

  private static Comparison comparison(String file, byte[] before, byte[] after) {
    try {
      return Comparison.of(file, before, after);
    } catch (RuntimeException | StackOverflowError unreadable) {
      return new Comparison(
          List.of(new Change(
              Change.Kind.CHANGED, null, "it cannot be read, so what changes cannot be told")),
          Map.of());
    }
  }

  /** Whether there was no such file before. */
  public boolean isNew() {
    return before == null && changes.isEmpty();
  }

  public boolean isModel() {
    return Library.ending(file).equals("bpmn");
  }
}
