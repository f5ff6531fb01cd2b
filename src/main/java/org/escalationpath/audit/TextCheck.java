package org.escalationpath.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
import org.escalationpath.cases.Openings;
import org.escalationpath.cases.PersonalDataErased;
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
   * A message.
   *
   * @param hash as a row must have it; null where it was erased
   */
  private record Stored(
      String chain, Instant writtenAt, @Nullable String hash) {}

  /** @param message null where the file came with the opening */
  private record Place(String chain, @Nullable Long message) {}

  private final class Range {

    private final String first;
    private final String last;
    private final Verifier verifier;
    private final Map<String, Integer> erased = new HashMap<>();
    private final Map<String, String> openings = new HashMap<>();
    private final Map<Long, Stored> messages = new LinkedHashMap<>();
    private final Map<Place, List<String>> files = new HashMap<>();
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
      files.keySet().forEach(this::mustBeOfBefore);
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
            openings.put(
                row.getString("number"),
                hash(row, List.of("subject", "description"), () -> Openings.hash(row)));
          });
      select("select * from message where case_number between :first and :last order by id")
          .query(row -> {
            var message = Conversation.read(row, 0);
            var chain = row.getString("case_number");
            messages.put(
                message.id(),
                new Stored(
                    chain,
                    message.writtenAt(),
                    hash(
                        row,
                        List.of("text"),
                        () -> Conversation.hash(row.getString("salt"), chain, message))));
          });
      select("""
          select id, case_number, message_id from attachment where case_number between :first and :last order by id
          """).query(row -> {
        var place =
            new Place(row.getString("case_number"), row.getObject("message_id", Long.class));
        files.computeIfAbsent(place, key -> new ArrayList<>()).add(row.getString("id"));
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
             and (l.details like '%"messageHash"%' or l.details like '%"openingHash"%')
           order by l.case_number, l.seq
          """).query(row -> {
        var ledgerRow = LedgerRow.read(row);
        var facts = factsOf(ledgerRow);
        if (facts.get(Openings.HASH) instanceof String hash) {
          compare(
              ledgerRow.chain(), ledgerRow.seq(), "opening", hash, openings.get(ledgerRow.chain()));
          checkFiles(ledgerRow, facts, null);
        } else if (facts.get(Conversation.MESSAGE) instanceof Number id) {
          checkMessage(ledgerRow, facts, id.longValue());
          checkFiles(ledgerRow, facts, id.longValue());
        }
      });
    }

    private void checkMessage(LedgerRow row, Map<String, Object> facts, long id) {
      var stored = messages.get(id);
      var isOfTheCase = stored != null && stored.chain().equals(row.chain());
      compare(
          row.chain(),
          row.seq(),
          "message",
          String.valueOf(facts.get(Conversation.HASH)),
          isOfTheCase ? stored.hash() : null);
      if (isOfTheCase) {
        messages.remove(id);
      }
    }

    private void checkFiles(LedgerRow row, Map<String, Object> facts, @Nullable Long message) {
      var ids = files.remove(new Place(row.chain(), message));
      var found = ids == null
          ? new ArrayList<String>()
          : new ArrayList<>(ids.stream().map(TextCheck.this::hashOf).toList());
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

    /** Rows of older versions name no messages; there are no more such messages than such rows. */
    private void mustBeOfBefore(Stored stored) {
      rowsThatNameNoMessage.computeIfAbsent(stored.chain(), TextCheck.this::rowsThatNameNoMessage);
      if (rowsThatNameNoMessage.merge(stored.chain(), -1, Integer::sum) < 0) {
        unknown(stored.chain(), "A message of " + Chain.text(stored.writtenAt()));
      }
    }

    /** Files of openings and messages that no row names the hash of. */
    private void mustBeOfBefore(Place place) {
      if (place.message() != null) {
        var message = messages.get(place.message());
        if (message == null || !message.chain().equals(place.chain())) {
          unknown(place.chain(), "A file");
        }
      }
    }

    private void unknown(String chain, String what) {
      verifier.add(chain, null, "message-added", what + " is in no row of the ledger");
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

  private interface Hash {
    @Nullable
    String compute() throws SQLException;
  }

  /** Without a salt there must be nothing but the word that stands for what was erased. */
  private static @Nullable String hash(ResultSet row, List<String> texts, Hash hash)
      throws SQLException {
    if (row.getString("salt") != null) {
      return hash.compute();
    }
    for (var text : texts) {
      if (!row.getString(text).equals(PersonalDataErased.ERASED)) {
        return "written without a salt";
      }
    }
    return null;
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
            !facts.contains(Conversation.HASH) && Collections.disjoint(facts, WITHOUT_MESSAGE))
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
    return jdbc.sql("select name, type, content from attachment where id = :id")
        .param("id", id)
        .query((row, index) -> Attachments.hash(
            id,
            row.getString("name"),
            row.getString("type"),
            Chain.sha256(row.getBytes("content"))))
        .single();
  }
}
