package org.escalationpath.desk;

import java.util.List;
import org.escalationpath.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * A chart with what it says: the picture is drawn by a script from its data, the table is there for everybody.
 *
 * @param id of the chart on its page; its name is the text {@code chart.<id>}
 * @param finding in one sentence, in the reader's language
 * @param metrics what it is made of, for its definitions
 * @param n how many observations
 * @param isFew whether these are so few that the chart is grey
 * @param data what {@code dashboard.js} draws, as JSON; null for nothing
 */
record Chart(
    String id,
    String finding,
    List<Metric> metrics,
    long n,
    boolean isFew,
    @Nullable String data,
    List<String> head,
    List<List<Cell>> rows) {

  /**
   * A cell of a table.
   *
   * @param link where the rows behind a number are listed; null for none
   */
  record Cell(String text, @Nullable String link) {

    static Cell of(Object text) {
      return new Cell(String.valueOf(text), null);
    }
  }
}
