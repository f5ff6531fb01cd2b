package org.escalationpath.imports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log of another system that was or is being brought in.
 *
 * @param id {@code I1}; its cases are numbered {@code I1:4711}
 * @param name of the file
 * @param state {@code running}, {@code interrupted}, {@code failed} or {@code done}
 * @param movedAt when something last went on with it
 * @param rows of the file; 0 until it has been read
 * @param cases in the file; 0 until it has been read
 * @param casesDone how many of them are there
 * @param badRows rows that were not understood and are left out
 * @param problems the first thousand of those; empty in lists
 * @param failure why it failed; null otherwise
 */
public record Import(
    String id,
    String name,
    String state,
    String by,
    Instant begunAt,
    Instant movedAt,
    long rows,
    int cases,
    int casesDone,
    long badRows,
    List<BadRow> problems,
    @Nullable String failure) {

  /** @param line of the file, from 1 */
  public record BadRow(long line, String why) {}
}
