package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.ClockTerms;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.DueDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a case goes: the tier that is wanted, or the next one above it that somebody staffs. After an outage it goes on to the tier
 * that the clock says: each tier whose limit has passed as well is passed, with its own visit and its own clock.
 */
@Component
class Ladder {

  private final Tiers tiers;
  private final Staffing staffing;
  private final Clocks clocks;
  private final ClockTerms terms;
  private final Cases cases;
  private final Ledger ledger;
  private final Clock clock;

  Ladder(
      Tiers tiers,
      Staffing staffing,
      Clocks clocks,
      ClockTerms terms,
      Cases cases,
      Ledger ledger,
      Clock clock) {
    this.tiers = tiers;
    this.staffing = staffing;
    this.clocks = clocks;
    this.terms = terms;
    this.cases = cases;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * The tier where the case lands.
   *
   * @param since from when its clock counts
   * @param passed the tiers that it has passed on the way, lowest first
   */
  record Landing(Tier tier, Instant since, List<Tier> passed) {}

  /** The tier wanted, or the next one above it that somebody staffs; the highest is never skipped, its alarm rings. */
  Tier staffed(
      Tier wanted,
      CaseNumber number,
      @Nullable Trigger trigger,
      @Nullable String processDefinition) {
    var tier = wanted;
    while (!staffing.isStaffed(tier) && tiers.above(tier).isPresent()) {
      var above = tiers.above(tier).get();
      ledger.append(
          number,
          LedgerEntry.of(What.TIER_SKIPPED, Actor.SYSTEM)
              .from(tier)
              .to(above)
              .triggeredBy(trigger)
              .under(processDefinition));
      tier = above;
    }
    return tier;
  }

  /**
   * Climbs because a limit passed.
   *
   * @param from the tier whose limit it was
   */
  Landing climb(CaseNumber number, Tier from, @Nullable String processDefinition) {
    var since = passedAt(number);
    var tier = staffed(tiers.above(from).orElse(from), number, Trigger.TIMER, processDefinition);
    var passed = new java.util.ArrayList<Tier>();
    while (tiers.above(tier).isPresent()) {
      var limitAt = clocks.tierLimit(number, tier, since).orElse(DueDate.NEVER);
      if (limitAt.isAfter(clock.instant())) {
        break;
      }
      var above = staffed(tiers.above(tier).get(), number, Trigger.TIMER, processDefinition);
      pass(number, tier, above, since, limitAt, processDefinition);
      passed.add(tier);
      since = limitAt;
      tier = above;
    }
    return new Landing(tier, since, passed);
  }

  /** The deadline that passed; now, if somebody let the timer fire before it. */
  private Instant passedAt(CaseNumber number) {
    var now = clock.instant();
    return clocks
        .tier(number)
        .map(deadlines -> deadlines.limitAt().isBefore(now) ? deadlines.limitAt() : now)
        .orElse(now);
  }

  private void pass(
      CaseNumber number,
      Tier tier,
      Tier above,
      Instant since,
      Instant limitAt,
      @Nullable String processDefinition) {
    cases.moveTo(number, tier);
    ledger.append(
        number,
        LedgerEntry.of(What.TIER_PASSED, Actor.SYSTEM)
            .from(tier)
            .to(above)
            .because(Reason.TIME_SENSITIVITY)
            .triggeredBy(Trigger.TIMER)
            .under(processDefinition)
            .detailing(Map.of("since", since.toString(), "limitAt", limitAt.toString())));
    terms.passTier(number, since);
  }
}
