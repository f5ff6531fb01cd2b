package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Migrations are tried on data: what ran before an upgrade goes on with what it had. */
@Tag("database")
class MigrationTest {

  @TempDir
  private Path folder;

  private static FluentConfiguration flyway(DataSource source) {
    EngineTables.create(source);
    var vendor = TestDatabase.isPostgresql() ? "postgresql" : "h2";
    return Flyway.configure()
        .dataSource(source)
        .baselineOnMigrate(true)
        .baselineVersion("1")
        .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor);
  }

  @Test
  void clocksThatRunKeepTheirLimitsAndWhatTheyHadUsed() {
    var source = new DriverManagerDataSource(
        TestDatabase.another("migration", folder), TestDatabase.user(), "");
    var flyway = flyway(source);
    flyway.target("100").load().migrate();
    var jdbc = JdbcClient.create(source);
    jdbc.sql("""
        insert into customer (name, email, language, preferred_channel, segment, created_at)
        values ('Erika', 'e@example.org', 'en', 'email', 'standard', timestamp '2026-11-23 09:00:00')
        """).update();
    jdbc.sql("""
        insert into customer_case (number, customer_id, subject, description, channel, opened_by, opened_at, priority, tier, visit,
               state, ledger_seq, locks)
        select 'C-000001', id, 's', 'd', 'api', 'agent', timestamp '2026-11-23 09:00:00', 'high', 'team-lead', 2, 'open', 2, 0
          from customer
        """).update();
    jdbc.sql("""
        insert into ledger (case_number, seq, at, who, what) values
          ('C-000001', 1, timestamp '2026-11-23 09:00:00', 'agent', 'opened'),
          ('C-000001', 2, timestamp '2026-11-23 11:00:00', 'system', 'escalated')
        """).update();
    jdbc.sql("""
        insert into clock (case_number, kind, visit, tier, priority, calendar, started_at, limit_s, reminder_s, used_s) values
          ('C-000001', 'tier', 1, 'front-line', 'normal', 'office', timestamp '2026-11-23 09:00:00', 28800, 7200, 0),
          ('C-000001', 'tier', 2, 'team-lead', 'high', 'always', timestamp '2026-11-23 11:00:00', 14400, 3600, 1800)
        """).update();
    jdbc.sql("""
        insert into act_re_procdef (id_, key_, version_) values ('escalation-path:7:1', 'escalation-path', 7)
        """).update();
    jdbc.sql("""
        insert into act_ru_execution (id_, proc_inst_id_, business_key_, proc_def_id_) values ('p1', 'p1', 'C-000001', 'escalation-path:7:1')
        """).update();
    jdbc.sql("""
        insert into act_ru_task (id_, execution_id_, proc_inst_id_, proc_def_id_, due_date_)
        values ('t1', 'p1', 'p1', 'escalation-path:7:1', timestamp '2026-11-23 15:00:00')
        """).update();
    jdbc.sql("""
        insert into notification (id, case_number, recipient, template, parameters, requested_at, state, attempts)
        values ('n1', 'C-000001', 'customer', 't', '{}', timestamp '2026-11-23 09:00:00', 'requested', 0)
        """).update();

    flyway.target("latest").load().migrate();

    assertThat(jdbc.sql("""
            select concat(run, ' ', tier, ' ', priority, ' ', after_seq, ' ', limit_s, ' ', reminder, ' ', calendar, ':', calendar_version,
                   ' ', carried_s) from clock_term where kind = 'tier' and term = 1 order by run
            """).query(String.class).list())
        .containsExactly(
            "1 front-line normal 1 28800 PT7200S office:1 0",
            "2 team-lead high 2 14400 PT3600S always:1 1800");
    assertThat(jdbc.sql("select count(distinct id) - count(*) from clock_term")
            .query(Integer.class)
            .single())
        .as("terms of before have an order, too")
        .isZero();
    assertThat(jdbc.sql(
                "select concat(visit, ' ', tier, ' ', reminder_s, ' ', used_s) from clock order by visit")
            .query(String.class)
            .list())
        .as("for nodes of the version before")
        .containsExactly("1 front-line 7200 0", "2 team-lead 3600 1800");
    assertThat(jdbc.sql("select cases from auditor_run").query(Integer.class).single())
        .isEqualTo(-1);
    assertThat(
            jdbc.sql("select for_digest from notification").query(Boolean.class).single())
        .isFalse();
    assertThat(jdbc.sql("select due_at from customer_case")
            .query((row, index) -> row.getObject("due_at", OffsetDateTime.class).toInstant())
            .single())
        .as("when the limit passes of a case that ran before lists were sorted by it")
        .isEqualTo("2026-11-23T15:00:00Z");
    assertThat(jdbc.sql("select seq from notification").query(Long.class).single())
        .isPositive();
  }

  @Test
  void aProposedChangeDoesNotClaimToKnowWhatWasDeployedThen() {
    var source = new DriverManagerDataSource(
        TestDatabase.another("proposed", folder), TestDatabase.user(), "");
    var flyway = flyway(source);
    flyway.target("116").load().migrate();
    var jdbc = JdbcClient.create(source);
    jdbc.sql("""
        insert into procedure_change (id, title, why, state, proposed_by, proposed_at)
        values ('p1', 't', 'w', 'proposed', 'owner', timestamp '2026-11-23 09:00:00')
        """).update();
    jdbc.sql("""
        insert into procedure_change_file (change_id, name, content, differs) values ('p1', 'x.form', 'e30=', 'ADDED something')
        """).update();

    flyway.target("latest").load().migrate();

    assertThat(jdbc.sql(
                "select concat(differs, ' ', coalesce(base, 'unknown')) from procedure_change_file")
            .query(String.class)
            .single())
        .isEqualTo("ADDED something unknown");
  }

  @Test
  void anAuditorThatHasRunKeepsItsLastRun() {
    var source = new DriverManagerDataSource(
        TestDatabase.another("audited", folder), TestDatabase.user(), "");
    var flyway = flyway(source);
    flyway.target("104").load().migrate();
    var jdbc = JdbcClient.create(source);
    jdbc.sql(
            "insert into auditor_run (name, finished_at, cases, millis) values ('last', timestamp '2026-11-23 09:00:00', 7, 3)")
        .update();

    flyway.target("latest").load().migrate();

    assertThat(jdbc.sql("select cases from auditor_run").query(Integer.class).list())
        .containsExactly(7);
  }
}
