package org.escalationpath.clocks;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads terms of clocks as they are stored, whatever somebody has made of them. */
@Repository
public class TermRows {

  private final JdbcClient jdbc;
  private final Calendars calendars;

  TermRows(JdbcClient jdbc, Calendars calendars) {
    this.jdbc = jdbc;
    this.calendars = calendars;
  }

  /** The SHA-256 of each version of each calendar, by {@code office:1}; to be read once for many terms. */
  public Map<String, String> calendars() {
    var hashes = new HashMap<String, String>();
    calendars
        .definitions()
        .forEach((version, definition) ->
            hashes.put(version, Chain.sha256(definition.getBytes(StandardCharsets.UTF_8))));
    return hashes;
  }

  /**
   * The terms of these cases, sorted by case and place.
   *
   * @param calendars see {@link #calendars}
   */
  public List<TermRow> of(List<String> caseNumbers, Map<String, String> calendars) {
    var places = new HashMap<String, Integer>();
    return caseNumbers.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select * from clock_term where case_number in (:numbers) order by case_number, id")
            .param("numbers", caseNumbers)
            .query((row, index) -> read(row, places, calendars))
            .list();
  }

  private static TermRow read(
      ResultSet row, Map<String, Integer> places, Map<String, String> calendars)
      throws SQLException {
    var chain = TermRow.chainOf(row.getString("case_number"));
    var values = new ArrayList<@Nullable String>(Arrays.asList(
        row.getString("kind"),
        row.getString("run"),
        row.getString("term"),
        row.getString("tier"),
        row.getString("priority"),
        Chain.text(Rows.required(Rows.instant(row, "since"))),
        row.getString("after_seq"),
        row.getString("limit_s"),
        row.getString("reminder"),
        row.getString("calendar"),
        row.getString("calendar_version"),
        calendars.get(row.getString("calendar") + ":" + row.getInt("calendar_version")),
        String.valueOf(row.getBoolean("third_party_pauses")),
        row.getString("policy"),
        row.getString("why"),
        row.getString("carried_s")));
    return new TermRow(chain, places.merge(chain, 1, Integer::sum), values);
  }
}
