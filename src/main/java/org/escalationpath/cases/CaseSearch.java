package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

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
      Pattern.compile("(?:C-)?(\\d{1,12})", Pattern.CASE_INSENSITIVE);

  private final JdbcClient jdbc;

  CaseSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In which order cases are listed. */
  public enum Order {

    /** The one opened last comes first. */
    NEWEST,

    /** Whose limit passes first comes first; those without one are not listed. */
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
   * @param after the last case of the page before
   */
  public List<CustomerCase> page(
      CaseFilter filter, Order order, @Nullable CustomerCase after, int size) {
    var where = new Where(filter);
    if (order == Order.DUE) {
      where.and("c.due_at is not null");
    }
    if (after != null && order == Order.DUE && after.dueAt() != null) {
      where.and(
          "(c.due_at > :afterDue or c.due_at = :afterDue and c.number > :after)",
          Map.of(
              "afterDue", after.dueAt().atOffset(UTC), "after", after.number().value()));
    } else if (after != null) {
      where.and("c.number < :after", Map.of("after", after.number().value()));
    }
    return jdbc.sql(Cases.SELECT
            + where
            + (order == Order.DUE ? " order by c.due_at, c.number" : " order by c.number desc")
            + " limit :size")
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
      if (filter.dueBy() != null) {
        and("c.due_at <= :dueBy", Map.of("dueBy", filter.dueBy().atOffset(UTC)));
      }
      if (filter.text() != null) {
        text(filter.text());
      }
    }

    /** What reads as a number is one; all else is looked for in what people see in the list, and in what happened. */
    private void text(String text) {
      var number = NUMBER.matcher(text);
      if (number.matches()) {
        and(
            "c.number = :number",
            Map.of(
                "number", CaseNumber.ofSequence(Long.parseLong(number.group(1))).value()));
        return;
      }
      and("""
          (lower(c.subject) like :text or lower(c.description) like :text
            or c.customer_id in (select s.id from customer s where lower(s.name) like :text or s.email like :text))""", Map.of("text", "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%"));
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
