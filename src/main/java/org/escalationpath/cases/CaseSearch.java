package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds cases, a page at a time, each page where the one before ended, so that the last is as quick as the first. */
@Repository
public class CaseSearch {

  private static final Pattern NUMBER =
      Pattern.compile("(C-)?(\\d{1,12})", Pattern.CASE_INSENSITIVE);

  private final JdbcClient jdbc;

  CaseSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In which order cases are listed. */
  public enum Order {

    /** The one opened last comes first. */
    NEWEST,

    /** The one opened first comes first. */
    OLDEST,

    /** Whose limit passes first comes first; those without one come last. */
    DUE;

    /** @throws IllegalArgumentException naming what is allowed */
    public static Order of(String code) {
      return Codes.parse(Order.class, code);
    }

    @Override
    public String toString() {
      return Codes.code(this);
    }
  }

  /**
   * Where a page ended. The next one begins behind it, whatever has happened to the case since.
   *
   * @param dueAt when the case was due; null if it had no limit, or where pages are not in that order
   */
  public record Cursor(CaseNumber number, @Nullable Instant dueAt) {

    static Cursor of(CustomerCase last, Order order) {
      return new Cursor(last.number(), order == Order.DUE ? last.dueAt() : null);
    }

    /**
     * @param text as {@link #toString} writes it
     * @throws IllegalArgumentException if it is none
     */
    public static Cursor parse(String text) {
      var comma = text.indexOf(',');
      try {
        return new Cursor(
            CaseNumber.of(comma < 0 ? text : text.substring(0, comma)),
            comma < 0 ? null : Instant.parse(text.substring(comma + 1)));
      } catch (DateTimeException e) {
        throw new BadInput("after", "wrong-form", "'after' is not what 'next' said");
      }
    }

    @Override
    public String toString() {
      return number + (dueAt == null ? "" : "," + dueAt);
    }
  }

  /**
   * Some cases, and where the next page begins.
   *
   * @param next null on the last page
   */
  public record Page(List<CustomerCase> cases, @Nullable Cursor next) {}

  public Page page(CaseFilter filter, Order order, @Nullable Cursor after, int size) {
    var found = order == Order.DUE
        ? due(filter, after, size)
        : byNumber(filter, after, size, order == Order.OLDEST);
    return new Page(
        found, found.size() < size ? null : Cursor.of(found.get(found.size() - 1), order));
  }

  private List<CustomerCase> byNumber(
      CaseFilter filter, @Nullable Cursor after, int size, boolean isRising) {
    var where = new Where(filter);
    if (after != null) {
      where.and(
          isRising ? "c.number > :after" : "c.number < :after",
          Map.of("after", after.number().value()));
    }
    return find(where, isRising ? "c.number" : "c.number desc", size);
  }

  /** First those with a limit, then those without one. */
  private List<CustomerCase> due(CaseFilter filter, @Nullable Cursor after, int size) {
    var found = new ArrayList<CustomerCase>();
    if (after == null || after.dueAt() != null) {
      var where = new Where(filter);
      where.and("c.due_at is not null");
      if (after != null && after.dueAt() != null) {
        where.and(
            "(c.due_at > :afterDue or c.due_at = :afterDue and c.number > :after)",
            Map.of(
                "afterDue", after.dueAt().atOffset(UTC), "after", after.number().value()));
      }
      found.addAll(find(where, "c.due_at, c.number", size));
    }
    if (found.size() < size) {
      var where = new Where(filter);
      where.and("c.due_at is null");
      if (after != null && after.dueAt() == null) {
        where.and("c.number > :after", Map.of("after", after.number().value()));
      }
      found.addAll(find(where, "c.number", size - found.size()));
    }
    return found;
  }

  private List<CustomerCase> find(Where where, String order, int size) {
    return jdbc.sql(Cases.SELECT + where + " order by " + order + " limit :size")
        .params(where.parameters)
        .param("size", size)
        .query(Cases::read)
        .list();
  }

  /** How many cases there are, counted to {@code most} at the most. */
  public int count(CaseFilter filter, int most) {
    var where = new Where(filter);
    return jdbc.sql(
            "select count(*) from (select 1 from customer_case c join customer p on p.id = c.customer_id"
                + where
                + " limit :most) counted")
        .params(where.parameters)
        .param("most", most)
        .query(Integer.class)
        .single();
  }

  /** Only what is asked for is in the statement, so that the database sees which index serves. */
  private static final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private Where(CaseFilter filter) {
      equal("c.state", "state", filter.state());
      equal("c.tier", "tier", filter.tier());
      equal("c.priority", "priority", filter.priority());
      equal("p.email", "email", filter.email());
      equal("c.owner", "owner", filter.owner());
      if (filter.isEnded() != null) {
        and("c.closed_at is " + (filter.isEnded() ? "not null" : "null"));
      }
      if (filter.reason() != null) {
        and(
            "c.number in (select l.case_number from ledger l where l.reason = :reason)",
            Map.of("reason", filter.reason().toString()));
      }
      if (filter.dueAfter() != null) {
        and("c.due_at > :dueAfter", Map.of("dueAfter", filter.dueAfter().atOffset(UTC)));
      }
      if (filter.dueBy() != null) {
        and("c.due_at <= :dueBy", Map.of("dueBy", filter.dueBy().atOffset(UTC)));
      }
      if (filter.recordedFrom() != null || filter.recordedBefore() != null) {
        recorded(filter.recordedFrom(), filter.recordedBefore());
      }
      if (filter.text() != null) {
        text(filter.text());
      }
    }

    private void recorded(@Nullable Instant from, @Nullable Instant before) {
      and("exists (select 1 from ledger r where r.case_number = c.number"
          + (from == null ? "" : " and r.at >= :recordedFrom")
          + (before == null ? "" : " and r.at < :recordedBefore")
          + ")");
      if (from != null) {
        parameters.put("recordedFrom", from.atOffset(UTC));
      }
      if (before != null) {
        parameters.put("recordedBefore", before.atOffset(UTC));
      }
    }

    /** A whole case number is one; all else is looked for in what people see in the list, in what happened, and as digits of a number. */
    private void text(String text) {
      var number = NUMBER.matcher(text);
      var isNumber = number.matches();
      var like = isNumber && number.group(1) != null ? "" : """
              or lower(c.subject) like :text or lower(c.description) like :text
                or c.customer_id in (select s.id from customer s where lower(s.name) like :text or s.email like :text)""";
      and(
          "(c.number = :number " + like + ")",
          Map.of(
              "number",
              isNumber ? CaseNumber.ofSequence(Long.parseLong(number.group(2))).value() : "",
              "text",
              "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%"));
    }

    private static String escaped(String text) {
      return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private void equal(String column, String name, @Nullable Object value) {
      if (value != null) {
        and(column + " = :" + name, Map.of(name, value.toString()));
      }
    }

    private void and(String condition) {
      conditions.add(condition);
    }

    private void and(String condition, Map<String, Object> values) {
      conditions.add(condition);
      parameters.putAll(values);
    }

    @Override
    public String toString() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
  }
}
