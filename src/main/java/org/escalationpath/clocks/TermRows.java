package org.escalationpath.clocks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads terms of clocks as they are stored, whatever somebody has made of them. */
@Repository
public class TermRows {

  private final JdbcClient jdbc;

  TermRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The terms of these cases, sorted by case and place. */
  public List<TermRow> of(List<String> caseNumbers) {
    var places = new HashMap<String, Integer>();
    return caseNumbers.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select * from clock_term where case_number in (:numbers) order by case_number, id")
            .param("numbers", caseNumbers)
            .query((row, index) -> read(row, places))
            .list();
  }

  private static TermRow read(ResultSet row, Map<String, Integer> places) throws SQLException {
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
        String.valueOf(row.getBoolean("third_party_pauses")),
        row.getString("policy"),
        row.getString("why"),
        row.getString("carried_s")));
    return new TermRow(chain, places.merge(chain, 1, Integer::sum), values);
  }
}
