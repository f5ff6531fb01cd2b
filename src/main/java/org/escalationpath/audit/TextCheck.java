package org.escalationpath.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether notes, messages and files are those whose hashes the ledger holds. They may be missing only where the ledger says, later,
 * that they were erased.
 */
@Component
class TextCheck {

  private final JdbcClient jdbc;

  TextCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Checks the cases whose numbers lie between two, both included; of their files it holds one at a time. */
  void check(String first, String last, Verifier verifier) {
    var erased = erased(first, last);
    checkNotes(first, last, erased, verifier);
    checkMessages(first, last, erased, verifier);
  }

  private Set<String> erased(String first, String last) {
    return new HashSet<>(jdbc.sql("""
        select distinct case_number from ledger where case_number between :first and :last and what = :erased
        """)
        .param("first", first)
        .param("last", last)
        .param("erased", What.ERASED.toString())
        .query(String.class)
        .list());
  }

  private void checkNotes(String first, String last, Set<String> erased, Verifier verifier) {
    jdbc.sql("""
        select l.case_number, l.seq, l.note_hash, n.text, n.salt
          from ledger l
          left join note n on n.id = l.note_id
         where l.case_number between :first and :last and l.note_id is not null
         order by l.case_number, l.seq
        """).param("first", first).param("last", last).query(row -> {
      compare(
          row.getString("case_number"),
          row.getInt("seq"),
          "note",
          row.getString("note_hash"),
          row.getString("text") == null
              ? null
              : Chain.saltedSha256(row.getString("salt"), row.getString("text")),
          erased,
          verifier);
    });
  }

  /** Messages and their files are named in the details of the rows about them. */
  private void checkMessages(String first, String last, Set<String> erased, Verifier verifier) {
    var hashes = messageHashes(first, last);
    var files = fileHashes(first, last);
    jdbc.sql("""
        select l.* from ledger l
         where l.case_number between :first and :last and l.details like '%"sha256"%'
         order by l.case_number, l.seq
        """).param("first", first).param("last", last).query(row -> {
      var ledgerRow = LedgerRow.read(row);
      var facts = factsOf(ledgerRow);
      if (facts.get(Conversation.MESSAGE) instanceof Number id) {
        compare(
            ledgerRow.chain(),
            ledgerRow.seq(),
            "message",
            String.valueOf(facts.get(Conversation.SHA256)),
            hashes.get(id.longValue()),
            erased,
            verifier);
        if (facts.get(Attachments.HASHES) instanceof Iterable<?> ofFiles) {
          var kept = files.getOrDefault(id.longValue(), Set.of());
          ofFiles.forEach(hash -> {
            if (!kept.contains(hash)) {
              compare(ledgerRow.chain(), ledgerRow.seq(), "file", "", null, erased, verifier);
            }
          });
        }
      }
    });
  }

  /** What somebody has made unreadable does not fit its hash, which is said elsewhere. */
  private static Map<String, Object> factsOf(LedgerRow row) {
    try {
      return row.facts();
    } catch (IllegalStateException e) {
      return Map.of();
    }
  }

  private Map<Long, String> messageHashes(String first, String last) {
    var hashes = new HashMap<Long, String>();
    jdbc.sql("""
        select id, salt, text from message where case_number between :first and :last and salt is not null
        """).param("first", first).param("last", last).query(row -> {
      hashes.put(
          row.getLong("id"), Chain.saltedSha256(row.getString("salt"), row.getString("text")));
    });
    return hashes;
  }

  private Map<Long, Set<String>> fileHashes(String first, String last) {
    var hashes = new HashMap<Long, Set<String>>();
    jdbc.sql("""
        select id, message_id from attachment
         where case_number between :first and :last and message_id is not null
        """)
        .param("first", first)
        .param("last", last)
        .query((row, index) -> new File(row.getString("id"), row.getLong("message_id")))
        .list()
        .forEach(file ->
            hashes.computeIfAbsent(file.message(), key -> new HashSet<>()).add(hashOf(file.id())));
    return hashes;
  }

  private record File(String id, long message) {}

  private String hashOf(String id) {
    return jdbc.sql("select content from attachment where id = :id")
        .param("id", id)
        .query((row, index) -> Chain.sha256(row.getBytes("content")))
        .single();
  }

  private static void compare(
      String chain,
      int seq,
      String thing,
      String recorded,
      @Nullable String found,
      Set<String> erased,
      Verifier verifier) {
    if (found == null && !erased.contains(chain)) {
      verifier.add(
          chain,
          seq,
          "text-missing",
          "The %s of row %d is missing or another, and nothing says that it was erased"
              .formatted(thing, seq));
    } else if (found != null && !found.equals(recorded)) {
      verifier.add(
          chain, seq, "text-changed", "The %s of row %d has been changed".formatted(thing, seq));
    }
  }
}
