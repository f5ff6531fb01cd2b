package org.escalationpath;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.escalationpath.imports.Imports;
import org.escalationpath.metrics.FactKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Numbers of very many finished cases, on demand: {@code ./mvnw test-compile surefire:test@postgresql -Dtest=MetricsAtScaleTest
 * -Dskipped.groups=none -Dgroups= -Dcases=1000000}. They are spread over three years; each has eleven rows in its ledger and four clocks.
 */
@Tag("on-demand")
class MetricsAtScaleTest extends EngineTest {

  private static final int CASES = Integer.getInteger("cases", 2_000);
  private static final int TIMES = 30;
  private static final int MINUTES = 3 * 365 * 24 * 60;

  /** Row, what, who, from, to, minutes after the opening. */
  private static final String STORY = """
      (values (1, 'opened', 'customer', null, null, 0), (2, 'triaged', 'system', null, 'front-line', 0),
              (3, 'claimed', 'agent', 'front-line', 'front-line', 20), (4, 'message-sent', 'agent', null, null, 60),
              (5, 'message-received', 'customer', null, null, 90), (6, 'escalated', 'agent', 'front-line', 'team-lead', 240),
              (7, 'claimed', 'lead', 'team-lead', 'team-lead', 300), (8, 'message-sent', 'lead', null, null, 330),
              (9, 'solution-proposed', 'lead', 'team-lead', 'team-lead', 1500), (10, 'accepted', 'customer', 'team-lead', 'team-lead', 2000),
              (11, 'closed', 'system', 'team-lead', 'team-lead', 2000)) as s(seq, what, who, from_tier, to_tier, after)""";

  private static final String TERMS = """
      (values ('first-response', 1, null, 0, 2), ('resolution', 1, null, 0, 2), ('tier', 1, 'front-line', 0, 2),
              ('tier', 2, 'team-lead', 240, 6)) as t(kind, run, tier, after, seq)""";

  private static final Path LOG = Path.of("../shared/data/bpic2013-incidents-early.csv.gz");

  @LocalServerPort
  private int port;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private Imports imports;

  @Autowired
  private JdbcClient jdbc;

  @Test
  void everyAnswerIsThereInTime() {
    seconds("making them up", () -> {
      fill();
      return "";
    });
    var before = used();
    seconds("computing all facts", () -> facts.rebuild() + " cases");
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d cases take %,d MB of memory, %,d bytes each%n",
        CASES,
        (used() - before) >> 20,
        (used() - before) / CASES);

    var lead = Http.signedIn(port, "lead");
    for (var period : Map.of(
            "13 weeks", "from=2026-08-25&to=2026-11-23",
            "52 weeks", "from=2025-11-25&to=2026-11-23",
            "all", "from=2017-01-01&to=2026-11-23")
        .entrySet()) {
      for (var page : List.of(
          "/metrics?",
          "/metrics/trend?",
          "/metrics/path?",
          "/metrics/satisfaction?",
          "/metrics/themes?",
          "/api/metrics?group=tier&",
          "/api/metrics?metric=first-resolution&by=week&",
          "/metrics/cases?metric=first-resolution&")) {
        median(period.getKey() + " " + page, lead, page + period.getValue());
      }
    }
    median("now", lead, "/metrics/now");
    seconds("reading what a rebuild has kept, once on each node", () -> {
      facts.refresh();
      return "";
    });
    var number = desk.opens(aCase());
    seconds("one case that has just changed", () -> {
      facts.refresh();
      return number.value();
    });
    seconds("a sweep with nothing to do", () -> facts.sweep() + " cases");
  }

  /** The log of a real service desk, as often as it takes for so many events as there are cases in the other test. */
  @Test
  void aLogOfManyEventsIsBroughtInInMinutes() throws IOException {
    assumeTrue(Files.exists(LOG), "skipped: no log at " + LOG);
    var log = Files.createTempFile("many", ".csv.gz");
    var events = 0;
    try (var out = new PrintWriter(new GZIPOutputStream(Files.newOutputStream(log)))) {
      for (var times = 0; events < CASES; times++) {
        events += copy(times, out);
      }
    }
    var started = System.nanoTime();
    var id = imports.begin(
        "many.csv.gz",
        Files.readString(Path.of("docs/imports/bpic2013.yaml")),
        Files.newInputStream(log));
    Awaitility.await()
        .atMost(30, TimeUnit.MINUTES)
        .until(() -> !imports.find(id).orElseThrow().state().equals("running"));
    Files.delete(log);
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d events imported: %.1f s, %,d cases%n",
        events,
        (System.nanoTime() - started) / 1e9,
        imports.find(id).orElseThrow().casesDone());
    assertThat(imports.find(id).orElseThrow().state()).isEqualTo("done");
    imports.remove(id);
  }

  /** @return how many events were written */
  private static int copy(int times, PrintWriter out) throws IOException {
    try (var lines = new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(LOG)), UTF_8))) {
      var head = lines.readLine();
      if (times == 0) {
        out.println(head);
      }
      var written = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(times + "-" + line);
        written++;
      }
      return written;
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void fill() {
    var numbers = TestDatabase.isPostgresql()
        ? "generate_series(1, :most) as n(x)"
        : "system_range(1, :most) as n(x)";
    var opened =
        "timestamp with time zone '2023-11-24 00:00:00Z' + (cast(n.x as bigint) * :minutes / :most) * interval '1' minute";
    jdbc.sql("""
        insert into customer (name, email, language, preferred_channel, segment, created_at)
        values ('Many', 'many@example.org', 'en', 'email', 'standard', current_timestamp)
        """).update();
    insert("""
        insert into customer_case (number, customer_id, subject, description, category, channel, opened_by, opened_at, priority, tier, visit,
               state, owner, ledger_seq, locks, closed_at)
        select 'C-' || (10000000 + n.x), (select min(id) from customer where email = 'many@example.org'), 'Parcel', 'Parcel',
               null, 'web', 'customer', %s, 'normal', 'team-lead', 2, 'closed', 'agent', 11, 0, %s + interval '2000' minute
          from %s""".formatted(opened, opened, numbers));
    insert("""
        insert into ledger (case_number, seq, at, who, what, from_tier, to_tier, reason, trigger_kind, model_version)
        select 'C-' || (10000000 + n.x), s.seq, %s + s.after * (1 + mod(n.x, 40)) * interval '1' minute / 20, s.who, s.what, s.from_tier, s.to_tier,
               case s.what when 'escalated' then 'complex-problem' end, case s.what when 'escalated' then 'agent' end,
               'escalation-path:1'
          from %s cross join %s""".formatted(opened, numbers, STORY));
    insert("""
        insert into clock_term (case_number, kind, run, term, tier, priority, since, after_seq, limit_s, reminder, calendar, calendar_version,
               third_party_pauses, policy, why, carried_s)
        select 'C-' || (10000000 + n.x), t.kind, t.run, 1, t.tier, 'normal', %s + t.after * (1 + mod(n.x, 40)) * interval '1' minute / 20, t.seq,
               14400, 'PT2H', 'office', 1, false, 'made up', 'start', 0
          from %s cross join %s""".formatted(opened, numbers, TERMS));
    jdbc.sql("analyze").update();
  }

  private void insert(String sql) {
    jdbc.sql(sql)
        .params(
            sql.contains(":minutes")
                ? Map.of("most", CASES, "minutes", MINUTES)
                : Map.of("most", CASES))
        .update();
  }

  private static void seconds(String what, Supplier<String> action) {
    var started = System.nanoTime();
    var said = action.get();
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d cases, %s: %.2f s (%s)%n",
        CASES,
        what,
        (System.nanoTime() - started) / 1e9,
        said);
  }

  private static void median(String what, Http person, String path) {
    var times = new long[TIMES];
    var first = System.nanoTime();
    assertThat(person.get(path).statusCode()).as(path).isEqualTo(200);
    first = System.nanoTime() - first;
    for (var n = 0; n < TIMES; n++) {
      var started = System.nanoTime();
      assertThat(person.get(path).statusCode()).as(path).isEqualTo(200);
      times[n] = System.nanoTime() - started;
    }
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d cases, %s: the first %d ms, then median %d ms, p95 %d ms%n",
        CASES,
        what,
        first / 1_000_000,
        times[TIMES / 2] / 1_000_000,
        times[TIMES * 95 / 100] / 1_000_000);
  }
}
