package org.escalationpath.workshop;

import org.jspecify.annotations.Nullable;

/**
 * Something that is different between two versions of a file.
 *
 * @param element the id of the element, rule or field; null where the whole file is meant
 * @param words what changed, in a sentence for owners
 */
public record Change(Kind kind, @Nullable String element, String words) {

  /** What happened to the element. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,

    /** Drawn elsewhere, and the same in all else. */
    MOVED
  }
}
