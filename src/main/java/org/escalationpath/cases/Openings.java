package org.escalationpath.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the ledger's first row holds of what a case was opened with: hashes, while words and files can be erased. */
@Repository
public class Openings {

  /** The detail that holds the hash of what was typed. */
  public static final String HASH = "openingHash";

  private final JdbcClient jdbc;

  Openings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The details of the first row, once the case is registered and its files are kept. */
  public Map<String, Object> details(CaseNumber number) {
    var details = new HashMap<String, Object>();
    var files = new ArrayList<String>();
    jdbc.sql("""
        select c.*, a.id as file_id, a.name as file_name, a.type as file_type, a.sha256
          from customer_case c
          left join attachment a on a.case_number = c.number and a.message_id is null
         where c.number = :number
         order by a.id
        """).param("number", number.value()).query(row -> {
      details.put(HASH, hash(row));
      if (row.getString("sha256") != null) {
        files.add(Attachments.hash(
            row.getString("file_id"),
            row.getString("file_name"),
            row.getString("file_type"),
            row.getString("sha256")));
      }
    });
    details.putAll(Attachments.details(files));
    return details;
  }

  /**
   * The hash of the row of {@code customer_case}, which begins with its salt: which case, who the customer is, what they said, and when and how
   * it came.
   *
   * @return null where it was erased, or a version without salts has written the row
   */
  public static @Nullable String hash(ResultSet row) throws SQLException {
    if (row.getString("salt") == null) {
      return null;
    }
    List<@Nullable String> fields = Arrays.asList(
        row.getString("number"),
        row.getString("customer_id"),
        row.getString("subject"),
        row.getString("description"),
        row.getString("product"),
        row.getString("severity"),
        row.getString("channel"),
        row.getString("external_id"),
        text(Rows.instant(row, "needed_by")),
        row.getString("opened_by"),
        text(Rows.instant(row, "opened_at")));
    return Chain.hash(row.getString("salt"), fields);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Chain.text(instant);
  }
}
