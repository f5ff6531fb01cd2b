package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Finding;
import org.escalationpath.auditor.Findings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The auditor over very many open cases, on demand: one case is opened and its rows are copied, in our tables and in the engine's.
 * {@code ./mvnw test-compile surefire:test@postgresql -Dtest=AuditorAtScaleTest
 * -Dskipped.groups=none -Dauditor.cases=100000}
 */
@Tag("on-demand")
class AuditorAtScaleTest extends EngineTest {

  private static final int CASES = Integer.getInteger("auditor.cases", 2_000);
  private static final int BASE = 500_000;

  /** Which columns hold ids of the case or its process, and must differ from copy to copy. */
  private static final Map<String, List<String>> TABLES = new java.util.LinkedHashMap<>();

  static {
    TABLES.put("customer_case", List.of("number"));
    TABLES.put("ledger", List.of("case_number"));
    TABLES.put("clock_term", List.of("case_number"));
    TABLES.put(
        "act_ru_execution",
        List.of("id_", "root_proc_inst_id_", "proc_inst_id_", "parent_id_", "business_key_"));
    TABLES.put("act_ru_task", List.of("id_", "execution_id_", "proc_inst_id_"));
    TABLES.put(
        "act_ru_job",
        List.of("id_", "execution_id_", "process_instance_id_", "root_proc_inst_id_"));
  }

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private EscalationAuditor auditor;

  @Autowired
  private Findings findings;

  @Test
  void theAuditorChecksThemAllAndFindsTheOneThatIsWrong() {
    assumeTrue(TestDatabase.isPostgresql(), "skipped: rows are copied in PostgreSQL's way");
    jdbc.sql("update customer_case set state = 'closed'").update();
    var original = desk.opens(aCase());
    var path = desk.task(original).getProcessInstanceId();
    for (var table : TABLES.entrySet()) {
      copy(table.getKey(), table.getValue(), original.value(), path);
    }
    jdbc.sql("analyze").update();
    jdbc.sql(
            "delete from act_ru_job where process_instance_id_ = :id and handler_cfg_ like '%limitFrontLine%'")
        .param("id", path + "-7")
        .update();

    auditor.run();
    var started = System.nanoTime();
    var checked = auditor.run();
    var seconds = (System.nanoTime() - started) / 1e9;

    assertThat(checked).isEqualTo(CASES + 1);
    assertThat(findings.lasting())
        .singleElement()
        .extracting(Finding::kind, finding -> finding.caseNumber().value())
        .containsExactly("timer-missing", "C-" + (BASE + 7));
    System.getLogger("auditor")
        .log(
            System.Logger.Level.INFO, "MEASURED {0} open cases checked in {1} s", checked, seconds);
    assertThat(findings.lastRun().orElseThrow().cases()).isEqualTo(checked);
    removeTheCopies(path);
  }

  /** So that the end of the test does not end each of them through the engine. */
  private void removeTheCopies(String path) {
    jdbc.sql("delete from act_ru_job where process_instance_id_ like :copies")
        .param("copies", path + "-%")
        .update();
    jdbc.sql("delete from act_ru_task where proc_inst_id_ like :copies")
        .param("copies", path + "-%")
        .update();
    jdbc.sql("delete from act_ru_incident where proc_inst_id_ like :copies")
        .param("copies", path + "-%")
        .update();
    jdbc.sql(
            "delete from act_ru_execution where proc_inst_id_ like :copies and parent_id_ is not null")
        .param("copies", path + "-%")
        .update();
    jdbc.sql("delete from act_ru_execution where proc_inst_id_ like :copies")
        .param("copies", path + "-%")
        .update();
    jdbc.sql("update customer_case set state = 'closed'").update();
  }

  private void copy(String table, List<String> ids, String number, String path) {
    var columns = jdbc.sql("select * from " + table + " where 1 = 0")
        .query((java.sql.ResultSet rows) -> {
          var names = new java.util.ArrayList<String>();
          for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            names.add(rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
          }
          return names;
        });
    var isOurs = !table.startsWith("act_");
    var values = columns.stream()
        .map(column -> !ids.contains(column)
            ? "t." + column
            : isOurs || column.equals("business_key_")
                ? "case when t." + column + " is null then null else 'C-' || (" + BASE
                    + " + n.x) end"
                : "t." + column + " || '-' || n.x")
        .collect(Collectors.joining(", "));
    var numbers = "generate_series(1, " + CASES + ") as n(x)";
    var which = switch (table) {
      case "customer_case" -> "t.number = :number";
      case "ledger", "clock_term" -> "t.case_number = :number";
      case "act_ru_job" -> "t.process_instance_id_ = :path";
      default -> "t.proc_inst_id_ = :path";
    };
    var order = table.equals("act_ru_execution")
        ? " order by case when t.parent_id_ is null then 0 else 1 end, length(t.id_)"
        : "";
    jdbc.sql("insert into " + table + " (" + String.join(", ", columns) + ") select " + values
            + " from " + table + " t cross join " + numbers + " where " + which + order)
        .param(
            which.contains(":number") ? "number" : "path",
            which.contains(":number") ? number : path)
        .update();
  }
}
