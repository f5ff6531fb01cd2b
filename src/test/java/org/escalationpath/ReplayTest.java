package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.DEPARTMENT_MANAGER;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.escalationpath.audit.Export;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.NewCase;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Incidents of a real service desk (BPI Challenge 2013, Volvo IT, by Ward Steeman), replayed through the running engine: our ledger
 * must show the visits of tiers, returns, waits, solutions and reopenings that the log shows, and our clocks the time that it took. Every 20th incident by default; {@code
 * -Dreplay.every=1} replays all of them.
 */
class ReplayTest extends EngineTest {

  private static final Path LOG = Path.of("../shared/data/bpic2013-incidents-early.csv.gz");
  private static final int EVERY = Integer.getInteger("replay.every", 20);
  private static final String INCIDENT = "bpic2013-";
  private static final Set<String> WAITS = Set.of("Wait - User", "Wait - Customer");
  private static final Set<String> SOLUTIONS = Set.of("Resolved", "In Call");

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private Calendars calendars;

  @Autowired
  private Export export;

  @Autowired
  private Metrics metrics;

  @Autowired
  private FactKeeper facts;

  record Row(Instant at, String status, String subStatus, Tier tier) {

    static Row of(NamedCsvRecord row) {
      var tier = switch (row.getField("support_line")) {
        case "1st" -> FRONT_LINE;
        case "2nd", "2nd+3rd" -> TEAM_LEAD;
        case "3rd" -> DEPARTMENT_MANAGER;
        default -> throw new IllegalArgumentException(row.toString());
      };
      return new Row(
          OffsetDateTime.parse(row.getField("time")).toInstant(),
          row.getField("status"),
          row.getField("sub_status"),
          tier);
    }

    boolean waits() {
      return WAITS.contains(subStatus);
    }

    boolean isSolution() {
      return status.equals("Completed") && SOLUTIONS.contains(subStatus);
    }

    boolean isEnd() {
      return status.equals("Completed")
          && (subStatus.equals("Closed") || subStatus.equals("Cancelled"));
    }
  }

  @AfterEach
  void silence() {
    // nobody of the log is to be written to by the tests that follow
    jdbc.sql("update notification set relayed_at = requested_at where relayed_at is null")
        .update();
  }

  @Test
  void theLedgerShowsWhatReallyHappened() throws IOException {
    assumeTrue(Files.exists(LOG), "skipped: no log at " + LOG);
    deployItsPolicy();
    var incidents = incidents();
    var differences = new ArrayList<String>();
    var replayed = new HashMap<String, String>();
    var events = 0;
    var clocks = 0;
    var intervals = 0;

    for (var incident : incidents.entrySet()) {
      events += incident.getValue().size();
      var number = replay(incident.getKey(), incident.getValue());
      replayed.put(number.value(), incident.getKey());
      var shown = shown(number);
      var expected = expected(incident.getValue());
      if (!shown.equals(expected)) {
        differences.add(
            "%s%n  log    %s%n  ledger %s".formatted(incident.getKey(), expected, shown));
      }
      var explained = desk.clocks.explain(number);
      explained.forEach(ReplayTest::addsUp);
      clocks += explained.size();
      intervals += explained.stream().mapToInt(each -> each.intervals().size()).sum();
      if (resolution(explained) != workedOn(incident.getValue())) {
        differences.add("%s: the resolution clock used %d s, the log says %d"
            .formatted(incident.getKey(), resolution(explained), workedOn(incident.getValue())));
      }
      endOf(number);
    }

    System.getLogger("replay")
        .log(
            System.Logger.Level.INFO,
            "Replayed {0} incidents with {1} events and {2} clocks, whose {3} intervals add up; {4} differ",
            incidents.size(),
            events,
            clocks,
            intervals,
            differences.size());
    assertThat(differences).isEmpty();
    assertThat(incidents).hasSizeGreaterThanOrEqualTo(6_018 / EVERY);
    theExportHasTheSameVisits();
    theNumbersAreThoseOfAnIndependentScript(replayed);
  }

  /** Of each replayed incident, measured by the product from its ledger and by a script from the log. */
  private void theNumbersAreThoseOfAnIndependentScript(Map<String, String> replayed) {
    var script = ImportTest.script("bpic", LOG, String.valueOf(EVERY));
    facts.refresh();
    // so that everything is decided
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2029-01-01T00:00:00Z")));
    var asked = List.of(
        Metric.FIRST_RESOLUTION,
        Metric.FIRST_LEVEL_RESOLUTION,
        Metric.ESCALATED_CASES,
        Metric.BOUNCE_RATE,
        Metric.REOPEN_RATE);
    for (var i = 0; i < asked.size(); i++) {
      var column = i + 1;
      var ours = new HashMap<String, String>();
      metrics
          .rows(new Question(
              List.of(asked.get(i)),
              Instant.EPOCH,
              Instant.parse("2030-01-01T00:00:00Z"),
              Map.of(),
              List.of()))
          .stream()
          .filter(row -> replayed.containsKey(row.caseNumber()))
          .forEach(row -> ours.put(replayed.get(row.caseNumber()), String.valueOf(row.value())));
      var theirs = script.subList(0, script.size() - 1).stream()
          .collect(Collectors.toMap(line -> line[0], line -> line[column]));
      assertThat(ours).as(asked.get(i).code()).isEqualTo(theirs);
    }
    System.out.println("MEASURED replayed: " + String.join(" ", script.get(script.size() - 1)));
  }

  /** Read back by a script that knows nothing of us but the format. */
  private void theExportHasTheSameVisits() throws IOException {
    var file = Path.of("target/replay.xes");
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      export.write(
          new Export.Request(Export.Format.XES, null, CaseFilter.ALL, Map.of()), () -> out);
    }
    assumeTrue(hasPython(), "skipped: no python3 to read the export back");
    var script = new ProcessBuilder(
            "python3",
            "src/test/scripts/compare_xes_with_log.py",
            file.toString(),
            LOG.toString(),
            String.valueOf(EVERY))
        .redirectErrorStream(true)
        .start();
    var answer = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println("MEASURED " + answer.strip());
    assertThat(answer).contains(" 0 differ");
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version").start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, List<Row>> incidents() throws IOException {
    var all = new LinkedHashMap<String, List<Row>>();
    try (var text = new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8);
        var rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      rows.forEach(row ->
          all.computeIfAbsent(row.getField("case"), key -> new ArrayList<>()).add(Row.of(row)));
    }
    var chosen = new LinkedHashMap<String, List<Row>>();
    var i = 0;
    for (var incident : all.entrySet()) {
      if (i++ % EVERY == 0) {
        chosen.put(incident.getKey(), incident.getValue());
      }
    }
    return chosen;
  }

  // ---- its clocks

  /** The intervals lie end to end, the working ones add up to what is used, and to the limit where that is to come. */
  private static void addsUp(Explanation clock) {
    var cursor = clock.startedAt();
    var used = 0L;
    var untilLimit = 0L;
    for (var interval : clock.intervals()) {
      assertThat(interval.from()).isEqualTo(cursor);
      cursor = interval.to();
      used += interval.counts() && !interval.isPlanned() ? interval.seconds() : 0;
      untilLimit += interval.counts() && !interval.isOverdue() ? interval.seconds() : 0;
    }
    assertThat(used).isEqualTo(clock.usedSeconds());
    if (clock.state().equals("running")) {
      assertThat(untilLimit).isEqualTo(clock.limitSeconds());
    }
  }

  private static long resolution(List<Explanation> clocks) {
    return clocks.stream()
        .filter(clock -> clock.clock().equals("resolution"))
        .mapToLong(Explanation::usedSeconds)
        .sum();
  }

  /** Office time in which the log neither waits for the customer nor has a solution, counted from its rows alone. */
  private long workedOn(List<Row> rows) {
    var office = calendars.latest("office");
    var sum = 0L;
    for (var i = 0; i + 1 < rows.size(); i++) {
      var row = rows.get(i);
      if (!row.waits() && !row.isSolution() && !row.isEnd()) {
        sum += office.workingTime(row.at(), rows.get(i + 1).at()).toSeconds();
      }
    }
    return sum;
  }

  // ---- what the log shows

  private static List<String> expected(List<Row> rows) {
    var story = new ArrayList<String>();
    var tier = rows.get(0).tier();
    var isWaiting = false;
    var isSolved = false;
    var isEnded = false;
    story.add("at " + tier);
    for (var row : rows) {
      var isOver = row.isSolution() || row.isEnd();
      if ((isSolved || isEnded) && !isOver) {
        tier = row.tier();
        story.add("reopened at " + tier);
        isSolved = false;
        isEnded = false;
      }
      // a move out of a wait ends it; where the log waits on at another line, another wait begins
      if (isWaiting && (!row.waits() || !row.tier().equals(tier))) {
        story.add("answered");
        isWaiting = false;
      }
      if (!isSolved && !isEnded && !row.tier().equals(tier)) {
        story.add((rank(row.tier()) > rank(tier) ? "escalated to " : "returned to ") + row.tier());
        tier = row.tier();
      }
      if (row.waits() && !isWaiting) {
        story.add("asked");
        isWaiting = true;
      }
      if (isOver && !isSolved && !isEnded) {
        story.add("solved");
        isSolved = true;
      }
      if (row.isEnd() && !isEnded) {
        story.add("closed");
        isEnded = true;
      }
    }
    return story;
  }

  private static int rank(Tier tier) {
    return List.of(FRONT_LINE, TEAM_LEAD, DEPARTMENT_MANAGER).indexOf(tier);
  }

  // ---- what people do

  private CaseNumber replay(String incident, List<Row> rows) {
    var first = rows.get(0);
    moveClock(first);
    var asked = aCase().about(first.tier().group()).toNewCase();
    var number = desk.intake
        .open(new NewCase(
            asked.customer(),
            asked.subject(),
            asked.description(),
            asked.category(),
            asked.product(),
            asked.severity(),
            asked.reason(),
            asked.channel(),
            INCIDENT + incident,
            asked.neededBy()))
        .customerCase()
        .number();
    for (var row : rows) {
      moveClock(row);
      act(number, row);
    }
    return number;
  }

  private void act(CaseNumber number, Row row) {
    var isOver = row.isSolution() || row.isEnd();
    if (state(number) == CaseState.RESOLVED && !isOver) {
      desk.escalation.reject(number, "It goes on", row.tier(), "customer");
    } else if (state(number) == CaseState.CLOSED && !isOver) {
      desk.escalation.reopen(number, "It goes on", row.tier(), "customer");
    }
    var isMoved = isWorkedOn(number) && !row.tier().equals(desk.theCase(number).tier());
    if (state(number) == CaseState.WAITING && (!row.waits() || isMoved)) {
      desk.escalation.customerWrote(number);
    }
    if (isMoved) {
      move(number, row.tier());
    }
    if (row.waits() && state(number) == CaseState.OPEN) {
      desk.escalation.waitForCustomer(number);
    }
    if (isOver && isWorkedOn(number)) {
      desk.escalation.resolve(desk.theCase(number), "Solved");
    }
    if (row.isEnd() && state(number) == CaseState.RESOLVED) {
      desk.escalation.accept(number, "customer");
    }
  }

  private void move(CaseNumber number, Tier to) {
    if (rank(to) > rank(desk.theCase(number).tier())) {
      desk.escalation.escalate(desk.theCase(number), Reason.COMPLEX_PROBLEM, "As in the log", to);
    } else {
      desk.escalation.returnDown(desk.theCase(number), "As in the log", to);
    }
  }

  private CaseState state(CaseNumber number) {
    return desk.theCase(number).state();
  }

  private boolean isWorkedOn(CaseNumber number) {
    return state(number) == CaseState.OPEN || state(number) == CaseState.WAITING;
  }

  private static void moveClock(Row row) {
    ClockUtil.setCurrentTime(Date.from(row.at()));
  }

  // ---- what our ledger shows

  private List<String> shown(CaseNumber number) {
    var story = new ArrayList<String>();
    var hasJustReopened = false;
    for (var entry : desk.ledger.of(number)) {
      var line = line(entry, hasJustReopened);
      hasJustReopened =
          entry.what() == What.REJECTED || hasJustReopened && entry.what() == What.REMINDED;
      if (line != null) {
        story.add(line);
      }
    }
    return story;
  }

  private static String line(LedgerEntry entry, boolean hasJustReopened) {
    return switch (entry.what()) {
      case TRIAGED -> "at " + entry.toTier();
      // where a rejected case goes on is part of its reopening
      case ESCALATED, RETURNED ->
        hasJustReopened && entry.trigger() == Trigger.CUSTOMER
            ? null
            : entry.what() + " to " + entry.toTier();
      case PAUSED -> "asked";
      case RESUMED -> "answered";
      case SOLUTION_PROPOSED -> "solved";
      case CLOSED -> "closed";
      case REJECTED, REOPENED -> "reopened at " + entry.toTier();
      default -> null;
    };
  }

  private void endOf(CaseNumber number) {
    desk.runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .list()
        .forEach(instance -> desk.runtime.deleteProcessInstanceIfExists(
            instance.getId(), "replayed", true, true, true, true));
  }

  // ---- its own triage: the first tier as the log has it

  private void deployItsPolicy() throws IOException {
    BpmnAwareTests.repositoryService()
        .createDeployment()
        .name("replay")
        .addString("triage.dmn", triage())
        .deploy();
  }

  private String triage() throws IOException {
    return table(
        "triage",
        "<input id=\"i\"><inputExpression id=\"e\" typeRef=\"string\"><text>category</text></inputExpression></input>"
            + output("priority") + output("tier") + output("category"),
        "<inputEntry id=\"r\"><text></text></inputEntry><outputEntry id=\"p\"><text>\"normal\"</text></outputEntry>"
            + "<outputEntry id=\"t\"><text>category</text></outputEntry><outputEntry id=\"c\"><text>category</text></outputEntry>");
  }

  private static String output(String name) {
    return "<output id=\"o_%s\" name=\"%s\" typeRef=\"string\"/>".formatted(name, name);
  }

  private static String table(String key, String columns, String rule) {
    return """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
            id="d" name="d" namespace="replay">
          <decision id="%s" name="%s" camunda:historyTimeToLive="P1D"><decisionTable id="table" hitPolicy="FIRST">%s
            <rule id="rule">%s</rule></decisionTable></decision>
        </definitions>""".formatted(key, key, columns, rule);
  }
}
