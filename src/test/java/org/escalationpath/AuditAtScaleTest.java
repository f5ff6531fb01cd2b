package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit view with very many cases, on demand: {@code ./mvnw test-compile surefire:test@postgresql -Dtest=AuditAtScaleTest
 * -Dskipped.groups=none -Dgroups= -Dcases=100000}. Each case has ten rows in its ledger.
 */
@Tag("on-demand")
class AuditAtScaleTest extends EngineTest {

  private static final int CASES = Integer.getInteger("cases", 2_000);
  private static final int ROWS = 10;
  private static final int TERMS = 5;
  private static final int STEPS = 20;
  private static final int TIMES = 40;

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private CaseDesk caseDesk;

  @Autowired
  private Seals seals;

  @Autowired
  private Verification verification;

  @Autowired
  private Exceptions exceptions;

  @Test
  void everythingIsThereInTime() throws Exception {
    var busy = desk.opens(aCase());
    for (var round = 0; round < 60; round++) {
      desk.as("agent", () -> caseDesk.agentReplies(busy, "Which one?", true));
      desk.customer(busy, () -> caseDesk.customerWrites(busy, "The red one."));
    }
    var definition = desk.task(busy).getProcessDefinitionId();
    fill(definition);
    seconds("binding, sealing", () -> seals.seal().orElseThrow().rows() + " rows");
    seconds("verifying", () -> verification.all().problems().size() + " problems");
    seconds("looking for exceptions", () -> exceptions.examine() + " cases");

    var auditor = Http.signedIn(port, "auditor");
    var events = auditor
            .get("/audit/cases/" + busy + "?show=step,variable")
            .body()
            .split("<tr class=\"of-")
            .length
        - 1;
    median(
        "the history of a case with " + events + " events",
        auditor,
        "/audit/cases/" + busy + "?show=step,variable");
    median("the same without steps and variables", auditor, "/audit/cases/" + busy);
    median("the first page of events", auditor, "/audit/events");
    median("by who", auditor, "/audit/events?who=lead");
    median("by who, who is nobody", auditor, "/audit/events?who=nobody");
    median("by what", auditor, "/audit/events?what=escalated");
    median(
        "by who and what and when",
        auditor,
        "/audit/events?who=agent&what=escalated&from=2026-11-01&to=2026-11-30");
    median("by exception", auditor, "/audit/events?exception=escalation-without-note");
    median("a page far down", auditor, "/audit/events?after=2026-11-23T00:00:00Z,C-450000,5");
    median("by case", auditor, "/audit/events?case=" + busy);
    median("the page Audit", auditor, "/audit");
    seconds("the heat map of %,d steps".formatted(CASES * STEPS), () -> {
      assertThat(auditor.get("/audit/heat?model=" + definition).body()).contains("Element");
      return "one page";
    });
    seconds("the first PDF", () -> {
      assertThat(auditor.get("/audit/cases/" + busy + ".pdf").statusCode()).isEqualTo(200);
      return "one file";
    });
    seconds("the second PDF", () -> {
      assertThat(auditor.get("/audit/cases/" + busy + ".pdf").statusCode()).isEqualTo(200);
      return "one file";
    });
    exportWithin300Megabytes();
  }

  private void exportWithin300Megabytes() throws Exception {
    if (!TestDatabase.isPostgresql()) {
      return;
    }
    var child = new ChildApplication("300m");
    try {
      child.start(
          TestDatabase.url("postgres", ""),
          "--escalation.background=false",
          "--camunda.bpm.job-execution.enabled=false");
      child.awaitReady();
      for (var format : List.of("csv", "json", "xes")) {
        seconds(
            "export as " + format + " with 300 MB of heap", () -> download(child.port(), format));
      }
      assertThat(child.output()).doesNotContain("OutOfMemory");
    } finally {
      child.kill();
    }
  }

  private static String download(int port, String format) {
    var request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + "/api/audit/export?format=" + format))
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("auditor:demo".getBytes(StandardCharsets.UTF_8)))
        .build();
    try {
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      return count(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String count(InputStream in) throws IOException {
    var bytes = 0L;
    var buffer = new byte[1 << 16];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes += n;
    }
    assertThat(bytes).isGreaterThan((long) CASES * ROWS * 50);
    return bytes / 1_000_000 + " MB";
  }

  private static void seconds(String what, Supplier<String> action) {
    var started = System.nanoTime();
    var said = action.get();
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d cases, %s: %.1f s (%s)%n",
        CASES,
        what,
        (System.nanoTime() - started) / 1e9,
        said);
  }

  private static void median(String what, Http person, String path) {
    var times = new long[TIMES];
    for (var n = 0; n < TIMES; n++) {
      var started = System.nanoTime();
      assertThat(person.get(path).statusCode()).isEqualTo(200);
      times[n] = System.nanoTime() - started;
    }
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d cases, %s: median %d ms, p95 %d ms%n",
        CASES,
        what,
        times[TIMES / 2] / 1_000_000,
        times[TIMES * 95 / 100] / 1_000_000);
  }

  private void fill(String definition) {
    var series = TestDatabase.isPostgresql()
        ? "generate_series(1, %s) as %s(x)"
        : "system_range(1, %s) as %s(x)";
    insert("""
        insert into customer (name, email, language, preferred_channel, segment, created_at)
        values ('Scale', 'scale@example.org', 'en', 'email', 'standard', current_timestamp)
        """, Map.of());
    insert("""
        insert into customer_case (number, customer_id, subject, description, channel, opened_by, opened_at, priority, tier, visit,
               state, owner, ledger_seq, locks, closed_at)
        select 'C-' || (400000 + n.x), (select id from customer where email = 'scale@example.org'), 'A parcel', 'It has not come.', 'web', 'customer',
               current_timestamp, 'normal', 'team-lead', 1, 'closed', 'agent', :rows, 0, current_timestamp
          from\s""" + series.formatted(":most", "n"), Map.of("most", CASES, "rows", ROWS));
    insert(
        """
        insert into ledger (case_number, seq, at, who, what, from_tier, to_tier, reason, model_version)
        select 'C-' || (400000 + n.x), r.x,
               timestamp with time zone '2026-11-01 00:00:00Z' + n.x * interval '30' second + r.x * interval '1' minute,
               case mod(r.x, 3) when 0 then 'system' when 1 then 'agent' else 'lead' end,
               case r.x when 1 then 'opened' when 2 then 'triaged' when 5 then 'escalated' when 9 then 'solution-proposed' when 10 then 'closed'
                    else 'message-sent' end,
               'front-line', case r.x when 2 then 'front-line' when 5 then 'team-lead' else null end,
               case mod(n.x, 50) when 0 then 'policy-exception' else 'complex-problem' end, 'escalation-path:1'
          from\s""" + series.formatted(":most", "n") + ", " + series.formatted(":rows", "r"),
        Map.of("most", CASES, "rows", ROWS));
    insert(
        """
        insert into clock_term (case_number, kind, run, term, priority, since, after_seq, limit_s, reminder, calendar, calendar_version,
               third_party_pauses, policy, why, carried_s)
        select 'C-' || (400000 + n.x), 'update', r.x, 1, 'normal', timestamp with time zone '2026-11-01 00:00:00Z', 1, 3600, '', 'office', 1,
               false, 'service-levels:1 row 1', 'start', 0
          from\s""" + series.formatted(":most", "n") + ", " + series.formatted(":terms", "r"),
        Map.of("most", CASES, "terms", TERMS));
    insert(
        """
        insert into act_hi_actinst (id_, proc_def_key_, proc_def_id_, proc_inst_id_, execution_id_, act_id_, act_name_, act_type_,
               start_time_, end_time_, duration_, act_inst_state_, sequence_counter_)
        select n.x || '-' || r.x, 'escalation-path', :definition, 'scale-' || n.x, 'scale-' || n.x, 'element_' || r.x, 'Element', 'userTask',
               timestamp '2026-11-01 00:00:00', timestamp '2026-11-01 01:00:00', mod(n.x, 1000) * 1000, 4, r.x
          from\s""" + series.formatted(":most", "n") + ", " + series.formatted(":steps", "r"),
        Map.of("most", CASES, "steps", STEPS, "definition", definition));
    jdbc.sql("analyze").update();
  }

  private void insert(String sql, Map<String, Object> parameters) {
    jdbc.sql(sql).params(parameters).update();
  }
}
