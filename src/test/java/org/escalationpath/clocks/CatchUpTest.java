package org.escalationpath.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.escalationpath.Desk;
import org.escalationpath.EngineTest;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.clocks.ClockTerms.CatchUp;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.Lateness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a tier gets that a case reaches late: what its clock says, or at least a while. */
class CatchUpTest extends EngineTest {

  @Autowired
  private Clock clock;

  @Autowired
  private Cases cases;

  @Autowired
  private Ledger ledger;

  @Autowired
  private Terms terms;

  @Autowired
  private ServiceLevels serviceLevels;

  @Autowired
  private Lateness lateness;

  @Autowired
  private DueAt dueAt;

  @Autowired
  private Commands commands;

  @ParameterizedTest(name = "{5}")
  @CsvSource({
    "PLANNED, normal,   2026-11-24T08:30:00Z, PT1H,  2026-11-24T09:00:00Z, planned: what the clock says",
    "FAIR,    normal,   2026-11-24T08:30:00Z, PT1H,  2026-11-24T09:30:00Z, fair: an hour from now",
    "FAIR,    normal,   2026-11-23T12:00:00Z, PT1H,  2026-11-24T09:00:00Z, fair: there is more than an hour anyway",
    "FAIR,    normal,   2026-11-25T10:00:00Z, PT1H,  2026-11-25T11:00:00Z, fair: an hour though the limit passed yesterday",
    "FAIR,    normal,   2026-11-25T10:00:00Z, PT90H, 2026-11-26T10:00:00Z, fair: never more than the whole limit from now",
    "FAIR,    critical, 2026-11-23T09:00:40Z, PT1H,  2026-11-23T10:00:00Z, fair: forty seconds are no outage"
  })
  void aTierThatIsReachedLate(
      CatchUp mode, String severity, Instant now, Duration minimum, Instant limitAt, String why) {
    var since = Desk.MONDAY_MORNING;
    var number = desk.opens(aCase().ofSeverity(severity));
    ClockUtil.setCurrentTime(Date.from(now));

    assertThat(handedOver(number, mode, minimum, since).limitAt()).isEqualTo(limitAt);
  }

  private Deadlines handedOver(CaseNumber number, CatchUp mode, Duration minimum, Instant since) {
    var starting =
        new ClockTerms(clock, cases, ledger, terms, serviceLevels, lateness, dueAt, mode, minimum);
    return commands.run(() -> {
      cases.moveTo(number, Desk.TEAM_LEAD);
      starting.startTier(number, since);
      return desk.deadlines(number);
    });
  }
}
