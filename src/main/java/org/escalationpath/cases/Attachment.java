package org.escalationpath.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody added to a case; its content is read apart.
 *
 * @param messageId the message it came with; none where it came with the opening of the case
 * @param type what its content is, whatever its name says
 * @param size in bytes
 * @param addedBy a user id or {@code customer}
 * @param isPublic whether the customer may see it: those of internal notes are for staff only
 */
public record Attachment(
    String id,
    CaseNumber caseNumber,
    @Nullable Long messageId,
    String name,
    String type,
    int size,
    String addedBy,
    Instant addedAt,
    boolean isPublic) {

  /** {@code 1.4 MB}, {@code 12 kB}. */
  public String sizeText() {
    return size >= 1_000_000
        ? String.format(java.util.Locale.ROOT, "%.1f MB", size / 1_000_000.0)
        : Math.max(1, size / 1_000) + " kB";
  }
}
