package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The append-only list of what happened to each case, written in the transaction that did it. The database refuses to change or
 * delete its rows. Nobody's words are in it: a row has a note's id and its salted SHA-256.
 */
@Repository
public class Ledger {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Actor actor;
  private final LockedCases locked;
  private final ApplicationEventPublisher listeners;

  Ledger(
      JdbcClient jdbc,
      Clock clock,
      Actor actor,
      LockedCases locked,
      ApplicationEventPublisher listeners) {
    this.locked = locked;
    this.listeners = listeners;
    this.jdbc = jdbc;
    this.clock = clock;
    this.actor = actor;
  }

  /**
   * Writes the entry as the case's next one, and locks the case until the transaction ends. Whoever listens to {@link Happened}
   * is told in the same transaction.
   */
  public void append(CaseNumber number, LedgerEntry.Draft entry) {
    var noteId = entry.note == null ? null : UUID.randomUUID().toString();
    var seq = nextSeq(number);
    var at = clock.instant();
    var details = details(entry);
    jdbc.sql("""
        insert into ledger (case_number, seq, at, who, what, from_tier, to_tier, reason, trigger_kind, note_id, note_hash,
               model_version, details)
        values (:number, :seq, :at, :who, :what, :fromTier, :toTier, :reason, :trigger, :noteId, :noteHash,
               :modelVersion, :details)
        """)
        .param("number", number.value())
        .param("seq", seq)
        .param("at", at.atOffset(UTC))
        .param("who", entry.who)
        .param("what", entry.what.toString())
        .param("fromTier", text(entry.fromTier))
        .param("toTier", text(entry.toTier))
        .param("reason", text(entry.reason))
        .param("trigger", text(entry.trigger))
        .param("noteId", noteId)
        .param("noteHash", noteId == null ? null : keep(number, noteId, entry.note))
        .param("modelVersion", entry.modelVersion)
        .param("details", details)
        .update();
    locked.<List<LedgerEntry>>change(
        number, Ledger.class, entries -> with(entries, entry.written(seq, at, parse(details))));
    listeners.publishEvent(new Happened(number, entry.what));
  }

  private static List<LedgerEntry> with(List<LedgerEntry> entries, LedgerEntry last) {
    var all = new ArrayList<>(entries);
    all.add(last);
    return List.copyOf(all);
  }

  /** Where somebody signed in writes down what the customer did, the row says who that was. */
  private @Nullable String details(LedgerEntry.Draft entry) {
    var details = new HashMap<>(entry.details);
    if (entry.who.equals(Message.CUSTOMER)) {
      actor.person().ifPresent(person -> details.put("enteredBy", person));
    }
    return details.isEmpty() ? null : write(details);
  }

  private int nextSeq(CaseNumber number) {
    var isThere = jdbc.sql(
            "update customer_case set ledger_seq = ledger_seq + 1 where number = :number")
        .param("number", number.value())
        .update();
    if (isThere == 0) {
      throw new NoSuchCase(number.value());
    }
    locked.add(number);
    locked.<Integer>change(number, LastSeq.class, seq -> seq + 1);
    return lastSeq(number);
  }

  private String keep(CaseNumber number, String noteId, @Nullable String note) {
    var salt = UUID.randomUUID().toString();
    jdbc.sql("insert into note (id, case_number, text, salt) values (:id, :number, :text, :salt)")
        .param("id", noteId)
        .param("number", number.value())
        .param("text", note)
        .param("salt", salt)
        .update();
    return sha256(salt + note);
  }

  /** The whole ledger of a case, in order. */
  public List<LedgerEntry> of(CaseNumber number) {
    return locked.read(
        number,
        Ledger.class,
        () -> jdbc.sql("""
            select l.*, n.text as note
              from ledger l
              left join note n on n.id = l.note_id
             where l.case_number = :number
             order by l.seq
            """).param("number", number.value()).query(Ledger::read).list());
  }

  /** The ledgers of cases that have not ended and whose numbers lie between two, both included, without what people wrote into notes. */
  public Map<CaseNumber, List<LedgerEntry>> ofNotEnded(CaseNumber first, CaseNumber last) {
    var ledgers = new HashMap<CaseNumber, List<LedgerEntry>>();
    jdbc.sql("""
        select l.*, null as note
          from ledger l
          join customer_case c on c.number = l.case_number
         where c.number between :first and :last and c.state in ('open', 'waiting', 'resolved')
         order by l.case_number, l.seq
        """)
        .param("first", first.value())
        .param("last", last.value())
        .query((row, index) -> ledgers
            .computeIfAbsent(CaseNumber.of(row.getString("case_number")), key -> new ArrayList<>())
            .add(read(row, index)))
        .list();
    return ledgers;
  }

  /** The place of the case's last entry; 0 before its first. */
  public int lastSeq(CaseNumber number) {
    return locked.read(
        number,
        LastSeq.class,
        () -> jdbc.sql("select ledger_seq from customer_case where number = :number")
            .param("number", number.value())
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> new NoSuchCase(number.value())));
  }

  /** The place of the last entry is remembered apart from the entries. */
  private interface LastSeq {}

  /** The case's latest entry, or its latest that says {@code what} has happened. */
  public Optional<LedgerEntry> latest(CaseNumber number, @Nullable What what) {
    var entries = of(number);
    return entries.stream()
        .filter(entry -> what == null || entry.what() == what)
        .reduce((earlier, later) -> later);
  }

  private static LedgerEntry read(ResultSet row, int index) throws SQLException {
    return new LedgerEntry(
        row.getInt("seq"),
        Rows.required(Rows.instant(row, "at")),
        row.getString("who"),
        What.of(row.getString("what")),
        map(row.getString("from_tier"), Tier::of),
        map(row.getString("to_tier"), Tier::of),
        map(row.getString("reason"), Reason::of),
        map(row.getString("trigger_kind"), Trigger::of),
        row.getString("note"),
        row.getString("model_version"),
        parse(row.getString("details")));
  }

  private static <T> @Nullable T map(
      @Nullable String stored, java.util.function.Function<String, T> read) {
    return stored == null ? null : read.apply(stored);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String write(Map<String, Object> details) {
    try {
      return JSON.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Details of a ledger entry are texts, numbers and flags, not " + details, e);
    }
  }

  private static Map<String, Object> parse(@Nullable String details) {
    try {
      return details == null ? Map.of() : JSON.readValue(details, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A ledger entry's details are no JSON: " + details, e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
