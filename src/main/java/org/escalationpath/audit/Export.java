package org.escalationpath.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.clocks.TermRow;
import org.escalationpath.clocks.TermRows;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes ledgers out of the system: of one case, or of all that a filter lets through, each whole, oldest case first. Written row by
 * row from one view of the database, so that a million rows need no more memory than a hundred. The journal says who took what.
 */
@Component
public class Export {

  private static final int CHUNK = 500;
  private static final int MOST_AT_ONCE = 4;

  private final CaseSearch search;
  private final Cases cases;
  private final JdbcClient jdbc;
  private final Seals seals;
  private final Journal journal;
  private final TermRows terms;
  private final Actor actor;
  private final Clock clock;
  private final TransactionTemplate oneView;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  Export(
      CaseSearch search,
      Cases cases,
      JdbcClient jdbc,
      Seals seals,
      Journal journal,
      TermRows terms,
      Actor actor,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.search = search;
    this.cases = cases;
    this.jdbc = jdbc;
    this.seals = seals;
    this.journal = journal;
    this.terms = terms;
    this.actor = actor;
    this.clock = clock;
    this.oneView = new TransactionTemplate(transactions);
    oneView.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    oneView.setReadOnly(true);
  }

  /** What an export is written as. */
  public enum Format {
    CSV("text/csv;charset=UTF-8"),
    JSON("application/json"),
    XES("application/xml");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    /** The media type of the file. */
    public String type() {
      return type;
    }

    /** {@code csv}, as in the file's name. */
    public String ending() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** @throws BadInput naming what is allowed */
    public static Format of(String text) {
      for (var format : values()) {
        if (format.ending().equals(text)) {
          return format;
        }
      }
      throw new BadInput(
          "format", "no-choice", "'format' must be csv, json or xes", "csv, json, xes");
    }
  }

  /**
   * What is to be taken out.
   *
   * @param number one case, whatever the filter says; null for all that the filter lets through
   * @param words what the filter was made of, for the journal and the head of the file
   */
  public record Request(
      Format format, @Nullable CaseNumber number, CaseFilter filter, Map<String, String> words) {

    boolean isWhole() {
      return number == null && filter.equals(CaseFilter.ALL);
    }
  }

  /** What stands at the beginning of an export. */
  record Head(Instant at, String by, Request request, List<Seal> seals) {}

  /**
   * @param seal the seal that covers the row
   * @param sealedHash the hash that it sealed
   * @param note what somebody wrote; null where they wrote nothing or it was erased
   */
  record ExportedRow(
      LedgerRow row,
      @Nullable Integer seal,
      @Nullable String sealedHash,
      @Nullable String note) {}

  /** Where an export goes. */
  public interface Out {
    OutputStream open() throws IOException;
  }

  /** Writes one format. */
  interface Writer {

    void begin(Head head) throws IOException;

    /** All rows of a case, in order. */
    void write(CustomerCase customerCase, List<ExportedRow> rows) throws IOException;

    void write(Journal.Row row, @Nullable Integer seal, @Nullable String sealedHash)
        throws IOException;

    /** What a clock was held to; only for who verifies it. */
    default void writeTerm(TermRow row, @Nullable Integer seal, @Nullable String sealedHash)
        throws IOException {}

    void end() throws IOException;
  }

  /**
   * Records that it is being taken, and writes it; the stream stays open.
   *
   * @param out opened only once nothing speaks against the export
   * @return how many rows
   * @throws org.escalationpath.cases.NoSuchCase if there is no case with that number
   * @throws Busy while as many are being taken as may be at once; each holds a connection until its reader has read it
   */
  public long write(Request request, Out out) throws IOException {
    if (request.number() != null) {
      cases.require(request.number());
    }
    Busy.take(
        places, MOST_AT_ONCE + " exports are being taken already; ask again when one has ended");
    try {
      journal.append("exported", facts(request));
      return oneView.execute(status -> {
        try {
          return writeAll(request, writer(request.format(), out.open()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      places.release();
    }
  }

  private static Map<String, Object> facts(Request request) {
    var facts = new HashMap<String, Object>(request.words());
    facts.put("format", request.format().ending());
    if (request.number() != null) {
      facts.put("case", request.number().value());
    }
    // an address or a name that was looked for is personal, and the journal is for ever
    facts.computeIfPresent("customer", (key, value) -> "given");
    facts.computeIfPresent("text", (key, value) -> "given");
    return facts;
  }

  private static Writer writer(Format format, OutputStream out) throws IOException {
    return switch (format) {
      case CSV -> new CsvExport(out);
      case JSON -> new JsonExport(out);
      case XES -> new XesExport(out);
    };
  }

  private long writeAll(Request request, Writer writer) throws IOException {
    writer.begin(new Head(
        clock.instant(), actor.name(), request, request.isWhole() ? seals.all() : List.of()));
    var count = inChunks(request, chunk -> write(chunk, writer));
    if (request.isWhole()) {
      count += writeJournal(writer);
    }
    // by themselves, since roots are made of chains in their order
    if (request.format() == Format.JSON) {
      var calendars = terms.calendars();
      count += inChunks(request, chunk -> writeTerms(chunk, calendars, writer));
    }
    writer.end();
    return count;
  }

  private interface Chunk {
    long write(List<CustomerCase> cases) throws IOException;
  }

  private long inChunks(Request request, Chunk chunk) throws IOException {
    if (request.number() != null) {
      return chunk.write(List.of(cases.require(request.number())));
    }
    var count = 0L;
    CaseSearch.@Nullable Cursor after = null;
    do {
      var page = search.page(request.filter(), CaseSearch.Order.OLDEST, after, CHUNK);
      count += chunk.write(page.cases());
      after = page.next();
    } while (after != null);
    return count;
  }

  private long writeTerms(List<CustomerCase> chunk, Map<String, String> calendars, Writer writer)
      throws IOException {
    var numbers = chunk.stream().map(each -> each.number().value()).toList();
    var sealed = new SealedTerms(jdbc, numbers);
    var rows = terms.of(numbers, calendars);
    for (var term : rows) {
      var row = sealed.row(term);
      writer.writeTerm(term, row.seal(), row.sealedHash());
    }
    return rows.size();
  }

  private long write(List<CustomerCase> chunk, Writer writer) throws IOException {
    if (chunk.isEmpty()) {
      return 0;
    }
    var rows = new HashMap<String, List<ExportedRow>>();
    jdbc.sql("""
        select l.*, e.seal, e.hash as sealed_hash, n.text as note
          from ledger l
          left join seal_entry e on e.chain = l.case_number and e.seq = l.seq
          left join note n on n.id = l.note_id
         where l.case_number in (:numbers)
         order by l.case_number, l.seq
        """)
        .param("numbers", chunk.stream().map(each -> each.number().value()).toList())
        .query(row -> {
          var read = LedgerRow.read(row);
          rows.computeIfAbsent(read.chain(), key -> new ArrayList<>())
              .add(new ExportedRow(
                  read,
                  row.getObject("seal", Integer.class),
                  row.getString("sealed_hash"),
                  row.getString("note")));
        });
    var count = 0L;
    for (var each : chunk) {
      var ofCase = rows.getOrDefault(each.number().value(), List.of());
      writer.write(each, ofCase);
      count += ofCase.size();
    }
    return count;
  }

  private long writeJournal(Writer writer) throws IOException {
    var count = 0L;
    for (var after = 0; ; ) {
      var chunk = jdbc.sql("""
          select j.*, e.seal, e.hash as sealed_hash
            from journal j
            left join seal_entry e on e.chain = 'journal' and e.seq = j.seq
           where j.seq > :after
           order by j.seq
           limit :size
          """)
          .param("after", after)
          .param("size", CHUNK)
          .query((row, index) -> new JournalRow(
              Journal.Row.read(row),
              row.getObject("seal", Integer.class),
              row.getString("sealed_hash")))
          .list();
      for (var each : chunk) {
        writer.write(each.row(), each.seal(), each.sealedHash());
      }
      count += chunk.size();
      if (chunk.size() < CHUNK) {
        return count;
      }
      after = chunk.get(chunk.size() - 1).row().seq();
    }
  }

  private record JournalRow(
      Journal.Row row, @Nullable Integer seal, @Nullable String sealedHash) {}
}
