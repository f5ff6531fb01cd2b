package org.escalationpath.cases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows are bound to the rows before them, so that no row can be changed, taken out or put in without all later hashes being
 * wrong. A row's hash is the SHA-256, in lower-case hexadecimal, of the hash before it and the row's fields, each written as a
 * netstring (<a href="https://cr.yp.to/proto/netstrings.txt">D. J. Bernstein</a>): its length in bytes of UTF-8, a colon, the bytes,
 * a comma; what is null is {@code -,}. Instants are written in UTC with milliseconds, {@code 2026-11-23T09:00:00.000Z}.
 */
public final class Chain {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Chain() {}

  /**
   * The hash of the row with these fields that follows the row with the hash {@code before}.
   *
   * @param before null for the first row of a chain
   */
  public static String hash(@Nullable String before, List<@Nullable String> fields) {
    var digest = digest();
    add(digest, before);
    fields.forEach(field -> add(digest, field));
    return hex(digest);
  }

  /** One more field, where a hash covers too many to hold them all. */
  public static void add(MessageDigest digest, @Nullable String field) {
    if (field == null) {
      digest.update(new byte[] {'-', ','});
      return;
    }
    var bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    digest.update((byte) ',');
  }

  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of some bytes, in lower-case hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** The SHA-256 of a salt followed by what somebody wrote; without the salt nobody can guess the text from it. */
  public static String saltedSha256(String salt, String text) {
    return sha256((salt + text).getBytes(StandardCharsets.UTF_8));
  }

  /** As hashed rows and exports write an instant. */
  public static String text(Instant instant) {
    return INSTANT.format(instant);
  }

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
