package org.escalationpath.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.escalationpath.cases.Chain;
import org.jspecify.annotations.Nullable;

/**
 * One seal over all rows that were written since the one before. Its root is the SHA-256 over the netstrings of the root before it
 * (none for the first), its number, its instant and the number of its rows, and then of the chain, the place and the hash of each of
 * its rows, sorted by chain and place. Whoever keeps a root outside can tell whether anything before it has changed.
 *
 * @param no from 1, without gaps
 * @param rows how many rows it covers
 */
public record Seal(int no, Instant sealedAt, int rows, String root) {

  /** The day, in UTC, that the seal belongs to; the last seal of a day is the day's. */
  @JsonIgnore
  public LocalDate day() {
    return sealedAt.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** The beginning of a root, to which the rows are to be added by {@link #add}. */
  static MessageDigest begin(@Nullable String rootBefore, int no, Instant sealedAt, int rows) {
    var digest = Chain.digest();
    Chain.add(digest, rootBefore);
    Chain.add(digest, String.valueOf(no));
    Chain.add(digest, Chain.text(sealedAt));
    Chain.add(digest, String.valueOf(rows));
    return digest;
  }

  static void add(MessageDigest digest, String chain, int seq, String hash) {
    Chain.add(digest, chain);
    Chain.add(digest, String.valueOf(seq));
    Chain.add(digest, hash);
  }
}
