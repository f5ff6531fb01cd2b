package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.DEPARTMENT_MANAGER;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.util.List;
import java.util.stream.Collectors;
import org.escalationpath.audit.EventSearch;
import org.escalationpath.audit.ExceptionKind;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.What;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What auditors call exceptions: each is found where it is, and nowhere else. */
class ExceptionsTest extends EngineTest {

  @Autowired
  private Exceptions exceptions;

  @Autowired
  private EventSearch events;

  @Autowired
  private CaseDesk caseDesk;

  @LocalServerPort
  private int port;

  /** Kind and what the row says has happened. */
  private List<String> found(CaseNumber number) {
    exceptions.examine();
    var ledger = desk.ledger.of(number);
    return exceptions.of(number).entrySet().stream()
        .flatMap(each -> each.getValue().stream()
            .map(kind -> kind + " " + ledger.get(each.getKey() - 1).what()))
        .collect(Collectors.toList());
  }

  @Test
  void aCaseThatGoesAsItShouldHasNone() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.as("agent", () -> caseDesk.agentReplies(number, "Which colour?", true));
    desk.customer(number, () -> caseDesk.customerWrites(number, "Red."));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.as("lead", () -> desk.tasks.claim(desk.task(number).getId(), "lead"));
    desk.resolves(number);

    assertThat(found(number)).isEmpty();
  }

  @Test
  void aTierThatHadToBeRemindedBeforeAnybodyTookTheCase() {
    var number = desk.opens(aCase());
    desk.fastForward(desk.deadlines(number).limitAt());

    assertThat(found(number)).containsExactly("late-acknowledgement reminded");
  }

  @Test
  void aReminderOfACaseThatSomebodyHasIsNone() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.fastForward(desk.deadlines(number).limitAt().minusSeconds(1));

    assertThat(found(number)).isEmpty();
  }

  @Test
  void aTierThatWasSkipped() {
    var number = desk.opens(aCase());
    desk.escalates(number, COMPLEX_PROBLEM, DEPARTMENT_MANAGER);

    assertThat(found(number)).containsExactly("skipped-tier escalated");
  }

  @Test
  void aPauseWithoutAQuestion() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(number));

    assertThat(found(number)).containsExactly("pause-without-question paused");
  }

  @Test
  void aPriorityThatIsLoweredWhenTimeGetsShort() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.tasks.claim(desk.task(number).getId(), "agent"));
    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.LOW, "It can wait."));
    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.HIGH, "It cannot."));
    desk.fastForward(desk.deadlines(number).limitAt().minusSeconds(60));
    desk.as("agent", () -> desk.escalation.changePriority(number, Priority.LOW, "It can."));

    assertThat(found(number)).containsExactly("priority-lowered-before-limit priority-changed");
  }

  @Test
  void whoEscalatesAndThenDecides() {
    var number = desk.opens(aCase());
    desk.identities.createMembership("agent", "team-lead");
    try {
      desk.escalates(number, COMPLEX_PROBLEM, null);
      desk.as("agent", () -> desk.escalation.resolve(desk.theCase(number), "We send it again."));
    } finally {
      desk.identities.deleteMembership("agent", "team-lead");
    }

    assertThat(found(number))
        .containsExactly("escalated-and-decided-by-the-same solution-proposed");
  }

  @Test
  void aCaseThatWasClosedThoughNobodyHadAnsweredAgain() {
    var number = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(number));
    desk.fastForward(java.time.Duration.ofDays(90));

    assertThat(desk.theCase(number).state().isEnded()).isTrue();
    assertThat(found(number))
        .contains("pause-without-question paused", "closed-without-answer closed");
  }

  @Test
  void whatAnAdministratorChangesByHand() {
    var number = desk.opens(aCase());
    var process = desk.task(number).getProcessInstanceId();
    Http.as(port, "admin")
        .put(
            "/engine-rest/process-instance/" + process + "/variables/aNote",
            "{\"value\": \"x\", \"type\": \"String\"}");

    assertThat(found(number)).containsExactly("changed-by-hand engine-changed");
  }

  @Test
  void eventsAreFoundByWhatWhoWhenAndException() {
    var number = desk.opens(aCase());
    desk.escalates(number, COMPLEX_PROBLEM, DEPARTMENT_MANAGER);
    exceptions.examine();

    assertThat(found(number, null, What.ESCALATED, null)).containsExactly("escalated");
    assertThat(found(number, "agent", null, null)).contains("escalated");
    assertThat(found(number, "nobody", null, null)).isEmpty();
    assertThat(found(number, null, null, ExceptionKind.SKIPPED_TIER)).containsExactly("escalated");
    assertThat(found(number, null, null, ExceptionKind.CHANGED_BY_HAND)).isEmpty();
    assertThat(found(null, null, null, ExceptionKind.SKIPPED_TIER)).contains("escalated");
  }

  @Test
  void pagesFollowEachOtherWithoutGapsAndRepetitions() {
    var number = desk.opens(aCase());
    desk.escalates(number, COMPLEX_PROBLEM, null);
    var filter = new EventSearch.Filter(number, null, null, null, null, null);
    var seen = new java.util.ArrayList<Integer>();

    EventSearch.Cursor after = null;
    do {
      var page = events.page(filter, after, 2);
      page.events().forEach(each -> seen.add(each.row().seq()));
      after = page.next() == null ? null : EventSearch.Cursor.parse(page.next().toString());
    } while (after != null);

    var all = desk.ledger.of(number).size();
    assertThat(seen).hasSize(all).doesNotHaveDuplicates().contains(1, all);
  }

  private List<String> found(CaseNumber number, String who, What what, ExceptionKind kind) {
    return events
        .page(new EventSearch.Filter(number, who, what, kind, null, null), null, 50)
        .events()
        .stream()
        .map(each -> each.row().what())
        .toList();
  }
}
