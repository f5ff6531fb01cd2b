package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.escalationpath.Desk.FRONT_LINE;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.What.ACCEPTED;
import static org.escalationpath.cases.What.CLOSED;
import static org.escalationpath.cases.What.DEBRIEFED;
import static org.escalationpath.cases.What.RATED;
import static org.escalationpath.cases.What.REOPENED;

import java.time.Duration;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Reason;
import org.escalationpath.engine.Refused;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.SurveyAnswers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What follows the end of a case: the survey, the call-back, the reopening, the debrief and the improvement. */
class AfterTheCaseTest extends EngineTest {

  @Autowired
  private SurveyAnswers surveys;

  @Autowired
  private Links links;

  @Test
  void fromABadRatingOverCallBackAndReopeningToTheImprovementActionAndTheEnd() {
    var lostParcel = closed();
    desk.fastForward(Duration.ofDays(1));
    assertThat(desk.mailsToCustomer(lostParcel)).last().asString().contains("How did it go?");

    var survey = survey(lostParcel);
    desk.customer(
        lostParcel,
        () -> surveys.answer(survey, new Answer(1, 2, false, null, "It is broken again")));
    desk.expect(lostParcel).withoutLedger(RATED);
    desk.fastForward(Duration.ofMinutes(10));

    desk.expect(lostParcel).ledger(ACCEPTED, CLOSED, RATED);
    var callBack = desk.task(lostParcel, "Call customer back");
    assertThat(callBack).hasCandidateGroup("team-lead");
    assertThat(desk.tasks.getVariable(callBack.getId(), "brief").toString())
        .contains("Rated 1 of 5", "broken again");
    desk.as(
        "lead",
        () -> desk.tasks.complete(
            callBack.getId(),
            Map.of(
                "outcome",
                "reopen",
                "note",
                "The parcel came to the neighbour",
                "toTier",
                "team-lead")));

    desk.expect(lostParcel).at(TEAM_LEAD).inState("open").ledger(RATED, REOPENED);
    desk.resolves(lostParcel);
    desk.customer(lostParcel, () -> desk.escalation.accept(lostParcel, "customer"));
    desk.expect(lostParcel).inState("closed").ended();

    var debriefs = desk.tasks
        .createTaskQuery()
        .processInstanceBusinessKey(lostParcel.value())
        .taskName("Hold debrief")
        .orderByTaskCreateTime()
        .desc()
        .list();
    // one for the closing that was rated badly, one for the closing after the reopening
    assertThat(debriefs).hasSize(2);
    desk.as("lead", () -> desk.tasks.complete(debriefs.get(0).getId(), debrief()));

    desk.expect(lostParcel).ledger(REOPENED, CLOSED, DEBRIEFED);
    var improvement = desk.task(lostParcel, "Improve");
    assertThat(improvement).isAssignedTo("owner");
    assertThat(improvement.getDueDate().toInstant()).isEqualTo("2026-12-31T16:00:00Z");
    desk.as(
        "owner",
        () -> desk.tasks.complete(
            improvement.getId(), Map.of("outcome", "done", "note", "Label changed")));
    assertThat(desk.tasks
            .createTaskQuery()
            .processInstanceBusinessKey(lostParcel.value())
            .taskName("Improve")
            .count())
        .isZero();
  }

  private static Map<String, Object> debrief() {
    return Map.of(
        "whatHappened", "The label was unreadable",
        "theme", "process",
        "avoidable", "yes",
        "whatToChange", "Print larger labels",
        "action1", "Change the label",
        "owner1", "owner",
        "due1", "2026-12-31");
  }

  @Test
  void theAnswerMayBeChangedForTenMinutesAndNotLater() {
    var lostParcel = closed();
    desk.fastForward(Duration.ofDays(1));
    var survey = survey(lostParcel);

    assertThat(surveys.answer(survey, new Answer(1, null, false, null, null))).isTrue();
    desk.fastForward(Duration.ofMinutes(9));
    assertThat(surveys.answer(survey, new Answer(5, null, true, 2, "I was wrong")))
        .isTrue();
    desk.fastForward(Duration.ofMinutes(1));
    assertThat(surveys.answer(survey, new Answer(1, null, false, null, null))).isFalse();

    assertThat(desk.entries(lostParcel, RATED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details())
            .containsEntry("rating", 5)
            .containsEntry("solved", true)
            .containsEntry("contacts", 2));
    assertThat(open(lostParcel, "Call customer back")).isZero();
  }

  @Test
  void anUnansweredSurveyIsRemindedOnceAndExpires() {
    var lostParcel = closed();

    desk.fastForward(Duration.ofDays(16));

    assertThat(desk.mailsToCustomer(lostParcel).stream()
            .filter(mail -> mail.contains("How did it go?")))
        .hasSize(2);
    assertThat(surveys.of(lostParcel)).singleElement().extracting("state").isEqualTo("expired");
    assertThat(surveys.answer(survey(lostParcel), new Answer(3, null, true, null, null)))
        .isFalse();
  }

  @Test
  void reopeningCancelsASurveyThatNobodyHasAnswered() {
    var lostParcel = closed();
    desk.fastForward(Duration.ofDays(2));

    desk.customer(
        lostParcel, () -> desk.escalation.reopen(lostParcel, "It is back", null, "customer"));

    desk.expect(lostParcel).at(FRONT_LINE).inState("open");
    assertThat(surveys.of(lostParcel)).singleElement().extracting("state").isEqualTo("cancelled");
  }

  @Test
  void aCustomerIsNotAskedTwiceInAMonth() {
    var first = closed("often@example.org");
    var second = closed("often@example.org");

    assertThat(surveys.of(first)).singleElement().extracting("state").isEqualTo("planned");
    assertThat(surveys.of(second)).singleElement().extracting("state").isEqualTo("suppressed");
  }

  @Test
  void aCaseSolvedAtOnceIsNotDebriefedAndOneThatClimbedIs() {
    var simple = closed();
    assertThat(open(simple, "Hold debrief")).isZero();

    var climbed = desk.opens(aCase());
    desk.escalates(climbed, Reason.COMPLEX_PROBLEM, null);
    desk.resolves(climbed);
    desk.customer(climbed, () -> desk.escalation.accept(climbed, "customer"));
    assertThat(desk.task(climbed, "Hold debrief")).hasCandidateGroup("team-lead");
  }

  @Test
  void whatADebriefNeedsIsAskedForInWords() {
    var climbed = desk.opens(aCase());
    desk.escalates(climbed, Reason.COMPLEX_PROBLEM, null);
    desk.resolves(climbed);
    desk.customer(climbed, () -> desk.escalation.accept(climbed, "customer"));
    var task = desk.task(climbed, "Hold debrief").getId();

    var withoutOwner = new java.util.HashMap<>(debrief());
    withoutOwner.remove("owner1");
    var unknownOwner = new java.util.HashMap<>(debrief());
    unknownOwner.put("owner1", "nobody");
    var badDate = new java.util.HashMap<>(debrief());
    badDate.put("due1", "soon");
    desk.as("lead", () -> {
      assertRefused(task, Map.of(), "'theme' is missing");
      assertRefused(task, withoutOwner, "'owner of action 1' is missing");
      assertRefused(task, unknownOwner, "There is nobody with the user name 'nobody'");
      assertRefused(task, badDate, "must be a day like 2026-12-31");
    });
  }

  private void assertRefused(String task, Map<String, Object> submitted, String saying) {
    assertThatThrownBy(() -> desk.tasks.complete(task, submitted))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(saying);
  }

  private CaseNumber closed() {
    return closed(aCase().email());
  }

  private CaseNumber closed(String email) {
    var number = desk.opens(aCase().from(email));
    desk.resolves(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    return number;
  }

  private String survey(CaseNumber number) {
    var token = desk.lastLink(number).replaceFirst(".*/", "");
    return links.find(Links.SURVEY, token).orElseThrow().subject();
  }

  private long open(CaseNumber number, String name) {
    return desk.tasks
        .createTaskQuery()
        .processInstanceBusinessKey(number.value())
        .taskName(name)
        .count();
  }
}
