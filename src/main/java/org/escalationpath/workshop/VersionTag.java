package org.escalationpath.workshop;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the version tags of two versions of a model say about the cases that run: a patch takes them along by itself, a minor change when an
 * owner says where to, a major one never. Tags are {@code major.minor.patch}, as in Semantic Versioning 2.0.0.
 */
final class VersionTag {

  private static final Pattern TAG = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

  /** How far apart two versions are. */
  enum Change {
    PATCH,
    MINOR,
    MAJOR,

    /** One of them has no tag that says so. */
    UNKNOWN
  }

  private VersionTag() {}

  static Change change(@Nullable String before, @Nullable String after) {
    var old = TAG.matcher(before == null ? "" : before.strip());
    var now = TAG.matcher(after == null ? "" : after.strip());
    if (!old.matches() || !now.matches()) {
      return Change.UNKNOWN;
    }
    if (!old.group(1).equals(now.group(1))) {
      return Change.MAJOR;
    }
    return old.group(2).equals(now.group(2)) ? Change.PATCH : Change.MINOR;
  }
}
