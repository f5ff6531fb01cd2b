package org.escalationpath.audit;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Tiers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the exceptions of all cases: whose ledger has grown is examined anew, as a whole, so that nothing depends on having been told.
 */
@Component
public class Exceptions {

  private static final Logger log = LoggerFactory.getLogger(Exceptions.class);
  private static final int CHUNK = 200;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Tiers tiers;
  private final TransactionTemplate each;

  Exceptions(JdbcClient jdbc, Ledger ledger, Tiers tiers, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.tiers = tiers;
    this.each = new TransactionTemplate(transactions);
  }

  @Scheduled(initialDelay = 15_000, fixedDelayString = "${escalation.audit.examine-every:PT1M}")
  @SchedulerLock(name = "exceptions", lockAtMostFor = "PT30M")
  void examineInTheBackground() {
    try {
      examine();
    } catch (RuntimeException e) {
      log.error("Not all cases could be examined for exceptions; it is tried again", e);
    }
  }

  /** Examines the cases whose ledgers have grown, and answers how many that were. */
  public int examine() {
    var examined = 0;
    for (var chunk = grown(""); !chunk.isEmpty(); chunk = grown(chunk.get(chunk.size() - 1))) {
      chunk.forEach(this::examine);
      examined += chunk.size();
    }
    return examined;
  }

  private List<String> grown(String after) {
    return jdbc.sql("""
        select c.number
          from customer_case c
          left join case_examined e on e.case_number = c.number
         where c.ledger_seq > coalesce(e.seq, 0) and c.number > :after
         order by c.number
         limit :size
        """)
        .param("after", after)
        .param("size", CHUNK)
        .query(String.class)
        .list();
  }

  /** A case that cannot be examined keeps no other from it, and is left until its ledger grows. */
  private void examine(String number) {
    try {
      var seq = ledger.lastSeq(CaseNumber.of(number));
      examine(number, seq);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("Case {} could not be examined for exceptions", number, e);
    }
  }

  private void examine(String number, int seq) {
    try {
      each.executeWithoutResult(status -> {
        var rows = ledger.rows(CaseNumber.of(number));
        var found = ExceptionFinder.find(rows, tiers.all());
        jdbc.sql("delete from case_exception where case_number = :number")
            .param("number", number)
            .update();
        found.forEach(one -> write(number, one));
        note(number, seq);
      });
    } catch (IllegalStateException | IllegalArgumentException e) {
      note(number, seq);
      throw e;
    }
  }

  private void write(String number, ExceptionFinder.Found found) {
    jdbc.sql("""
        insert into case_exception (case_number, seq, kind, at, who) values (:number, :seq, :kind, :at, :who)
        """)
        .param("number", number)
        .param("seq", found.row().seq())
        .param("kind", found.kind().toString())
        .param("at", found.row().at().atOffset(UTC))
        .param("who", found.row().who())
        .update();
  }

  private void note(String number, int seq) {
    var isKnown = jdbc.sql("update case_examined set seq = :seq where case_number = :number")
        .param("seq", seq)
        .param("number", number)
        .update();
    if (isKnown == 0) {
      jdbc.sql("insert into case_examined (case_number, seq) values (:number, :seq)")
          .param("number", number)
          .param("seq", seq)
          .update();
    }
  }

  /** How many there are of each kind, in all cases. */
  public Map<ExceptionKind, Long> counts() {
    return jdbc
        .sql("select kind, count(*) as n from case_exception group by kind")
        .query((row, index) -> Map.entry(row.getString("kind"), row.getLong("n")))
        .list()
        .stream()
        .collect(Collectors.toMap(entry -> ExceptionKind.of(entry.getKey()), Map.Entry::getValue));
  }

  /** As {@link #counts()}, of what happened from one instant until before another. */
  public Map<ExceptionKind, Long> counts(Instant from, Instant to) {
    return jdbc
        .sql(
            "select kind, count(*) as n from case_exception where at >= :from and at < :to group by kind")
        .param("from", from.atOffset(UTC))
        .param("to", to.atOffset(UTC))
        .query((row, index) -> Map.entry(row.getString("kind"), row.getLong("n")))
        .list()
        .stream()
        .collect(Collectors.toMap(entry -> ExceptionKind.of(entry.getKey()), Map.Entry::getValue));
  }

  /** Those of one case, by the row of its ledger. */
  public Map<Integer, List<String>> of(CaseNumber number) {
    return jdbc
        .sql("select seq, kind from case_exception where case_number = :number order by seq, kind")
        .param("number", number.value())
        .query((row, index) -> Map.entry(row.getInt("seq"), row.getString("kind")))
        .list()
        .stream()
        .collect(Collectors.groupingBy(
            Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
