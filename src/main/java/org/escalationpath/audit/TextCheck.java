package org.escalationpath.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Openings;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether what cases were opened with, notes, messages and files are those whose hashes the ledger holds, and no others. They may be
 * missing only where the ledger says, later, that they were erased.
 */
@Component
class TextCheck {

  private static final List<String> ABOUT_MESSAGES = List.of(
      What.MESSAGE_RECEIVED.toString(),
      What.MESSAGE_SENT.toString(),
      What.NOTE_ADDED.toString(),
      What.SOLUTION_PROPOSED.toString());

  /** Details of rows about what was said on the phone or mailed by the system, which no message stands for. */
  private static final Set<String> WITHOUT_MESSAGE = Set.of("template", "callBack");

  private final JdbcClient jdbc;

  TextCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Checks the cases whose numbers lie between two, both included; of their files it holds one at a time. */
  void check(String first, String last, Verifier verifier) {
    new Range(first, last, verifier).check();
  }

  /**
   * A message as it is stored.
   *
   * @param salt null where it was erased, or a version without salts has written it
   */
  private record Stored(String chain, @Nullable String salt, Message message) {

    static Stored read(ResultSet row, int index) throws SQLException {
      return new Stored(
          row.getString("case_number"), row.getString("salt"), Conversation.read(row, index));
    }
  }

  private final class Range {

    private final String first;
    private final String last;
    private final Verifier verifier;
    private final Map<String, Integer> erased = new HashMap<>();
    private final Map<String, String> openings = new HashMap<>();
    private final Map<Long, Stored> messages = new LinkedHashMap<>();
    private final Map<Long, List<String>> files = new HashMap<>();
    private final Map<String, List<String>> filesOfOpenings = new HashMap<>();
    private final Map<String, Integer> rowsThatNameNoMessage = new HashMap<>();

    Range(String first, String last, Verifier verifier) {
      this.first = first;
      this.last = last;
      this.verifier = verifier;
    }

    private JdbcClient.StatementSpec select(String statement) {
      return jdbc.sql(statement).param("first", first).param("last", last);
    }

    void check() {
      read();
      checkNotes();
      checkRows();
      messages.values().forEach(this::mustBeOfBefore);
    }

    private void read() {
      select("""
          select case_number, max(seq) as seq from ledger
           where case_number between :first and :last and what = :erased
           group by case_number
          """).param("erased", What.ERASED.toString()).query(row -> {
        erased.put(row.getString("case_number"), row.getInt("seq"));
      });
      select("select * from customer_case where number between :first and :last")
          .query(row -> {
            openings.put(row.getString("number"), Openings.hash(row));
          });
      select("select * from message where case_number between :first and :last order by id")
          .query(Stored::read)
          .list()
          .forEach(stored -> messages.put(stored.message().id(), stored));
      select("""
          select id, case_number, message_id from attachment where case_number between :first and :last order by id
          """).query(row -> {
        var message = row.getObject("message_id", Long.class);
        var ofTheSame = message == null
            ? filesOfOpenings.computeIfAbsent(
                row.getString("case_number"), key -> new ArrayList<>())
            : files.computeIfAbsent(message, key -> new ArrayList<>());
        ofTheSame.add(row.getString("id"));
      });
    }

    private void checkNotes() {
      select("""
          select l.case_number, l.seq, l.note_hash, n.text, n.salt
            from ledger l
            left join note n on n.id = l.note_id
           where l.case_number between :first and :last and l.note_id is not null
           order by l.case_number, l.seq
          """).query(row -> {
        compare(
            row.getString("case_number"),
            row.getInt("seq"),
            "note",
            row.getString("note_hash"),
            row.getString("text") == null
                ? null
                : Chain.saltedSha256(row.getString("salt"), row.getString("text")));
      });
    }

    /** What belongs to a row is named in its details. */
    private void checkRows() {
      select("""
          select l.* from ledger l
           where l.case_number between :first and :last
             and (l.details like '%"messageHash"%' or l.details like '%"openingHash"%' or l.details like '%"sha256"%')
           order by l.case_number, l.seq
          """).query(row -> {
        var ledgerRow = LedgerRow.read(row);
        var facts = factsOf(ledgerRow);
        if (facts.get(Openings.HASH) instanceof String hash) {
          compare(
              ledgerRow.chain(), ledgerRow.seq(), "opening", hash, openings.get(ledgerRow.chain()));
          checkFiles(ledgerRow, facts, filesOfOpenings.getOrDefault(ledgerRow.chain(), List.of()));
        } else if (facts.get(Conversation.MESSAGE) instanceof Number id) {
          checkMessage(ledgerRow, facts, messages.remove(id.longValue()));
          checkFiles(ledgerRow, facts, files.getOrDefault(id.longValue(), List.of()));
        }
      });
    }

    private void checkMessage(LedgerRow row, Map<String, Object> facts, @Nullable Stored stored) {
      if (stored == null || stored.salt() == null) {
        compare(row.chain(), row.seq(), "message", "", null);
      } else if (facts.get(Conversation.HASH) instanceof String hash) {
        compare(
            row.chain(),
            row.seq(),
            "message",
            hash,
            Conversation.hash(stored.salt(), stored.message()));
      } else {
        compare(
            row.chain(),
            row.seq(),
            "message",
            String.valueOf(facts.get(Conversation.TEXT_HASH)),
            Chain.saltedSha256(stored.salt(), stored.message().text()));
      }
    }

    private void checkFiles(LedgerRow row, Map<String, Object> facts, List<String> ids) {
      var found = new ArrayList<>(ids.stream().map(TextCheck.this::hashOf).toList());
      if (facts.get(Attachments.HASHES) instanceof Iterable<?> hashes) {
        hashes.forEach(hash -> {
          if (!found.remove(hash)) {
            compare(row.chain(), row.seq(), "file", "", null);
          }
        });
      }
      if (!found.isEmpty()) {
        verifier.add(
            row.chain(),
            row.seq(),
            "text-added",
            "With row %d there is a file that it does not know".formatted(row.seq()));
      }
    }

    /** Older versions named no messages in their rows and salted none; there are as many of one as of the other. */
    private void mustBeOfBefore(Stored stored) {
      rowsThatNameNoMessage.computeIfAbsent(stored.chain(), TextCheck.this::rowsThatNameNoMessage);
      var left = rowsThatNameNoMessage.merge(stored.chain(), -1, Integer::sum);
      if (stored.salt() != null || left < 0) {
        verifier.add(
            stored.chain(),
            null,
            "message-added",
            "A message of %s is in no row of the ledger"
                .formatted(Chain.text(stored.message().writtenAt())));
      }
    }

    private void compare(
        String chain, int seq, String thing, String recorded, @Nullable String found) {
      if (found == null && erased.getOrDefault(chain, 0) < seq) {
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

  private int rowsThatNameNoMessage(String chain) {
    return (int) jdbc
        .sql("select l.* from ledger l where l.case_number = :chain and l.what in (:about)")
        .param("chain", chain)
        .param("about", ABOUT_MESSAGES)
        .query((row, index) -> factsOf(LedgerRow.read(row)).keySet())
        .list()
        .stream()
        .filter(facts ->
            !facts.contains(Conversation.MESSAGE) && Collections.disjoint(facts, WITHOUT_MESSAGE))
        .count();
  }

  /** What somebody has made unreadable does not fit its hash, which is said elsewhere. */
  private static Map<String, Object> factsOf(LedgerRow row) {
    try {
      return row.facts();
    } catch (IllegalStateException e) {
      return Map.of();
    }
  }

  private String hashOf(String id) {
    return jdbc.sql("select content from attachment where id = :id")
        .param("id", id)
        .query((row, index) -> Chain.sha256(row.getBytes("content")))
        .single();
  }
}
