package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The append-only list of what happened to each case, written in the transaction that did it. The database refuses to change or
 * delete its rows, and each is bound to the one before by a {@link Chain}. Nobody's words are in it: a row has a note's id and its
 * salted SHA-256.
 */
@Repository
public class Ledger {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final Clock clock;
  private final Actor actor;
  private final LockedCases locked;
  private final ApplicationEventPublisher listeners;
  private final TransactionTemplate ownTransaction;

  Ledger(
      JdbcClient jdbc,
      JdbcTemplate batches,
      Clock clock,
      Actor actor,
      LockedCases locked,
      ApplicationEventPublisher listeners,
      PlatformTransactionManager transactions) {
    this.locked = locked;
    this.listeners = listeners;
    this.jdbc = jdbc;
    this.batches = batches;
    this.clock = clock;
    this.actor = actor;
    this.ownTransaction = new TransactionTemplate(transactions);
  }

  /**
   * Writes the entry as the case's next one, and locks the case until the transaction ends. Whoever listens to {@link Happened}
   * is told in the same transaction.
   */
  public void append(CaseNumber number, LedgerEntry.Draft entry) {
    var noteId = entry.note == null ? null : UUID.randomUUID().toString();
    var before = lockHead(number);
    var details = details(entry);
    var row = new LedgerRow(
        number.value(),
        before.seq() + 1,
        clock.instant(),
        entry.who,
        entry.what.toString(),
        text(entry.fromTier),
        text(entry.toTier),
        text(entry.reason),
        text(entry.trigger),
        noteId,
        noteId == null ? null : keep(number, noteId, entry.note),
        entry.modelVersion,
        details,
        null);
    var hash = row.hashAfter(before.hash());
    insert(row.bound(hash));
    locked.<Head>change(number, Head.class, head -> new Head(row.seq(), hash));
    locked.<List<LedgerEntry>>change(
        number,
        Ledger.class,
        entries -> with(entries, entry.written(row.seq(), row.at(), parse(details))));
    listeners.publishEvent(new Happened(number, entry.what));
  }

  private void insert(LedgerRow row) {
    jdbc.sql("""
        insert into ledger (case_number, seq, at, who, what, from_tier, to_tier, reason, trigger_kind, note_id, note_hash,
               model_version, details, hash)
        values (:number, :seq, :at, :who, :what, :fromTier, :toTier, :reason, :trigger, :noteId, :noteHash,
               :modelVersion, :details, :hash)
        """)
        .param("number", row.chain())
        .param("seq", row.seq())
        .param("at", row.at().atOffset(UTC))
        .param("who", row.who())
        .param("what", row.what())
        .param("fromTier", row.fromTier())
        .param("toTier", row.toTier())
        .param("reason", row.reason())
        .param("trigger", row.trigger())
        .param("noteId", row.noteId())
        .param("noteHash", row.noteHash())
        .param("modelVersion", row.modelVersion())
        .param("details", row.details())
        .param("hash", row.hash())
        .update();
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

  /** Raises the place of the case's last entry, which locks the case, and answers what the next one follows. */
  private Head lockHead(CaseNumber number) {
    var isThere = jdbc.sql(
            "update customer_case set ledger_seq = ledger_seq + 1 where number = :number")
        .param("number", number.value())
        .update();
    if (isThere == 0) {
      throw new NoSuchCase(number.value());
    }
    locked.add(number);
    var head = locked.read(number, Head.class, () -> head(number, 1).orElseThrow());
    return head.seq() > 0 && head.hash() == null ? bind(number) : head;
  }

  private Optional<Head> head(CaseNumber number, int raisedBy) {
    return jdbc.sql("""
        select c.ledger_seq - :raisedBy as seq, l.hash
          from customer_case c
          left join ledger l on l.case_number = c.number and l.seq = c.ledger_seq - :raisedBy
         where c.number = :number
        """)
        .param("number", number.value())
        .param("raisedBy", raisedBy)
        .query((row, index) -> new Head(row.getInt("seq"), row.getString("hash")))
        .optional();
  }

  /**
   * Binds rows that have no hash yet because a node of a version without hashes has written them; the case must be locked. The
   * database lets a hash be set where there is none, and nothing else.
   */
  private Head bind(CaseNumber number) {
    var last = new Head(0, null);
    var bound = new ArrayList<Object[]>();
    for (var row : rows(number)) {
      var hash = row.hash();
      if (hash == null) {
        hash = row.hashAfter(last.hash());
        bound.add(new Object[] {hash, number.value(), row.seq()});
      }
      last = new Head(row.seq(), hash);
    }
    batches.batchUpdate("update ledger set hash = ? where case_number = ? and seq = ?", bound);
    return last;
  }

  /** Binds what nodes without hashes have written, each case in a transaction of its own; there is something during an upgrade only. */
  public void bindAll() {
    jdbc.sql("""
        select distinct l.case_number
          from customer_case c
          left join sealed_chain s on s.chain = c.number
          join ledger l on l.case_number = c.number and l.seq > coalesce(s.seq, 0)
         where c.ledger_seq > coalesce(s.seq, 0) and l.hash is null
        """)
        .query(String.class)
        .list()
        .forEach(number -> ownTransaction.executeWithoutResult(status -> {
          jdbc.sql("update customer_case set locks = locks + 1 where number = :number")
              .param("number", number)
              .update();
          bind(CaseNumber.of(number));
        }));
  }

  /** The case's rows as they are stored, in order. */
  public List<LedgerRow> rows(CaseNumber number) {
    return jdbc.sql("select l.* from ledger l where l.case_number = :number order by l.seq")
        .param("number", number.value())
        .query((row, index) -> LedgerRow.read(row))
        .list();
  }

  private String keep(CaseNumber number, String noteId, String note) {
    var salt = UUID.randomUUID().toString();
    jdbc.sql("insert into note (id, case_number, text, salt) values (:id, :number, :text, :salt)")
        .param("id", noteId)
        .param("number", number.value())
        .param("text", note)
        .param("salt", salt)
        .update();
    return Chain.saltedSha256(salt, note);
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
    return byCase("""
        select l.*, null as note
          from ledger l
          join customer_case c on c.number = l.case_number
         where c.number between :first and :last and c.state in ('open', 'waiting', 'resolved')
         order by l.case_number, l.seq
        """, first, last);
  }

  /** The ledgers of all cases whose numbers lie between two, both included, without what people wrote into notes. */
  public Map<CaseNumber, List<LedgerEntry>> between(CaseNumber first, CaseNumber last) {
    return byCase("""
        select l.*, null as note from ledger l where l.case_number between :first and :last order by l.case_number, l.seq
        """, first, last);
  }

  private Map<CaseNumber, List<LedgerEntry>> byCase(String sql, CaseNumber first, CaseNumber last) {
    var ledgers = new HashMap<CaseNumber, List<LedgerEntry>>();
    jdbc.sql(sql)
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
    return locked
        .read(
            number,
            Head.class,
            () -> head(number, 0).orElseThrow(() -> new NoSuchCase(number.value())))
        .seq();
  }

  /** Where a case's ledger ends. */
  record Head(int seq, @Nullable String hash) {}

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
    return LedgerRow.facts(details);
  }
}
