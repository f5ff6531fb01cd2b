package org.escalationpath.audit;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds rows of all ledgers, the latest first, a page at a time, each page where the one before ended. */
@Repository
public class EventSearch {

  private final JdbcClient jdbc;

  EventSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What is looked for; what is null lets all through.
   *
   * @param before exclusive
   */
  public record Filter(
      @Nullable CaseNumber number,
      @Nullable String who,
      @Nullable What what,
      @Nullable ExceptionKind exception,
      @Nullable Instant from,
      @Nullable Instant before) {}

  /** Where a page ended, written as {@code instant,number,seq}. */
  public record Cursor(Instant at, String number, int seq) {

    private static final Pattern FORM = Pattern.compile("([^,]{10,30}),(C-\\d{6,12}),(\\d{1,9})");

    /** @throws BadInput if it is none */
    public static Cursor parse(String text) {
      var parts = FORM.matcher(text);
      try {
        if (parts.matches()) {
          return new Cursor(
              Instant.parse(parts.group(1)), parts.group(2), Integer.parseInt(parts.group(3)));
        }
      } catch (DateTimeException e) {
        throw wrong();
      }
      throw wrong();
    }

    private static BadInput wrong() {
      return new BadInput("after", "wrong-form", "'after' is not what the page before said");
    }

    static Cursor of(Event last) {
      return new Cursor(last.row().at(), last.row().chain(), last.row().seq());
    }

    @Override
    public String toString() {
      return at + "," + number + "," + seq;
    }
  }

  /** @param exception as which the row was found, where one was looked for */
  public record Event(LedgerRow row, @Nullable String exception) {}

  /** @param next null on the last page */
  public record Page(List<Event> events, @Nullable Cursor next) {}

  public Page page(Filter filter, @Nullable Cursor after, int size) {
    var conditions = new ArrayList<String>();
    var values = new HashMap<String, Object>();
    var base = filter.exception() == null ? "l" : "x";
    equal(conditions, values, base + ".case_number", "number", filter.number());
    equal(conditions, values, base + ".who", "who", filter.who());
    equal(conditions, values, "l.what", "what", filter.what());
    equal(conditions, values, "x.kind", "kind", filter.exception());
    if (filter.from() != null) {
      conditions.add(base + ".at >= :from");
      values.put("from", filter.from().atOffset(UTC));
    }
    if (filter.before() != null) {
      conditions.add(base + ".at < :before");
      values.put("before", filter.before().atOffset(UTC));
    }
    if (after != null) {
      conditions.add(
          "%1$s.at <= :at and (%1$s.at < :at or %1$s.case_number < :afterNumber or %1$s.case_number = :afterNumber and %1$s.seq < :afterSeq)"
              .formatted(base));
      values.putAll(Map.of(
          "at", after.at().atOffset(UTC), "afterNumber", after.number(), "afterSeq", after.seq()));
    }
    var found = find(base, conditions, values, size);
    return new Page(found, found.size() < size ? null : Cursor.of(found.get(found.size() - 1)));
  }

  private List<Event> find(
      String base, List<String> conditions, Map<String, Object> values, int size) {
    var tables = base.equals("l")
        ? "ledger l"
        : "case_exception x join ledger l on l.case_number = x.case_number and l.seq = x.seq";
    return jdbc.sql(
            "select l.*, " + (base.equals("l") ? "null" : "x.kind") + " as exception_kind from "
                + tables
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by %1$s.at desc, %1$s.case_number desc, %1$s.seq desc limit :size"
                    .formatted(base))
        .params(values)
        .param("size", size)
        .query((row, index) -> new Event(LedgerRow.read(row), row.getString("exception_kind")))
        .list();
  }

  private static void equal(
      List<String> conditions,
      Map<String, Object> values,
      String column,
      String name,
      @Nullable Object value) {
    if (value != null) {
      conditions.add(column + " = :" + name);
      values.put(name, value.toString());
    }
  }
}
