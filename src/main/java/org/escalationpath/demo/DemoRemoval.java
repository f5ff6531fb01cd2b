package org.escalationpath.demo;

import java.util.List;
import java.util.Map;
import org.escalationpath.audit.Seals;
import org.escalationpath.cases.AppendOnly;
import org.escalationpath.cases.Journal;
import org.escalationpath.desk.DemoData;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.PastTime;
import org.escalationpath.engine.Retention;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes the demo's cases away, with everything that is known of them; others stay. On H2 only, whose trigger lets it: no ledger on
 * PostgreSQL ever loses a row.
 */
@Component
@Profile("!production")
@ConditionalOnProperty("escalation.demo.people")
class DemoRemoval implements DemoData {

  /** Each after those that point to it. */
  private static final List<String> TABLES = List.of(
      "step_remark",
      "audit_worksheet",
      "case_exception",
      "case_examined",
      "case_facts",
      "attachment",
      "message",
      "hand_over_brief",
      "link_token",
      "clock_term",
      "clock",
      "notification",
      "survey",
      "debrief",
      "audit_finding",
      "ledger",
      "note");

  private final JdbcClient jdbc;
  private final DemoDatabase database;
  private final PastTime past;
  private final Retention retention;
  private final Commands commands;
  private final Journal journal;
  private final Seals seals;

  DemoRemoval(
      JdbcClient jdbc,
      DemoDatabase database,
      PastTime past,
      Retention retention,
      Commands commands,
      Journal journal,
      Seals seals) {
    this.database = database;
    this.jdbc = jdbc;
    this.past = past;
    this.retention = retention;
    this.seals = seals;
    this.commands = commands;
    this.journal = journal;
  }

  @Override
  public int count() {
    return numbers().size();
  }

  private List<String> numbers() {
    if (!database.isH2()) {
      return List.of();
    }
    return jdbc.sql("select number from customer_case where external_id like :demo order by number")
        .param("demo", DemoCases.EXTERNAL_ID + "%")
        .query(String.class)
        .list();
  }

  @Override
  public void remove() {
    var numbers = numbers();
    if (!numbers.isEmpty()) {
      commands.run(() -> {
        retention.end(numbers, "the demo's cases are removed");
        AppendOnly.lifted(() -> delete(numbers));
      });
      // the engine forgets only what has been written as ended
      commands.run(() -> past.forget(numbers));
    }
  }

  private void delete(List<String> numbers) {
    jdbc.sql("""
        delete from improvement_action
         where debrief_id in (select id from debrief where case_number in (:numbers))
        """).param("numbers", numbers).update();
    TABLES.forEach(table -> jdbc.sql("delete from " + table + " where case_number in (:numbers)")
        .param("numbers", numbers)
        .update());
    jdbc.sql("delete from customer_case where number in (:numbers)")
        .param("numbers", numbers)
        .update();
    jdbc.sql("""
        delete from audit_sample s where not exists (select 1 from audit_worksheet w where w.sample_id = s.id)
        """).update();
    seals.beginAnew();
    journal.append("demo-removed", Map.of("cases", numbers.size()));
    jdbc.sql("""
        delete from customer p where not exists (select 1 from customer_case c where c.customer_id = p.id)
        """).update();
  }
}
