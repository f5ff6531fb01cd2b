package org.escalationpath.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.CaseTimes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Past cases of other systems: kept as they came, and measured as ours are, by the metrics' calendar. */
@Repository
public class ImportedCases {

  private static final int CHUNK = 1_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_NULL).build();

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final FactStore store;
  private final Facts facts;
  private final CaseTimes times;
  private final TransactionTemplate transaction;

  ImportedCases(
      JdbcClient jdbc,
      JdbcTemplate batches,
      FactStore store,
      Facts facts,
      CaseTimes times,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.store = store;
    this.facts = facts;
    this.times = times;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What is kept besides the ledger. */
  record Head(
      String key,
      long customer,
      String priority,
      @Nullable String category,
      @Nullable String product,
      String channel,
      String segment,
      long openedAt,
      @Nullable Long contactedAgainAt,
      boolean knowsMessages,
      boolean knowsClaims) {}

  /** An entry of a ledger; instants in milliseconds since 1970-01-01T00:00Z. */
  record Entry(
      long at,
      String who,
      String what,
      @Nullable String fromTier,
      @Nullable String toTier,
      @Nullable String reason,
      @Nullable String trigger,
      Map<String, Object> details) {

    static Entry of(LedgerEntry entry) {
      return new Entry(
          entry.at().toEpochMilli(),
          entry.who(),
          entry.what().toString(),
          text(entry.fromTier()),
          text(entry.toTier()),
          text(entry.reason()),
          text(entry.trigger()),
          entry.details());
    }

    LedgerEntry at(int seq) {
      return new LedgerEntry(
          seq,
          Instant.ofEpochMilli(at),
          who,
          What.of(what),
          fromTier == null ? null : Tier.of(fromTier),
          toTier == null ? null : Tier.of(toTier),
          reason == null ? null : Reason.of(reason),
          trigger == null ? null : Trigger.of(trigger),
          null,
          null,
          details);
    }

    private static @Nullable String text(@Nullable Object code) {
      return code == null ? null : code.toString();
    }
  }

  /** Keeps cases that are not there yet, with their facts, in one transaction. */
  public void keep(List<ImportedCase> cases) {
    var calendar = times.calendar();
    var measured = cases.stream().map(each -> measure(each, calendar)).toList();
    transaction.executeWithoutResult(status -> {
      batches.batchUpdate(
          "insert into imported_case (number, import_id, head, ledger) values (?, ?, ?, ?)",
          cases.stream()
              .map(each -> new Object[] {
                each.number(), each.importId(), write(head(each)), write(entries(each))
              })
              .toList());
      store.keep(measured);
    });
    facts.put(measured);
  }

  private static CaseFacts measure(ImportedCase of, WorkingCalendar calendar) {
    return FactReader.read(of.head(), of.ledger(), CaseTimes.withoutLimits(of.ledger(), calendar));
  }

  /** Whether there are facts of all of them. */
  boolean areMeasured() {
    return jdbc.sql("""
        select count(*)
          from imported_case i
         where not exists (select 1 from case_facts f where f.case_number = i.number and f.definition = :definition)
        """)
            .param("definition", FactStore.DEFINITION)
            .query(Integer.class)
            .single()
        == 0;
  }

  private static Head head(ImportedCase of) {
    return new Head(
        of.key(),
        of.customer(),
        of.priority().toString(),
        of.category(),
        of.product(),
        of.channel(),
        of.segment(),
        of.openedAt().toEpochMilli(),
        of.contactedAgainAt() == null ? null : of.contactedAgainAt().toEpochMilli(),
        of.knowsMessages(),
        of.knowsClaims());
  }

  private static List<Entry> entries(ImportedCase of) {
    return of.ledger().stream().map(Entry::of).toList();
  }

  /** The keys of the cases of an import that are there. */
  public Set<String> keys(String importId) {
    return new HashSet<>(jdbc.sql("select number from imported_case where import_id = :id")
        .param("id", importId)
        .query((row, index) -> row.getString("number").substring(importId.length() + 1))
        .list());
  }

  public Optional<ImportedCase> find(String number) {
    return jdbc.sql("select * from imported_case where number = :number")
        .param("number", number)
        .query((row, index) ->
            read(row.getString("import_id"), row.getString("head"), row.getString("ledger")))
        .optional();
  }

  /** Forgets all cases of an import, and their numbers. */
  public void forget(String importId) {
    transaction.executeWithoutResult(status -> {
      jdbc.sql("delete from case_facts where imported = :id")
          .param("id", importId)
          .update();
      jdbc.sql("delete from imported_case where import_id = :id")
          .param("id", importId)
          .update();
    });
    facts.forgetImport(importId);
  }

  /** Measures those anew whose facts are not there, or all; answers how many. */
  int measureAgain(boolean all) {
    var count = 0;
    var after = "";
    for (; ; ) {
      var chunk = jdbc.sql("""
          select i.*
            from imported_case i
            left join case_facts f on f.case_number = i.number and f.definition = :definition
           where i.number > :after and (:all or f.case_number is null)
           order by i.number
           limit :size
          """)
          .param("definition", FactStore.DEFINITION)
          .param("after", after)
          .param("all", all)
          .param("size", CHUNK)
          .query((row, index) ->
              read(row.getString("import_id"), row.getString("head"), row.getString("ledger")))
          .list();
      if (chunk.isEmpty()) {
        return count;
      }
      var calendar = times.calendar();
      var measured = chunk.stream().map(each -> measure(each, calendar)).toList();
      transaction.executeWithoutResult(status -> store.keep(measured));
      facts.put(measured);
      count += chunk.size();
      after = chunk.get(chunk.size() - 1).number();
    }
  }

  private static ImportedCase read(String importId, String head, String ledger) {
    try {
      var known = JSON.readValue(head, Head.class);
      var entries = JSON.readValue(ledger, Entry[].class);
      return new ImportedCase(
          importId,
          known.key(),
          known.customer(),
          Priority.of(known.priority()),
          known.category(),
          known.product(),
          known.channel(),
          known.segment(),
          Instant.ofEpochMilli(known.openedAt()),
          IntStream.range(0, entries.length)
              .mapToObj(place -> entries[place].at(place + 1))
              .toList(),
          known.contactedAgainAt() == null ? null : Instant.ofEpochMilli(known.contactedAgainAt()),
          known.knowsMessages(),
          known.knowsClaims());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An imported case cannot be read: " + head, e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An imported case cannot be written", e);
    }
  }
}
