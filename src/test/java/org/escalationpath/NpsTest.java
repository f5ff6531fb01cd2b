package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.What.RECOMMENDED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Erasure;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.Recommendation;
import org.escalationpath.survey.Survey;
import org.escalationpath.survey.SurveyAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Quarter by quarter customers are asked whether they would recommend us, unless they were asked something lately. */
class NpsTest extends EngineTest {

  /** A year of its own for each test: nobody else's customers are in its rounds. */
  private static final AtomicInteger YEARS = new AtomicInteger(1979);

  private final int year = YEARS.incrementAndGet();
  private final Instant spring = Instant.parse(year + "-05-05T09:00:00Z");
  private final Instant roundAt = Instant.parse(year + "-07-15T09:00:00Z");

  @LocalServerPort
  private int port;

  @Autowired
  private SurveyAnswers surveys;

  @Autowired
  private FactKeeper facts;

  @Autowired
  private Erasure erasure;

  @Autowired
  private JdbcClient jdbc;

  @BeforeEach
  void itIsSpring() {
    ClockUtil.setCurrentTime(Date.from(spring));
  }

  private final String product = "nps-" + UUID.randomUUID().toString().substring(0, 6);

  private CaseNumber ended(Desk.CaseToOpen toOpen) {
    var number = desk.opens(toOpen.ofProduct(product));
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    return number;
  }

  /** As on the fifteenth of a quarter's first month. */
  private void round(Instant at) {
    desk.fastForward(at);
    var timer = timer();
    desk.management.activateJobById(timer.getId());
    desk.management.executeJob(timer.getId());
    desk.management.suspendJobById(timer().getId());
    desk.settle();
  }

  /** Of the next round; the wait between two steps of one that runs has a timer, too. */
  private Job timer() {
    return desk
        .management
        .createJobQuery()
        .timers()
        .processDefinitionKey("nps-round")
        .list()
        .stream()
        .filter(job -> job.getProcessInstanceId() == null)
        .reduce((one, other) -> {
          throw new AssertionError(
              "Two rounds are due: " + one.getDuedate() + ", " + other.getDuedate());
        })
        .orElseThrow();
  }

  private List<Survey> ofRounds(CaseNumber number) {
    return surveys.of(number).stream().filter(Survey::isNps).toList();
  }

  private String why(CaseNumber number) {
    return jdbc.sql("select suppressed from survey where case_number = :number and kind = 'nps'")
        .param("number", number.value())
        .query(String.class)
        .single();
  }

  private String question() {
    return "from=%d-05-01&to=%d-12-31&product=%s".formatted(year, year, product);
  }

  private JsonNode number(String metric) {
    facts.refresh();
    var answer = Http.as(port, "agent").get("/api/metrics?metric=" + metric + "&" + question());
    try {
      return new ObjectMapper().readTree(answer.body()).path("numbers").path(0);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(answer.body(), e);
    }
  }

  @Test
  void itIsDueOnTheFifteenthOfEachQuarter() {
    assertThat(timer().getDuedate().toInstant().toString())
        .matches("\\d{4}-(01|04|07|10)-15T09:00:00Z");
  }

  @Test
  void aCustomerIsAskedAnswersAndItIsMeasured() {
    var number = ended(aCase());

    round(roundAt);

    assertThat(desk.mailsToCustomer(number))
        .last()
        .asString()
        .contains("Would you recommend us?", "Choose a number from 0 to 10");
    var link = desk.lastLink(number).replaceFirst("^http://[^/]+", "");
    var anonymous = Http.anonymous(port);
    // programs that look into mails record nothing
    anonymous.get(link + "?recommendation=0");
    assertThat(ofRounds(number)).singleElement().extracting("state").isEqualTo("planned");
    assertThat(number("net-promoter-response-rate").path("open").asInt()).isEqualTo(1);

    assertThat(anonymous.get(link).body())
        .contains("How likely are you to recommend us", "value=\"10\"")
        .doesNotContain("name=\"csat\"");
    anonymous.submit(link, link, Map.of("recommendation", "3", "comment", "Too slow"));
    // until it is final another answer replaces it
    anonymous.submit(link, link, Map.of("recommendation", "10", "comment", "<b>Fine</b>"));
    desk.expect(number).withoutLedger(RECOMMENDED);
    desk.fastForward(Duration.ofMinutes(10));
    anonymous.submit(link, link, Map.of("recommendation", "0"));

    assertThat(desk.entries(number, RECOMMENDED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("recommendation", 10));
    assertThat(number("net-promoter-score").at("/net/score").asDouble()).isEqualTo(100);
    assertThat(number("net-promoter-score").at("/distribution/10").asInt()).isEqualTo(1);
    assertThat(number("net-promoter-response-rate").at("/share/hits").asInt()).isEqualTo(1);
    // what follows each case stays apart
    assertThat(number("response-rate").path("n").asInt()).isEqualTo(1);
    assertThat(number("satisfaction").path("n").asInt()).isZero();
    var agent = Http.signedIn(port, "agent");
    assertThat(agent.get("/cases/" + number).body())
        .contains("10 of 10")
        .contains("&lt;b&gt;Fine&lt;/b&gt;")
        .doesNotContain("<b>Fine</b>");
    assertThat(agent.get("/metrics/satisfaction?" + question()).body())
        .contains("Net Promoter Score +100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "11", "-1", "ten", "99", "1e1"})
  void anAnswerIsANumberFromZeroToTen(String answer) {
    var number = ended(aCase());
    round(roundAt);
    var link = desk.lastLink(number).replaceFirst("^http://[^/]+", "");

    var page = Http.anonymous(port)
        .submit(link, link, Map.of("recommendation", answer, "comment", "kept while typing"));

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("kept while typing");
    assertThat(ofRounds(number)).singleElement().extracting("state").isEqualTo("planned");
  }

  @Test
  void aCommentThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> new Recommendation(5, "x".repeat(Answer.LONGEST_COMMENT + 1)))
        .hasMessageContaining("comment");
    assertThatThrownBy(() -> new Recommendation(11, null)).hasMessageContaining("0 to 10");
  }

  @Test
  void whoDoesNotAnswerIsNotRemindedAndCountsAsAsked() {
    var number = ended(aCase());
    round(roundAt);
    var mails = desk.mailsToCustomer(number).size();

    desk.fastForward(Duration.ofDays(21));

    assertThat(ofRounds(number)).singleElement().extracting("state").isEqualTo("expired");
    assertThat(desk.mailsToCustomer(number)).hasSize(mails);
    assertThat(surveys.answer(ofRounds(number).get(0).id(), new Recommendation(9, null)))
        .isFalse();
    assertThat(number("net-promoter-response-rate").at("/share/hits").asInt()).isZero();
    assertThat(number("net-promoter-response-rate").at("/share/of").asInt()).isEqualTo(1);
    assertThat(number("net-promoter-score").path("n").asInt()).isZero();
  }

  @Test
  void nobodyIsPhonedBecauseTheMailServerWasAway() {
    var number = ended(aCase());
    desk.fastForward(roundAt);
    MAIL_SERVER.stop();
    try {
      round(roundAt);
      desk.fastForward(Duration.ofHours(26));
    } finally {
      MAIL_SERVER.start();
    }

    assertThat(desk.tasks
            .createTaskQuery()
            .processVariableValueEquals("caseNumber", number.value())
            .list())
        .isEmpty();
    assertThat(jdbc.sql(
                "select state from notification where case_number = :number and template = 'nps-invitation'")
            .param("number", number.value())
            .query(String.class)
            .single())
        .isEqualTo("undelivered");
  }

  @Test
  void aCustomerOfSeveralCasesIsAskedOnceAboutTheLast() {
    var email = "often-" + product + "@example.org";
    var first = ended(aCase().from(email));
    desk.fastForward(Duration.ofDays(3));
    var last = ended(aCase().from(email));

    round(roundAt);

    assertThat(ofRounds(first)).isEmpty();
    assertThat(ofRounds(last)).hasSize(1);
  }

  @Test
  void whoWasAskedLatelyIsLeftInPeaceAndCounted() {
    desk.fastForward(Instant.parse(year + "-06-10T09:00:00Z"));
    var number = ended(aCase());
    round(roundAt);
    // a second round by hand, too soon
    round(roundAt.plus(Duration.ofDays(40)));

    assertThat(ofRounds(number))
        .extracting(Survey::state)
        .containsExactlyInAnyOrder("expired", "suppressed");
    assertThat(number("net-promoter-suppressed").at("/share/hits").asInt()).isEqualTo(1);
    assertThat(number("net-promoter-suppressed").at("/share/of").asInt()).isEqualTo(2);
  }

  @Test
  void aSurveyAboutACaseCountsAsAskedAndTheOtherWayRound() {
    var email = "lately-" + product + "@example.org";
    desk.fastForward(roundAt.minus(Duration.ofDays(20)));
    var number = ended(aCase().from(email));

    round(roundAt);

    assertThat(why(number)).isEqualTo("asked less than 30 days ago");

    var other = "asked-" + product + "@example.org";
    ClockUtil.setCurrentTime(Date.from(spring));
    ended(aCase().from(other));
    round(roundAt.plus(Duration.ofDays(1)));
    var again = ended(aCase().from(other));
    assertThat(surveys.of(again)).singleElement().extracting("state").isEqualTo("suppressed");
  }

  @Test
  void whoWaitsForUsOrPrefersThePhoneIsNotAsked() {
    var email = "waits-" + product + "@example.org";
    var waits = ended(aCase().from(email));
    var phones = ended(aCase().preferring("phone"));
    desk.fastForward(roundAt.minus(Duration.ofMinutes(10)));
    desk.opens(aCase().from(email));

    round(roundAt);

    assertThat(why(waits)).isEqualTo("has an open case");
    assertThat(why(phones)).isEqualTo("prefers the phone");
    assertThat(ofRounds(waits)).singleElement().extracting("state").isEqualTo("suppressed");
  }

  @Test
  void whoHasHadNothingForAQuarterOrIsErasedIsNotInTheRound() {
    var longAgo = ended(aCase());
    var email = "erased-" + product + "@example.org";
    desk.fastForward(Instant.parse(year + "-06-20T09:00:00Z"));
    var erased = ended(aCase().from(email));
    desk.fastForward(Duration.ofHours(1));
    desk.as("admin", () -> erasure.erase(email, "request 7"));

    round(Instant.parse(year + "-08-15T09:00:00Z"));

    assertThat(ofRounds(longAgo)).isEmpty();
    assertThat(ofRounds(erased)).isEmpty();
  }

  @Test
  void whatWasWrittenIsErasedWithTheCustomer() {
    var email = "gone-" + product + "@example.org";
    var number = ended(aCase().from(email));
    round(roundAt);
    surveys.answer(ofRounds(number).get(0).id(), new Recommendation(2, "secret reason"));
    desk.fastForward(Duration.ofMinutes(10));

    desk.as("admin", () -> erasure.erase(email, "request 8"));

    assertThat(ofRounds(number)).singleElement().satisfies(survey -> {
      assertThat(survey.comment()).isNull();
      assertThat(survey.recommendation()).isEqualTo(2);
    });
  }

  @Test
  void manyCustomersAreAskedInSmallSteps() {
    var numbers = IntStream.range(0, 5).mapToObj(i -> ended(aCase())).toList();
    var definition = atOnce("2");
    desk.fastForward(roundAt);

    desk.runtime.startProcessInstanceById(definition);
    desk.settle();
    assertThat(numbers.stream().filter(number -> !ofRounds(number).isEmpty())).hasSize(2);
    desk.fastForward(Duration.ofMinutes(2));

    assertThat(numbers).allSatisfy(number -> assertThat(ofRounds(number)).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001"})
  void aRoundOfNobodyAtOnceSaysSo(String atOnce) {
    var definition = atOnce(atOnce);

    assertThatThrownBy(() -> desk.runtime.startProcessInstanceById(definition))
        .hasMessageContaining("'atOnce' must be from 1 to 1000");
  }

  /** The shipped round under another name, for so many customers at once. */
  private String atOnce(String number) {
    try {
      var model = Files.readString(Path.of("processes/nps-round.bpmn"))
          .replace("nps-round", "nps-round-of-test")
          .replace("name=\"atOnce\">100<", "name=\"atOnce\">" + number + "<");
      var repository = BpmnAwareTests.repositoryService();
      var deployment = repository
          .createDeployment()
          .addString("nps-round-of-test.bpmn", model)
          .deploy();
      return repository
          .createProcessDefinitionQuery()
          .deploymentId(deployment.getId())
          .singleResult()
          .getId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
