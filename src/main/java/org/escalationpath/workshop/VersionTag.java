package org.escalationpath.workshop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the version tags of two versions of a model say about the cases that run: a patch takes them along by itself, a minor change when an
 * owner says where to, a major one never. Tags are {@code major.minor.patch}, as in Semantic Versioning 2.0.0.
 */
final class VersionTag {

  private static final Pattern TAG = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

  /** How far apart two versions are. */
  enum Change {
    PATCH,
    MINOR,
    MAJOR,

    /** One of them has no tag that says so, or the tag was not raised. */
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
    if (!old.group(2).equals(now.group(2))) {
      return Change.MINOR;
    }
    return patch(now) > patch(old) ? Change.PATCH : Change.UNKNOWN;
  }

  private static long patch(Matcher tag) {
    return tag.group(3) == null ? 0 : Long.parseLong(tag.group(3));
  }
}
