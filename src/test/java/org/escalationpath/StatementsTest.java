package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.cases.CaseNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a transaction asks the database: counts, which no busy machine changes. The bounds are only ever lowered. */
class StatementsTest extends EngineTest {

  private static final int OPEN = 59;
  private static final int ESCALATE_BY_TIMER = 75;
  private static final int ESCALATE_BY_AGENT = 80;

  /** What is read once and kept. */
  @BeforeEach
  void warmUp() {
    var number = desk.opens(aCase());
    desk.fastForward(desk.deadlines(number).limitAt());
  }

  @Test
  void openingACase() {
    var toOpen = aCase().toNewCase();

    assertThat(Statements.of(() -> desk.intake.open(toOpen))).hasSizeLessThanOrEqualTo(OPEN);
  }

  @Test
  void aLimitThatMovesACase() {
    var number = desk.opens(aCase());
    var timer = desk.management
        .createJobQuery()
        .processInstanceId(desk.task(number).getProcessInstanceId())
        .activityId("event_limitFrontLine")
        .singleResult();
    ClockUtil.setCurrentTime(Date.from(desk.deadlines(number).limitAt()));

    assertThat(Statements.of(() -> desk.management.executeJob(timer.getId())))
        .hasSizeLessThanOrEqualTo(ESCALATE_BY_TIMER);
  }

  @Test
  void anAgentWhoEscalatesACase() {
    var number = desk.opens(aCase());

    var statements = escalating(number);

    assertThat(statements).hasSizeLessThanOrEqualTo(ESCALATE_BY_AGENT);
    assertThat(statements)
        .as("what nobody else can change is read once")
        .filteredOn(sql -> sql.startsWith("select l.*"))
        .hasSize(1);
  }

  private List<String> escalating(CaseNumber number) {
    var seen = desk.theCase(number);
    desk.identities.setAuthentication("agent", List.of("front-line"));
    try {
      return Statements.of(() -> desk.escalation.escalate(seen, COMPLEX_PROBLEM, "note", null));
    } finally {
      desk.identities.clearAuthentication();
    }
  }
}
