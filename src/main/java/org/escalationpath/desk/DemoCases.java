package org.escalationpath.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.PastTime;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.intake.CaseForm;
import org.escalationpath.intake.Intake;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The demo's cases, told through the real process: one from last Christmas, whose clocks have a pause, a weekend and a holiday to
 * explain. Only in the demo, and only where there is no case yet.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
@ConditionalOnProperty(name = {"escalation.demo.people", "escalation.demo.cases"})
class DemoCases implements ApplicationRunner {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String AGENT = "agent";
  private static final String FRONT_LINE = "front-line";

  private final Cases cases;
  private final Intake intake;
  private final CaseDesk desk;
  private final EscalationProcess escalation;
  private final PastTime past;
  private final Clock clock;

  DemoCases(
      Cases cases,
      Intake intake,
      CaseDesk desk,
      EscalationProcess escalation,
      PastTime past,
      Clock clock) {
    this.cases = cases;
    this.intake = intake;
    this.desk = desk;
    this.escalation = escalation;
    this.past = past;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (cases.page(new CaseFilter(null, null, null, null), null, 1).isEmpty()) {
      tellOfChristmas(lastChristmas());
    }
  }

  /** The 22nd of December of the last year in which Christmas is over for a month. */
  private LocalDate lastChristmas() {
    var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    return LocalDate.of(today.minusMonths(1).getYear() - 1, Month.DECEMBER, 22);
  }

  private void tellOfChristmas(LocalDate first) {
    var number = new CaseNumber[1];
    past.at(at(first, 10, 0), AGENT, FRONT_LINE, () -> number[0] = open());
    past.at(at(first, 10, 20), AGENT, FRONT_LINE, () -> past.claim(number[0].value(), AGENT));
    past.at(
        at(first, 15, 0),
        AGENT,
        FRONT_LINE,
        () -> desk.agentReplies(
            number[0], "Which of the two parcels is it, the large or the small one?", true));
    past.at(
        at(first.plusDays(2), 12, 0),
        AGENT,
        FRONT_LINE,
        () -> desk.customerWrites(number[0], "The large one. It should have been here by today!"));
    past.at(
        at(first.plusDays(7), 10, 30),
        AGENT,
        FRONT_LINE,
        () -> escalation.resolve(
            cases.require(number[0]),
            "It had gone to the wrong depot. It is with you tomorrow, and we have paid back the postage."));
    past.at(
        at(first.plusDays(7), 16, 0),
        AGENT,
        FRONT_LINE,
        () -> escalation.accept(number[0], "customer"));
  }

  private CaseNumber open() {
    return intake
        .open(CaseForm.read(Map.of(
            "customerName",
            "Erika Muster",
            "customerEmail",
            "erika.muster@example.org",
            "subject",
            "Christmas parcel has not come",
            "description",
            "I sent two parcels, and one of them is lost.",
            "severity",
            "low",
            "channel",
            "web")))
        .customerCase()
        .number();
  }

  private static Instant at(LocalDate day, int hour, int minute) {
    return LocalDateTime.of(day, java.time.LocalTime.of(hour, minute))
        .atZone(BERLIN)
        .toInstant();
  }
}
