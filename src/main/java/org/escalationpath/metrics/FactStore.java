package org.escalationpath.metrics;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Rows;
import org.escalationpath.clocks.CaseTimes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Computes the facts of cases from what is recorded of them, and keeps them, a row for each case. */
@Repository
class FactStore {

  /** Of what is computed. Facts of an earlier one are computed anew. */
  static final int DEFINITION = 3;

  private static final JsonMapper JSON = JsonMapper.builder()
      .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
      .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
      .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
      .serializationInclusion(JsonInclude.Include.NON_NULL)
      .build();

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final Ledger ledger;
  private final CaseTimes times;
  private final TransactionTemplate reading;

  FactStore(
      JdbcClient jdbc,
      JdbcTemplate batches,
      Ledger ledger,
      CaseTimes times,
      PlatformTransactionManager transactions) {
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.jdbc = jdbc;
    this.batches = batches;
    this.ledger = ledger;
    this.times = times;
  }

  /** The facts of the cases whose numbers lie between two, both included, as they are recorded now. */
  List<CaseFacts> compute(CaseNumber first, CaseNumber last) {
    var ledgers = ledger.between(first, last);
    var time = times.between(first, last, ledgers);
    var facts = new ArrayList<CaseFacts>();
    for (var head : heads(first, last)) {
      var number = CaseNumber.of(head.number());
      if (ledgers.containsKey(number)) {
        facts.add(FactReader.read(head, ledgers.get(number), time.get(number)));
      }
    }
    return facts;
  }

  private List<CaseHead> heads(CaseNumber first, CaseNumber last) {
    var surveys = surveys(first, last);
    return jdbc.sql("""
        select c.number, c.customer_id, c.priority, c.category, c.product, c.channel, p.segment, c.opened_at,
               (select min(o.opened_at)
                  from customer_case o
                 where o.customer_id = c.customer_id and o.category = c.category and o.number <> c.number
                   and o.opened_at >= (select min(l.at)
                                         from ledger l
                                        where l.case_number = c.number and l.what = 'solution-proposed')) as again_at
          from customer_case c
          join customer p on p.id = c.customer_id
         where c.number between :first and :last
         order by c.number
        """)
        .param("first", first.value())
        .param("last", last.value())
        .query((row, index) -> head(row, surveys))
        .list();
  }

  private static CaseHead head(ResultSet row, Map<String, List<CaseHead.SurveyState>> surveys)
      throws SQLException {
    return new CaseHead(
        row.getString("number"),
        null,
        row.getLong("customer_id"),
        Priority.of(row.getString("priority")),
        row.getString("category"),
        row.getString("product"),
        row.getString("channel"),
        row.getString("segment"),
        Rows.required(Rows.instant(row, "opened_at")),
        Rows.instant(row, "again_at"),
        surveys.getOrDefault(row.getString("number"), List.of()),
        true,
        true);
  }

  private Map<String, List<CaseHead.SurveyState>> surveys(CaseNumber first, CaseNumber last) {
    var surveys = new HashMap<String, List<CaseHead.SurveyState>>();
    jdbc.sql("""
        select case_number, kind, state, suppressed, created_at, ask_at, ended_at
          from survey
         where case_number between :first and :last
         order by created_at
        """).param("first", first.value()).param("last", last.value()).query(row -> {
      surveys
          .computeIfAbsent(row.getString("case_number"), key -> new ArrayList<>())
          .add(new CaseHead.SurveyState(
              row.getString("kind"),
              row.getString("state"),
              row.getString("suppressed"),
              Rows.required(Rows.instant(row, "created_at")),
              Rows.instant(row, "ask_at"),
              Rows.instant(row, "ended_at")));
    });
    return surveys;
  }

  /**
   * Puts these facts in the place of what is kept of the cases, where that is not the same.
   *
   * @throws org.springframework.dao.DuplicateKeyException if somebody has kept facts that know more
   */
  void keep(Collection<CaseFacts> facts) {
    var known = new HashMap<String, String>();
    jdbc.sql(
            "select case_number, facts from case_facts where case_number in (:numbers) and definition = :definition")
        .param("numbers", facts.stream().map(CaseFacts::number).toList())
        .param("definition", DEFINITION)
        .query(row -> {
          known.put(row.getString("case_number"), row.getString("facts"));
        });
    var written = new ArrayList<Object[]>();
    for (var each : facts) {
      var text = write(each);
      if (!text.equals(known.get(each.number()))) {
        written.add(new Object[] {each.number(), each.seq(), DEFINITION, each.imported(), text});
      }
    }
    batches.batchUpdate(
        "delete from case_facts where case_number = ? and (seq <= ? or definition <> ?)",
        written.stream().map(each -> new Object[] {each[0], each[1], each[2]}).toList());
    batches.batchUpdate(
        "insert into case_facts (case_number, seq, definition, version, imported, facts) values (?, ?, ?, nextval('case_facts_version_seq'), ?, ?)",
        written);
  }

  /** Hands out all that is kept, with its version; in a transaction, without which PostgreSQL would send everything at once. */
  void readAll(BiConsumer<Long, CaseFacts> reader) {
    reading.executeWithoutResult(status -> jdbc.sql(
            "select version, facts from case_facts where definition = :definition")
        .param("definition", DEFINITION)
        .query(row -> {
          reader.accept(row.getLong("version"), read(row.getString("facts")));
        }));
  }

  /** The numbers of all cases whose facts are kept. */
  Set<String> allNumbers() {
    var numbers = new HashSet<String>();
    reading.executeWithoutResult(
        status -> jdbc.sql("select case_number from case_facts where definition = :definition")
            .param("definition", DEFINITION)
            .query(row -> {
              numbers.add(row.getString("case_number"));
            }));
    return numbers;
  }

  /** The versions of what was kept after one of them, and whose facts they are. */
  Map<Long, String> versionsAfter(long version) {
    var versions = new HashMap<Long, String>();
    jdbc.sql(
            "select version, case_number from case_facts where version > :version and definition = :definition")
        .param("version", version)
        .param("definition", DEFINITION)
        .query(row -> {
          versions.put(row.getLong("version"), row.getString("case_number"));
        });
    return versions;
  }

  /** @param numbers at most some thousands */
  List<CaseFacts> of(Collection<String> numbers) {
    return jdbc.sql(
            "select facts from case_facts where case_number in (:numbers) and definition = :definition")
        .param("numbers", numbers)
        .param("definition", DEFINITION)
        .query((row, index) -> read(row.getString("facts")))
        .list();
  }

  boolean isKept(String number) {
    return !of(List.of(number)).isEmpty();
  }

  int count() {
    return jdbc.sql("select count(*) from case_facts where definition = :definition")
        .param("definition", DEFINITION)
        .query(Integer.class)
        .single();
  }

  /** Numbers of our cases, from behind {@code after} on, in the database's order. */
  List<CaseNumber> numbers(String after, int size) {
    return jdbc.sql(
            "select number from customer_case where number > :after order by number limit :size")
        .param("after", after)
        .param("size", size)
        .query((row, index) -> CaseNumber.of(row.getString("number")))
        .list();
  }

  /** Numbers of our cases between two, both included, at most so many. */
  List<CaseNumber> numbersBetween(CaseNumber first, CaseNumber last, int most) {
    return jdbc.sql("""
        select number from customer_case where number between :first and :last order by number limit :most
        """)
        .param("first", first.value())
        .param("last", last.value())
        .param("most", most)
        .query((row, index) -> CaseNumber.of(row.getString("number")))
        .list();
  }

  /** Cases of which more is recorded than their facts know, from behind {@code after} on. */
  List<CaseNumber> behind(String after, int size) {
    return jdbc.sql("""
        select c.number
          from customer_case c
          left join case_facts f on f.case_number = c.number and f.definition = :definition
         where c.number > :after and c.ledger_seq > coalesce(f.seq, 0)
         order by c.number
         limit :size
        """)
        .param("definition", DEFINITION)
        .param("after", after)
        .param("size", size)
        .query((row, index) -> CaseNumber.of(row.getString("number")))
        .list();
  }

  /** Cases whose surveys have changed since, which their ledgers do not say. */
  List<CaseNumber> surveyedSince(Instant since) {
    return jdbc.sql(
            "select distinct case_number from survey where changed_at >= :since order by case_number")
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query((row, index) -> CaseNumber.of(row.getString("case_number")))
        .list();
  }

  /** Cases that were triaged since, and may be their customers' second call about the same. */
  List<CaseNumber> triagedSince(Instant since) {
    return jdbc.sql(
            "select distinct case_number from ledger where what = 'triaged' and at >= :since order by case_number")
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query((row, index) -> CaseNumber.of(row.getString("case_number")))
        .list();
  }

  /** Cases of the same customer and category that had a solution when this one was opened, and no other contact since. */
  List<CaseNumber> followedBy(CaseNumber number) {
    return jdbc.sql("""
        select o.number
          from customer_case c
          join customer_case o on o.customer_id = c.customer_id and o.category = c.category and o.number <> c.number
         where c.number = :number and o.opened_at <= c.opened_at
           and (o.closed_at is null or o.closed_at >= coalesce(
                 (select max(p.opened_at)
                    from customer_case p
                   where p.customer_id = c.customer_id and p.category = c.category and p.number <> c.number
                     and p.opened_at < c.opened_at), o.closed_at))
           and exists (select 1 from ledger l where l.case_number = o.number and l.what = 'solution-proposed')
        """)
        .param("number", number.value())
        .query((row, index) -> CaseNumber.of(row.getString("number")))
        .list();
  }

  static String write(CaseFacts facts) {
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Facts of case " + facts.number() + " cannot be written", e);
    }
  }

  static CaseFacts read(String facts) {
    try {
      return JSON.readValue(facts, CaseFacts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Facts cannot be read: " + facts, e);
    }
  }
}
