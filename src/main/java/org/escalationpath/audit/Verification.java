package org.escalationpath.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.clocks.TermRow;
import org.escalationpath.clocks.TermRows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks that what was recorded is as it was written: each row's hash, the rows before and behind it, the seals, the roots kept
 * outside, and that texts and files are those that the ledger knows the hashes of. Reads only, and from one view of the database.
 */
@Component
public class Verification {

  private static final Logger log = LoggerFactory.getLogger(Verification.class);
  private static final int CHUNK = 500;

  private final JdbcClient jdbc;
  private final Seals seals;
  private final Witness witness;
  private final TextCheck texts;
  private final TermRows terms;
  private final Journal journal;
  private final Clock clock;
  private final TransactionTemplate oneView;
  private final Semaphore place = new Semaphore(1);

  Verification(
      JdbcClient jdbc,
      Seals seals,
      Witness witness,
      TextCheck texts,
      TermRows terms,
      Journal journal,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.seals = seals;
    this.witness = witness;
    this.texts = texts;
    this.terms = terms;
    this.journal = journal;
    this.clock = clock;
    this.oneView = new TransactionTemplate(transactions);
    oneView.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    oneView.setReadOnly(true);
  }

  /**
   * @param rows how many were checked
   * @param unsealed how many of them no seal covers yet, because they are younger than the last one
   * @param seals how many seals were checked
   * @param lastSeal the last of them, whose root covers everything before
   * @param problems empty where nothing was altered
   */
  public record Report(
      Instant at,
      long rows,
      long unsealed,
      int seals,
      @Nullable Seal lastSeal,
      List<Problem> problems) {

    public boolean isUnaltered() {
      return problems.isEmpty();
    }
  }

  @Scheduled(cron = "${escalation.audit.verify:0 30 3 * * *}")
  @SchedulerLock(name = "verification", lockAtMostFor = "PT2H")
  void verifyInTheBackground() {
    try {
      var report = record();
      if (!report.isUnaltered()) {
        log.error("What was recorded has been altered: {}", report.problems().get(0));
      }
    } catch (Busy e) {
      log.info("Everything is being verified already");
    } catch (RuntimeException e) {
      log.error("What was recorded could not be verified", e);
    }
  }

  /**
   * Checks everything, and writes into the journal that it was checked and what was found.
   *
   * @throws Busy while that is being done
   */
  public Report record() {
    Busy.take(place, "Everything is being verified already; ask again in a minute");
    try {
      return recordIt();
    } finally {
      place.release();
    }
  }

  private Report recordIt() {
    var report = all();
    var facts = new HashMap<String, Object>();
    facts.put("rows", report.rows());
    facts.put("seals", report.seals());
    facts.put("problems", report.problems().size());
    report.problems().stream()
        .limit(3)
        .map(each -> each.chain() + " " + each.seq() + " " + each.kind())
        .reduce((one, other) -> one + ", " + other)
        .ifPresent(first -> facts.put("first", first));
    journal.append("verified", facts);
    return report;
  }

  /** Checks all cases, the journal and all seals. */
  public Report all() {
    // before the seals are read, so that none of them is younger than what is known of them
    var kept = witness.kept();
    return oneView.execute(status -> {
      var verifier = new Verifier(true);
      seals.all().forEach(verifier::seal);
      verifier.witness(kept.roots(), Integer.MAX_VALUE);
      // before the first seal there is no file
      if (kept.trouble() != null && seals.latest().isPresent()) {
        verifier.add("seals", null, "witness-unreadable", kept.trouble());
      }
      var gone = new TreeSet<>(chainsThatAreGone());
      for (var chunk = cases(""); !chunk.isEmpty(); chunk = cases(last(chunk))) {
        rows(chunk, verifier);
        texts.check(chunk.get(0).number(), last(chunk), verifier);
      }
      gone.forEach(chain -> verifier.add(
          chain,
          1,
          "missing",
          "The case %s is missing with all that was recorded of it".formatted(chain)));
      journalRows(verifier);
      var calendars = terms.calendars();
      for (var chunk = cases(""); !chunk.isEmpty(); chunk = cases(last(chunk))) {
        terms(chunk, calendars, verifier);
      }
      return verifier.report(clock.instant());
    });
  }

  /** Checks one case, and that the seals have its rows as they are; not the roots, for which all cases are needed. */
  public Report of(CaseNumber number) {
    return oneView.execute(status -> {
      var verifier = new Verifier(false);
      var ofCase = jdbc.sql("select number, ledger_seq from customer_case where number = :number")
          .param("number", number.value())
          .query(Verification::ofCase)
          .list();
      rows(ofCase, verifier);
      texts.check(number.value(), number.value(), verifier);
      terms(ofCase, terms.calendars(), verifier);
      return verifier.report(clock.instant());
    });
  }

  /** What the last verification of everything has found, from the journal. */
  public Optional<Journal.Row> last() {
    return journal.latest("verified");
  }

  private record OfCase(String number, int lastSeq) {}

  private static OfCase ofCase(ResultSet row, int index) throws SQLException {
    return new OfCase(row.getString("number"), row.getInt("ledger_seq"));
  }

  private List<OfCase> cases(String after) {
    return jdbc.sql("""
        select number, ledger_seq from customer_case where number > :after order by number limit :size
        """)
        .param("after", after)
        .param("size", CHUNK)
        .query(Verification::ofCase)
        .list();
  }

  private static String last(List<OfCase> chunk) {
    return chunk.get(chunk.size() - 1).number();
  }

  private void rows(List<OfCase> chunk, Verifier verifier) {
    if (chunk.isEmpty()) {
      return;
    }
    var ofCases = new HashMap<String, List<Verifier.Row>>();
    jdbc.sql("""
        select l.*, e.seal, e.hash as sealed_hash
          from ledger l
          left join seal_entry e on e.chain = l.case_number and e.seq = l.seq
         where l.case_number between :first and :last
         order by l.case_number, l.seq
        """)
        .param("first", chunk.get(0).number())
        .param("last", last(chunk))
        .query(row -> {
          var read = LedgerRow.read(row);
          ofCases
              .computeIfAbsent(read.chain(), key -> new ArrayList<>())
              .add(new Verifier.Row(
                  read.chain(),
                  read.seq(),
                  read.hash(),
                  read::hashAfter,
                  row.getObject("seal", Integer.class),
                  row.getString("sealed_hash")));
        });
    var sealedTo = sealedTo(chunk.get(0).number(), last(chunk), verifier);
    for (var each : chunk) {
      ofCases.getOrDefault(each.number(), List.of()).forEach(verifier::row);
      verifier.mustReach(
          each.number(), Math.max(each.lastSeq(), sealedTo.getOrDefault(each.number(), 0)));
    }
  }

  private void terms(List<OfCase> chunk, Map<String, String> calendars, Verifier verifier) {
    if (chunk.isEmpty()) {
      return;
    }
    var numbers = chunk.stream().map(OfCase::number).toList();
    var sealed = new SealedTerms(jdbc, numbers);
    jdbc.sql("""
        select l.case_number, l.seq, l.what, e.seal
          from ledger l
          join customer_case c on c.number = l.case_number
          left join seal_entry e on e.chain = l.case_number and e.seq = l.seq
         where l.case_number between :first and :last
           and (l.seq = c.ledger_seq or l.what in (:causes))
         order by l.case_number, l.seq
        """)
        .param("first", numbers.get(0))
        .param("last", last(chunk))
        .param("causes", TermChain.CAUSES)
        .query(row -> {
          sealed.ledgerRow(
              row.getString("case_number"),
              row.getInt("seq"),
              row.getString("what"),
              row.getString("seal") != null);
        });
    var ofChains =
        terms.of(numbers, calendars).stream().collect(Collectors.groupingBy(TermRow::chain));
    sealedTo(TermRow.chainOf(numbers.get(0)), TermRow.chainOf(last(chunk)), verifier);
    for (var number : numbers) {
      var chain = TermRow.chainOf(number);
      ofChains.getOrDefault(chain, List.of()).forEach(term -> sealed.check(term, verifier));
      verifier.mustReach(chain, sealed.last(chain));
    }
  }

  /** Up to which row each chain between two is sealed, both included. */
  private Map<String, Integer> sealedTo(String first, String last, Verifier verifier) {
    var sealedTo = new HashMap<String, Integer>();
    jdbc.sql("""
        select e.chain, max(e.seq) as seq, max(s.seq) as known
          from seal_entry e
          left join sealed_chain s on s.chain = e.chain and s.chain between :first and :last
         where e.chain between :first and :last
         group by e.chain
        """).param("first", first).param("last", last).query(row -> {
      sealedTo.put(row.getString("chain"), row.getInt("seq"));
      if (row.getInt("seq") != row.getInt("known")) {
        verifier.add(
            row.getString("chain"),
            row.getInt("seq") + 1,
            "unsealed",
            "Up to which row it is sealed was changed, so that no seal would cover row %d"
                .formatted(row.getInt("seq") + 1));
      }
    });
    return sealedTo;
  }

  private List<String> chainsThatAreGone() {
    return jdbc.sql("""
        select distinct e.chain from seal_entry e
         where e.chain like 'C-%' and not exists (select 1 from customer_case c where c.number = e.chain)
        """).query(String.class).list();
  }

  private void journalRows(Verifier verifier) {
    jdbc.sql("""
        select j.*, e.seal, e.hash as sealed_hash
          from journal j
          left join seal_entry e on e.chain = 'journal' and e.seq = j.seq
         order by j.seq
        """).query(row -> {
      var read = Journal.Row.read(row);
      verifier.row(new Verifier.Row(
          Journal.CHAIN,
          read.seq(),
          read.hash(),
          read::hashAfter,
          row.getObject("seal", Integer.class),
          row.getString("sealed_hash")));
    });
    var sealedTo = jdbc.sql("select coalesce(max(seq), 0) from seal_entry where chain = 'journal'")
        .query(Integer.class)
        .single();
    verifier.mustReach(Journal.CHAIN, Math.max(journal.lastSeq(), sealedTo));
  }
}
