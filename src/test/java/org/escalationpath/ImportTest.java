package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.escalationpath.Desk.aCase;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.escalationpath.audit.Export;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.imports.Import;
import org.escalationpath.imports.Imports;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.metrics.ImportedCases;
import org.escalationpath.metrics.Measurement;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.MetricRow;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Logs of other systems are brought in as history, and measured as ours is. */
class ImportTest extends EngineTest {

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2030-01-01T00:00:00Z");
  private static final String MAPPING = """
      format: csv
      delimiter: ";"
      case: number
      time: {column: at, format: "yyyy-MM-dd HH:mm", zone: UTC}
      tier: {column: line, values: {one: front-line, two: team-lead}}
      state:
        - {when: {status: waits}, is: waiting}
        - {when: {status: [solved, done]}, is: resolved}
        - {when: {status: gone}, is: withdrawn}
      customer: who
      category: {column: topic}
      """;
  private static final String LOG = """
      number;at;line;status;who;topic
      1;2026-03-02 09:00;one;new;anna;parcel
      1;2026-03-02 10:00;two;new;anna;parcel
      1;2026-03-02 12:00;two;solved;anna;parcel
      2;2026-03-02 09:00;one;new;anna;parcel
      2;2026-03-03 09:00;one;waits;anna;parcel
      2;2026-03-04 09:00;one;work;anna;parcel
      2;2026-03-04 10:00;one;solved;anna;parcel
      2;2026-03-05 10:00;one;work;anna;parcel
      3;2026-03-02 09:00;three;new;bert;
      3;soon;one;new;bert;
      ;2026-03-02 09:00;one;new;bert;
      4;2026-03-02 09:00;one;new;carl;
      4;2026-03-02 11:00;one;gone;carl;
      """;

  @LocalServerPort
  private int port;

  @Autowired
  private Imports imports;

  @Autowired
  private ImportedCases imported;

  @Autowired
  private Metrics metrics;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private Export export;

  @Autowired
  private JdbcClient jdbc;

  @AfterEach
  void takeBack() {
    imports.all().forEach(each -> imports.remove(each.id()));
  }

  private Import bringIn(String mapping, InputStream log) {
    return await(imports.begin("log.csv", mapping, log));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is done in the background is waited for, not slept for. */
  private Import await(String id) {
    Awaitility.await()
        .atMost(10, TimeUnit.MINUTES)
        .until(() -> !imports.find(id).orElseThrow().state().equals("running"));
    return imports.find(id).orElseThrow();
  }

  private Question question(Metric metric, String id) {
    return new Question(
        List.of(metric), FIRST, LAST, Map.of(Dimension.IMPORT, Set.of(id)), List.of());
  }

  private Measurement measure(Metric metric, String id) {
    return metrics.measure(question(metric, id)).get(0);
  }

  @Test
  void rowsBecomeHistoryAndBadOnesAreListed() {
    var before = ours();
    var done = bringIn(MAPPING, stream(LOG));

    assertThat(done.state()).isEqualTo("done");
    assertThat(done.rows()).isEqualTo(13);
    assertThat(done.cases()).isEqualTo(3);
    assertThat(done.casesDone()).isEqualTo(3);
    assertThat(done.badRows()).isEqualTo(3);
    assertThat(done.problems()).extracting(Import.BadRow::line).containsExactly(10L, 11L, 12L);
    assertThat(done.problems().get(0).why()).contains("'three'");
    var id = done.id();
    assertThat(measure(Metric.ESCALATIONS, id).n()).isEqualTo(1);
    assertThat(measure(Metric.FIRST_RESOLUTION, id).n()).isEqualTo(2);
    assertThat(measure(Metric.FIRST_RESOLUTION, id).elapsed().sum())
        .isEqualTo(3 * 3600 + 49 * 3600);
    assertThat(measure(Metric.WAITING_FOR_CUSTOMER, id).elapsed().sum()).isEqualTo(24 * 3600);
    assertThat(measure(Metric.REOPEN_RATE, id).share().hits()).isEqualTo(1);
    assertThat(measure(Metric.ENDED, id).n()).isEqualTo(1);
    assertThat(measure(Metric.BACKLOG, id).n()).as("nobody works on them").isZero();
    assertThat(measure(Metric.CARE_CYCLE, id).open())
        .as("nor will that be over")
        .isZero();
    assertThat(measure(Metric.FIRST_RESPONSE, id).n())
        .as("the log says nothing of messages")
        .isZero();
    assertThat(measure(Metric.LEFT_UNCLAIMED, id).n())
        .as("and nothing of who took a case")
        .isZero();
    assertThat(metrics.rows(question(Metric.OPENED, id)))
        .allMatch(MetricRow::isImported)
        .extracting(MetricRow::caseNumber)
        .contains(id + ":1");
    assertThat(ours()).as("nobody works on them").isEqualTo(before);
  }

  private int ours() {
    return jdbc.sql("select count(*) from customer_case").query(Integer.class).single();
  }

  @Test
  void theSameLogComesInOnceAndGoesOnWhereItWasCutOff() {
    var done = bringIn(MAPPING, stream(LOG));
    assertThatThrownBy(() -> imports.begin("log.csv", MAPPING, stream(LOG)))
        .hasMessageContaining("already, as " + done.id());

    // as if the application had died behind the first case
    jdbc.sql("delete from imported_case where number <> :first")
        .param("first", done.id() + ":1")
        .update();
    jdbc.sql("delete from case_facts where imported = :id and case_number <> :first")
        .param("id", done.id())
        .param("first", done.id() + ":1")
        .update();
    jdbc.sql("update case_import set state = 'interrupted', cases_done = 1").update();
    facts.sweep();
    assertThat(measure(Metric.OPENED, done.id()).n()).isEqualTo(1);

    var again = bringIn(MAPPING, stream(LOG));

    assertThat(again.id()).isEqualTo(done.id());
    assertThat(again.casesDone()).isEqualTo(3);
    assertThat(measure(Metric.OPENED, done.id()).n()).isEqualTo(3);
  }

  @Test
  void anImportIsTakenBackWhole() {
    var done = bringIn(MAPPING, stream(LOG));
    imports.remove(done.id());

    assertThat(measure(Metric.OPENED, done.id()).n()).isZero();
    assertThat(imported.find(done.id() + ":1")).isEmpty();
    facts.refresh();
    facts.sweep();
    assertThat(measure(Metric.OPENED, done.id()).n()).isZero();
  }

  @Test
  void aRebuildMeasuresImportedCasesToo() {
    var done = bringIn(MAPPING, stream(LOG));
    var before = facts();
    jdbc.sql("update case_facts set definition = 0").update();

    facts.rebuild();

    assertThat(facts()).isEqualTo(before);
    assertThat(measure(Metric.OPENED, done.id()).n()).isEqualTo(3);
  }

  private List<String> facts() {
    return jdbc.sql("select facts from case_facts where imported is not null order by case_number")
        .query(String.class)
        .list();
  }

  @Test
  void ourOwnExportComesBackAsItWas() throws IOException {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, org.escalationpath.cases.Reason.COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(number);
    facts.refresh();
    var file = new ByteArrayOutputStream();
    desk.as("auditor", () -> {
      try {
        export.write(
            new Export.Request(Export.Format.XES, number, CaseFilter.ALL, Map.of()), () -> file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });

    var done = bringIn(
        Files.readString(Path.of("docs/imports/escalation-path.yaml")),
        new ByteArrayInputStream(file.toByteArray()));

    assertThat(done.state()).as(String.valueOf(done.failure())).isEqualTo("done");
    for (var metric : List.of(
        Metric.FIRST_RESOLUTION, Metric.TIME_IN_TIER, Metric.FIRST_RESPONSE, Metric.ESCALATIONS)) {
      var there = metrics.rows(question(metric, done.id())).stream()
          .map(row -> row.value() + " " + row.tier())
          .toList();
      var here = metrics.rows(question(metric, "own")).stream()
          .filter(row -> row.caseNumber().equals(number.value()))
          .map(row -> row.value() + " " + row.tier())
          .toList();
      assertThat(there).as(metric.code()).isNotEmpty().isEqualTo(here);
    }
  }

  // ---- what cannot be understood

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "case: number|case: nummer|'nummer': the file has no such column",
        "front-line|front-desk|there is no tier 'front-desk'",
        "is: waiting|is: sleeping|each rule has a 'when' and 'is: ",
        "zone: UTC|zone: Atlantis|is no form of times",
        "category:|kategory:|there is no word 'kategory'",
        "format: csv|format: pdf|write format: csv",
        "state:|status:|there is no word 'status'",
        ", is: withdrawn}|}|each rule has a 'when' and 'is: ",
        "{one: front-line,|{one: ,|there is no tier 'null'"
      })
  void aBadMappingSaysWhatToChange(String from, String to, String said) {
    var mapping = MAPPING.replace(from, to);
    assertThat(mapping).isNotEqualTo(MAPPING);
    String failure;
    try {
      failure = bringIn(mapping, stream(LOG)).failure();
    } catch (IllegalArgumentException e) {
      failure = e.getMessage();
    }
    assertThat(failure).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''|the file is empty", "<log><trace>|the file has no such column"})
  void aFileOfAnotherKindSaysWhatIsWrong(String log, String said) {
    var done = bringIn(MAPPING, stream(log));

    assertThat(done.state()).isEqualTo("failed");
    assertThat(done.failure()).contains(said);
  }

  @Test
  void aFileOfExcelWithItsByteOrderMarkIsRead() {
    assertThat(bringIn(MAPPING, stream("\uFEFF" + LOG)).cases()).isEqualTo(3);
  }

  @Test
  void aCaseOfTooManyRowsAndALogTooLargeToUnpackAreRefused() throws IOException {
    var oneCase = new StringBuilder("number;at;line;status;who;topic\n");
    for (var i = 0; i < 5_002; i++) {
      oneCase.append("1;2026-03-02 09:00;one;new;anna;parcel\n");
    }
    var done = bringIn(MAPPING, stream(oneCase.toString()));
    assertThat(done.badRows()).isEqualTo(2);
    assertThat(done.problems().get(0).why()).contains("is 'number' its number?");

    var bomb = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bomb)) {
      for (var i = 0; i < 1_100; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    var refused = bringIn(MAPPING, new ByteArrayInputStream(bomb.toByteArray()));
    assertThat(refused.state()).isEqualTo("failed");
  }

  @Test
  void entitiesAndScriptsInALogDoNothing() throws IOException {
    var mapping = Files.readString(Path.of("docs/imports/escalation-path.yaml"));
    var bomb = """
        <!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>
        <log><trace><string key="concept:name" value="&a;"/></trace></log>""";
    assertThat(bringIn(mapping, stream(bomb)).state()).isEqualTo("failed");

    assertThatThrownBy(
            () -> imports.begin("x", "!!javax.script.ScriptEngineManager []", stream("")))
        .hasMessageContaining("no YAML");
    assertThatThrownBy(() -> imports.begin("x", "", stream(""))).hasMessageContaining("empty");
    assertThatThrownBy(() -> imports.begin("x", "x".repeat(100_001), stream("")))
        .hasMessageContaining("characters");
  }

  @Test
  void onlyOwnersBringInAndTakeBack() {
    assertThat(Http.as(port, "agent").get("/api/imports").statusCode()).isEqualTo(200);
    var done = bringIn(MAPPING, stream(LOG));
    assertThat(Http.as(port, "agent")
            .send("DELETE", "/api/imports/" + done.id(), null, Map.of())
            .statusCode())
        .isEqualTo(403);
    assertThat(Http.as(port, "owner")
            .send("DELETE", "/api/imports/" + done.id(), null, Map.of())
            .statusCode())
        .isEqualTo(204);
    assertThat(Http.as(port, "owner").get("/api/imports/I999999").statusCode()).isEqualTo(400);
  }

  // ---- real logs, measured by a script that knows nothing of us

  @ParameterizedTest
  @CsvSource({
    "bpic, bpic2013.yaml, bpic2013-incidents-early.csv.gz",
    "servicenow, servicenow.yaml, servicenow-incidents-early.csv.gz"
  })
  void aRealLogHasTheNumbersThatAnIndependentScriptFinds(String kind, String mapping, String file)
      throws IOException {
    var log = Path.of("../shared/data", file);
    assumeTrue(Files.exists(log), "skipped: no log at " + log);
    var begun = System.nanoTime();
    var done =
        bringIn(Files.readString(Path.of("docs/imports", mapping)), Files.newInputStream(log));
    var seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(done.state()).as(String.valueOf(done.failure())).isEqualTo("done");
    System.out.printf(
        "MEASURED %s: %,d rows, %,d cases, %,d bad rows imported in %.1f s%n",
        kind, done.rows(), done.cases(), done.badRows(), seconds);
    var script = script(kind, log);
    var metricsOfScript = List.of(
        Metric.FIRST_RESOLUTION,
        Metric.FIRST_LEVEL_RESOLUTION,
        Metric.ESCALATED_CASES,
        Metric.BOUNCE_RATE,
        Metric.REOPEN_RATE);
    for (var i = 0; i < metricsOfScript.size(); i++) {
      var ours = new HashMap<String, Long>();
      metrics
          .rows(question(metricsOfScript.get(i), done.id()))
          .forEach(row -> ours.put(
              row.caseNumber().substring(done.id().length() + 1), row.value().longValue()));
      var theirs = new HashMap<String, Long>();
      for (var line : script.subList(0, script.size() - 1)) {
        theirs.put(line[0], Long.parseLong(line[i + 1]));
      }
      assertThat(ours).as(metricsOfScript.get(i).code()).isEqualTo(theirs);
    }
    var sums = script.get(script.size() - 1);
    System.out.println(
        "MEASURED " + kind + ": n, first line, escalated, ping-pong, reopened, median, mean, p90: "
            + String.join(" ", sums));
    var resolution = measure(Metric.FIRST_RESOLUTION, done.id()).elapsed();
    assertThat(resolution.median()).isEqualTo(Double.parseDouble(sums[6]), within(1e-6));
    assertThat(resolution.mean()).isEqualTo(Double.parseDouble(sums[7]), within(1e-6));
    assertThat(resolution.p90()).isEqualTo(Double.parseDouble(sums[8]), within(1e-6));
    assertThat(measure(Metric.REOPEN_RATE, done.id()).share().hits())
        .isEqualTo(Long.parseLong(sums[5]));
  }

  static List<String[]> script(String kind, Path log, String... more) {
    var command = new ArrayList<>(
        List.of("python3", "src/test/scripts/measure_log.py", kind, log.toString()));
    command.addAll(List.of(more));
    try {
      var script = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      var answer = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(script.waitFor()).isZero();
      return answer.lines().map(line -> line.split(" ")).toList();
    } catch (IOException e) {
      assumeTrue(false, "skipped: no python3 to measure the log by itself");
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
