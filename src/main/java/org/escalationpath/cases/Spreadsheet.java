package org.escalationpath.cases;

import org.jspecify.annotations.Nullable;

/** What people wrote, as it may stand in a file that a spreadsheet opens. */
public final class Spreadsheet {

  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private Spreadsheet() {}

  /** The text, with an apostrophe before it where a spreadsheet would take it for a formula; empty for null. */
  public static String harmless(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    return FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
