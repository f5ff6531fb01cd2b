package org.escalationpath.audit;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.escalationpath.cases.AppendOnly;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Rows;
import org.escalationpath.clocks.TermRow;
import org.escalationpath.clocks.TermRows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals what was recorded, on one node of a cluster at a time, and hands each root to the {@link Witness}. */
@Component
public class Seals {

  private static final Logger log = LoggerFactory.getLogger(Seals.class);

  private static final int CHUNK = 500;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final TermRows terms;
  private final Ledger ledger;
  private final Witness witness;
  private final Clock clock;
  private final TransactionTemplate oneView;

  Seals(
      JdbcClient jdbc,
      JdbcTemplate batches,
      TermRows terms,
      Ledger ledger,
      Witness witness,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.terms = terms;
    this.ledger = ledger;
    this.witness = witness;
    this.clock = clock;
    this.oneView = new TransactionTemplate(transactions);
    oneView.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  @Scheduled(
      initialDelayString = "PT20S",
      fixedDelayString = "${escalation.audit.seal-every:PT10M}")
  @SchedulerLock(name = "seals", lockAtMostFor = "PT1H")
  void sealInTheBackground() {
    try {
      seal();
    } catch (RuntimeException e) {
      log.error("What was recorded could not be sealed; it is tried again with the next seal", e);
    }
  }

  /**
   * Seals all rows that have been committed and are not sealed yet; nothing where there are none. The first seal of a day mails the
   * root of the day before.
   */
  public Optional<Seal> seal() {
    ledger.bindAll();
    var made = oneView.execute(status -> {
      var before = latest();
      var no = before.map(Seal::no).orElse(0) + 1;
      var rows = cover(no);
      return new Made(
          before, rows == 0 ? null : write(no, before.map(Seal::root).orElse(null), rows));
    });
    var seal = Optional.ofNullable(made.seal());
    seal.ifPresent(witness::keep);
    seal.flatMap(now -> made.before().filter(last -> last.day().isBefore(now.day())))
        .ifPresent(witness::mail);
    return seal;
  }

  private record Made(Optional<Seal> before, @Nullable Seal seal) {}

  private int cover(int no) {
    // which cases have grown is known only until they are covered
    var terms = coverTerms(no);
    var ofCases = jdbc.sql("""
        insert into seal_entry (chain, seq, hash, seal)
        select l.case_number, l.seq, l.hash, :no
          from customer_case c
          left join sealed_chain s on s.chain = c.number
          join ledger l on l.case_number = c.number and l.seq > coalesce(s.seq, 0)
         where c.ledger_seq > coalesce(s.seq, 0) and l.hash is not null
        """).param("no", no).update();
    var ofTheJournal = jdbc.sql("""
        insert into seal_entry (chain, seq, hash, seal)
        select 'journal', j.seq, j.hash, :no
          from journal j
         where j.seq > coalesce((select s.seq from sealed_chain s where s.chain = 'journal'), 0)
        """).param("no", no).update();
    jdbc.sql("""
        update sealed_chain set seq = (
          select max(e.seq) from seal_entry e where e.chain = sealed_chain.chain and e.seal = :no
        ) where chain in (select e.chain from seal_entry e where e.seal = :no)
        """).param("no", no).update();
    jdbc.sql("""
        insert into sealed_chain (chain, seq)
        select e.chain, max(e.seq) from seal_entry e
         where e.seal = :no and not exists (select 1 from sealed_chain s where s.chain = e.chain)
         group by e.chain
        """).param("no", no).update();
    return ofCases + ofTheJournal + terms;
  }

  /** Whoever writes a term writes a row of the case's ledger in the same transaction; terms of before were not sealed with theirs. */
  private int coverTerms(int no) {
    var grown =
        jdbc.sql("""
        select c.number
          from customer_case c
          left join sealed_chain s on s.chain = c.number
          left join sealed_chain t on t.chain = concat(:prefix, c.number)
         where c.ledger_seq > coalesce(s.seq, 0)
            or t.seq is null and exists (select 1 from clock_term k where k.case_number = c.number)
         order by c.number
        """).param("prefix", TermRow.chainOf("")).query(String.class).list();
    var count = 0;
    var calendars = terms.calendars();
    for (var from = 0; from < grown.size(); from += CHUNK) {
      count += coverTerms(no, grown.subList(from, Math.min(from + CHUNK, grown.size())), calendars);
    }
    return count;
  }

  private int coverTerms(int no, List<String> cases, Map<String, String> calendars) {
    var sealed = new SealedTerms(jdbc, cases);
    var entries = new ArrayList<Object[]>();
    for (var term : terms.of(cases, calendars)) {
      var row = sealed.row(term);
      if (term.seq() > sealed.last(term.chain())) {
        entries.add(new Object[] {row.chain(), row.seq(), row.hash(), no});
      }
    }
    batches.batchUpdate(
        "insert into seal_entry (chain, seq, hash, seal) values (?, ?, ?, ?)", entries);
    return entries.size();
  }

  private Seal write(int no, @Nullable String rootBefore, int rows) {
    var at = clock.instant();
    var digest = Seal.begin(rootBefore, no, at, rows);
    jdbc.sql("select chain, seq, hash from seal_entry where seal = :no order by chain, seq")
        .param("no", no)
        .query(row -> {
          Seal.add(digest, row.getString("chain"), row.getInt("seq"), row.getString("hash"));
        });
    var seal = new Seal(no, at, rows, Chain.hex(digest));
    jdbc.sql("insert into seal (no, sealed_at, row_count, root) values (:no, :at, :rows, :root)")
        .param("no", no)
        .param("at", at.atOffset(UTC))
        .param("rows", rows)
        .param("root", seal.root())
        .update();
    return seal;
  }

  /**
   * Forgets all seals in the running transaction, because rows that they cover are taken away on purpose; what stays is sealed from
   * the first row on. Only a database that {@link AppendOnly#lifted lifts} its guard lets it.
   */
  public void beginAnew() {
    for (var table : List.of("seal_entry", "seal", "sealed_chain")) {
      jdbc.sql("delete from " + table).update();
    }
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        witness.setAside(clock.instant());
      }
    });
  }

  public Optional<Seal> latest() {
    return jdbc.sql("select * from seal order by no desc limit 1")
        .query(Seals::read)
        .optional();
  }

  /** All seals, in order. */
  List<Seal> all() {
    return jdbc.sql("select * from seal order by no").query(Seals::read).list();
  }

  /** The last seal of each day, in UTC, between two, both included. */
  public List<Seal> ofDays(LocalDate from, LocalDate to) {
    return jdbc.sql("""
        select * from seal where no in (
          select max(no) from seal
           where sealed_at >= :from and sealed_at < :to
           group by cast(sealed_at at time zone 'UTC' as date)
        ) order by no
        """)
        .param("from", from.atStartOfDay().atOffset(UTC))
        .param("to", to.plusDays(1).atStartOfDay().atOffset(UTC))
        .query(Seals::read)
        .list();
  }

  private static Seal read(ResultSet row, int index) throws SQLException {
    return new Seal(
        row.getInt("no"),
        Rows.required(Rows.instant(row, "sealed_at")),
        row.getInt("row_count"),
        row.getString("root"));
  }
}
