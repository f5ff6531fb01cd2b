package org.escalationpath.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a ledger as it is stored, for those who check, export or continue the chain of its hashes. Codes are not parsed, so that
 * what somebody has made of a row can still be read.
 *
 * @param chain the case's number
 * @param hash null where a node of the version before has written the row and nobody has bound it yet
 */
public record LedgerRow(
    String chain,
    int seq,
    Instant at,
    String who,
    String what,
    @Nullable String fromTier,
    @Nullable String toTier,
    @Nullable String reason,
    @Nullable String trigger,
    @Nullable String noteId,
    @Nullable String noteHash,
    @Nullable String modelVersion,
    @Nullable String details,
    @Nullable String hash) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The row's hash as it must be behind the row with the hash {@code before}. */
  public String hashAfter(@Nullable String before) {
    return Chain.hash(
        before,
        Arrays.asList(
            chain,
            String.valueOf(seq),
            Chain.text(at),
            who,
            what,
            fromTier,
            toTier,
            reason,
            trigger,
            noteId,
            noteHash,
            modelVersion,
            details));
  }

  /** The small facts of the details; none where there are no details. */
  public Map<String, Object> facts() {
    return facts(details);
  }

  static Map<String, Object> facts(@Nullable String details) {
    try {
      return details == null ? Map.of() : JSON.readValue(details, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A ledger entry's details are no JSON: " + details, e);
    }
  }

  LedgerRow bound(String hash) {
    return new LedgerRow(
        chain,
        seq,
        at,
        who,
        what,
        fromTier,
        toTier,
        reason,
        trigger,
        noteId,
        noteHash,
        modelVersion,
        details,
        hash);
  }

  /** Reads {@code l.*} of the table {@code ledger}. */
  public static LedgerRow read(ResultSet row) throws SQLException {
    return new LedgerRow(
        row.getString("case_number"),
        row.getInt("seq"),
        Rows.required(Rows.instant(row, "at")),
        row.getString("who"),
        row.getString("what"),
        row.getString("from_tier"),
        row.getString("to_tier"),
        row.getString("reason"),
        row.getString("trigger_kind"),
        row.getString("note_id"),
        row.getString("note_hash"),
        row.getString("model_version"),
        row.getString("details"),
        row.getString("hash"));
  }
}
