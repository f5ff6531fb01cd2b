package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.MONDAY_MORNING;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.desk.CaseDesk;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.SurveyAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers of what happened on the running engine, as programs ask for them. */
class MetricsTest extends EngineTest {

  private static final String WEEK = "from=2026-11-23&to=2026-11-29";

  @LocalServerPort
  private int port;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private CaseDesk caseDesk;

  @Autowired
  private SurveyAnswers surveys;

  @Autowired
  private JdbcClient jdbc;

  private final String product = "p" + java.util.UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void nothingIsLeftOver() {
    facts.refresh();
  }

  /** Opened at 10:00 on Monday in Berlin, claimed after an hour, escalated after two, solved by the team lead after four, closed and rated. */
  private CaseNumber escalatedAndSolved() {
    var number = opened();
    desk.fastForward(Duration.ofHours(1));
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofHours(2));
    desk.resolves(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    return number;
  }

  private CaseNumber opened() {
    return desk.opens(aCase().ofProduct(product));
  }

  private JsonNode ask(String query) {
    return json(Http.as(port, "agent").get("/api/metrics?" + query).body());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private JsonNode number(String metric, String more) {
    var numbers =
        ask("metric=" + metric + "&product=" + product + "&" + WEEK + more).path("numbers");
    assertThat(numbers).as(metric).isNotEmpty();
    return numbers.get(0);
  }

  @Test
  void whatHappenedIsMeasured() {
    var number = escalatedAndSolved();
    facts.refresh();

    assertThat(number("first-resolution", "").at("/elapsed/median").asLong()).isEqualTo(4 * 3600);
    assertThat(number("first-resolution", "").at("/working/median").asLong()).isEqualTo(4 * 3600);
    assertThat(
            number("time-in-tier", "&tier=" + FRONT_LINE).at("/elapsed/median").asLong())
        .isEqualTo(2 * 3600);
    assertThat(
            number("escalation-rate", "&tier=" + FRONT_LINE).at("/share/share").asDouble())
        .isEqualTo(1);
    assertThat(number("escalations", "&group=reason").at("/key/0").asText())
        .isEqualTo("complex-problem");
    assertThat(number("first-level-resolution", "").at("/share/hits").asInt()).isZero();
    assertThat(number("limit-attainment", "&group=kind").path("n").asInt()).isPositive();
    assertThat(number("backlog", "").path("n").asInt()).isZero();
    assertThat(number("opened", "&group=model").at("/key/0").asText())
        .startsWith("escalation-path:");

    var rows = json(Http.as(port, "agent")
        .get(number("first-resolution", "").path("rows").asText())
        .body());
    assertThat(rows.path("n").asInt()).isEqualTo(1);
    assertThat(rows.at("/rows/0/caseNumber").asText()).isEqualTo(number.value());
    assertThat(rows.at("/rows/0/value").asInt()).isEqualTo(4 * 3600);
  }

  @Test
  void whatHasOnlyBegunIsOpenAndInNoNumber() {
    opened();
    desk.fastForward(Duration.ofHours(1));
    facts.refresh();

    var response = number("first-response", "");

    assertThat(response.path("n").asInt()).isZero();
    assertThat(response.path("open").asInt()).isEqualTo(1);
    assertThat(response.path("oldestOpen").asText()).isEqualTo(MONDAY_MORNING.toString());
    assertThat(response.has("elapsed")).isFalse();
    assertThat(number("backlog", "").at("/elapsed/median").asLong()).isEqualTo(3600);
  }

  @Test
  void theSurveyAndTheDebriefAreMeasuredToo() {
    var number = escalatedAndSolved();
    desk.settle();
    desk.fastForward(Duration.ofDays(2));
    var survey = surveys.of(number).get(0);
    facts.refresh();
    assertThat(number("response-rate", "").path("open").asInt()).isEqualTo(1);

    surveys.answer(survey.id(), new Answer(4, 6, true, null, null));
    desk.fastForward(Duration.ofHours(1));
    desk.settle();
    facts.refresh();

    assertThat(number("satisfaction", "").at("/share/share").asDouble()).isEqualTo(1);
    assertThat(number("satisfaction", "").path("distribution"))
        .extracting(JsonNode::asInt)
        .containsExactly(0, 0, 0, 1, 0);
    assertThat(number("ease", "").path("mean").asDouble()).isEqualTo(6);
    assertThat(number("response-rate", "").at("/share/hits").asInt()).isEqualTo(1);
  }

  @Test
  void factsThatWereKeptFreshAreThoseOfARebuild() {
    escalatedAndSolved();
    var again = opened();
    desk.fastForward(Duration.ofDays(3));
    desk.customer(again, () -> caseDesk.customerWrites(again, "Anybody there?"));
    desk.settle();
    facts.refresh();
    var kept = kept();

    facts.rebuild();

    assertThat(kept()).isEqualTo(kept);
    assertThat(kept).isNotEmpty();
  }

  private List<String> kept() {
    return jdbc.sql("select facts from case_facts order by case_number")
        .query(String.class)
        .list();
  }

  @Test
  void whatNobodyToldOfIsFoundByTheSweep() {
    var number = opened();
    facts.refresh();
    jdbc.sql("delete from case_facts where case_number = :number")
        .param("number", number.value())
        .update();
    assertThat(number("opened", "").path("n").asInt()).isEqualTo(1);

    assertThat(facts.sweep()).isPositive();

    assertThat(number("opened", "").path("n").asInt()).isEqualTo(1);
    assertThat(facts.sweep()).as("nothing is left").isZero();
  }

  @Test
  void aCaseThatCannotBeUnderstoodKeepsNoOtherFromBeingMeasured() {
    var broken = opened();
    jdbc.sql("update customer_case set priority = 'nonsense' where number = :number")
        .param("number", broken.value())
        .update();
    try {
      opened();
      facts.refresh();

      assertThat(number("opened", "").path("n").asInt()).isEqualTo(1);
    } finally {
      jdbc.sql("update customer_case set priority = 'normal' where number = :number")
          .param("number", broken.value())
          .update();
    }
    facts.sweep();
    assertThat(number("opened", "").path("n").asInt()).isEqualTo(2);
  }

  @Test
  void whatAnotherNodeHasComputedIsRead() {
    var number = opened();
    facts.refresh();
    // as another node would: of a priority that this one has not seen
    jdbc.sql("""
        update case_facts set facts = replace(facts, '"NORMAL"', '"URGENT"'), version = nextval('case_facts_version_seq')
         where case_number = :number
        """).param("number", number.value()).update();

    facts.refresh();

    assertThat(number("opened", "&group=priority").at("/key/0").asText()).isEqualTo("urgent");
  }

  @Test
  void aCustomersSecondCaseAboutTheSameUndoesAFirstContactResolution() {
    var email = "twice" + product + "@example.org";
    var first = desk.opens(aCase().from(email).about("delivery").ofProduct(product));
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(first);
    facts.refresh();
    assertThat(number("first-contact-resolution", "").path("open").asInt()).isEqualTo(1);

    desk.fastForward(Duration.ofHours(1));
    desk.opens(aCase().from(email).about("delivery"));
    facts.refresh();

    assertThat(number("first-contact-resolution", "").at("/share/hits").asInt()).isZero();
    assertThat(number("first-contact-resolution", "").path("n").asInt()).isEqualTo(1);
    var kept = kept();
    facts.rebuild();
    assertThat(kept()).isEqualTo(kept);
  }

  @Test
  void everyNumberIsTheSumOfItsRows() {
    escalatedAndSolved();
    opened();
    facts.refresh();
    var numbers = ask(WEEK + "&by=day&group=tier").path("numbers");
    assertThat(numbers).hasSizeGreaterThan(20);
    for (var number : numbers) {
      var rows = rowsBehind(number);
      assertThat(rows).as(number.toString()).hasSize(number.path("n").asInt());
      if (number.has("elapsed")) {
        assertThat(rows.stream().mapToLong(row -> row.path("value").asLong()).sum())
            .as(number.toString())
            .isEqualTo(number.at("/elapsed/sum").asLong());
      }
    }
  }

  /** All of them, page by page. */
  private List<JsonNode> rowsBehind(JsonNode number) {
    var all = new ArrayList<JsonNode>();
    JsonNode page;
    do {
      page = json(Http.as(port, "agent")
          .get(number.path("rows").asText() + "&size=1000&after=" + all.size())
          .body());
      page.path("rows").forEach(all::add);
    } while (all.size() < page.path("n").asInt() && !page.path("rows").isEmpty());
    return all;
  }

  @Test
  void numbersAndRowsAreTakenAwayAsFiles() {
    escalatedAndSolved();
    facts.refresh();
    var agent = Http.as(port, "agent");

    var csv = agent.get("/api/metrics?format=csv&group=tier&" + WEEK);
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.body()).contains("metric,tier,n,open").contains("first-resolution,team-lead,");
    var rows = agent.get("/api/metrics/opened/cases?format=csv&" + WEEK);
    assertThat(rows.body()).contains("case,at,value").contains("C-");
    var workbook = agent.bytes("/api/metrics?format=xlsx&" + WEEK).body();
    assertThat(new String(workbook, 0, 2, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("PK");
  }

  @ParameterizedTest
  @CsvSource({
    "metric=happiness, There is no metric 'happiness'",
    "group=mood, Nothing can be told apart by 'mood'",
    "from=yesterday, 'from' must be a day",
    "from=2026-11-24&to=2026-11-23, 'from' must be a day before",
    "from=1970-01-01, 'from' must be a day before",
    "colour=red, 'colour' is none of",
    "format=pdf, 'format' must be json",
    "group=tier&group=tier, told apart by two things at most",
    "group=tier&group=reason&by=week, told apart by two things at most"
  })
  void whatIsNotUnderstoodIsSaid(String query, String said) {
    var answer = Http.as(port, "agent").get("/api/metrics?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer.body()).path("detail").asText()).contains(said);
  }

  @Test
  void rowsOfAnUnknownMetricAndBadPagesAreRefused() {
    var agent = Http.as(port, "agent");
    assertThat(agent.get("/api/metrics/happiness/cases").statusCode()).isEqualTo(400);
    assertThat(agent.get("/api/metrics/opened/cases?size=0").statusCode()).isEqualTo(400);
    assertThat(agent.get("/api/metrics/opened/cases?after=-1").statusCode()).isEqualTo(400);
    assertThat(agent.get("/api/metrics/opened/cases?tier=" + "x".repeat(201)).statusCode())
        .isEqualTo(400);
    assertThat(Http.anonymous(port).get("/api/metrics").statusCode()).isEqualTo(401);
  }
}
