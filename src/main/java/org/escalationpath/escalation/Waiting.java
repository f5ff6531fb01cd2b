package org.escalationpath.escalation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A case's waits for its customer and for a third party, one of each at most. A wait ends by an answer, or because the case moved on
 * without one.
 */
@Component
class Waiting {

  private final Cases cases;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Actor actor;
  private final Clock clock;

  Waiting(Cases cases, Ledger ledger, Clocks clocks, Actor actor, Clock clock) {
    this.cases = cases;
    this.ledger = ledger;
    this.clocks = clocks;
    this.actor = actor;
    this.clock = clock;
  }

  /** The customer has been asked something. */
  void beginForCustomer(CaseNumber number, String processDefinition) {
    append(number, LedgerEntry.of(What.PAUSED, actor.name()), processDefinition);
    cases.changeState(number, CaseState.WAITING);
  }

  /**
   * A third party has been asked something.
   *
   * @param note who that is and what they are to do
   * @param until when the wait ends without an answer
   */
  void beginForThirdParty(
      CaseNumber number, @Nullable String note, Instant until, String processDefinition) {
    append(
        number,
        LedgerEntry.of(What.PAUSED, actor.name())
            .noting(note)
            .detailing(ThirdPartyWait.until(until)),
        processDefinition);
  }

  /** The wait for a third party that lasts; nothing if the case waits for none. */
  Optional<ThirdPartyWait> forThirdParty(CaseNumber number) {
    return ThirdPartyWait.of(ledger.of(number));
  }

  /** Another priority may let the wait for a third party end earlier, counted from its start; it never prolongs it. */
  void shortenForThirdParty(CaseNumber number, @Nullable String processDefinition) {
    forThirdParty(number)
        .ifPresent(wait -> clocks
            .thirdParty(number, wait.since())
            .map(until -> until.isBefore(now()) ? now() : until)
            .filter(until -> until.isBefore(wait.until()))
            .ifPresent(until -> beginForThirdParty(number, null, until, processDefinition)));
  }

  /** Ends what the case waits for, if it waits. */
  void end(CaseNumber number, @Nullable String processDefinition) {
    endForCustomer(number, processDefinition);
    endForThirdParty(number, null, processDefinition);
  }

  void endForCustomer(CaseNumber number, @Nullable String processDefinition) {
    if (cases.lock(number).state() == CaseState.WAITING) {
      append(number, LedgerEntry.of(What.RESUMED, Actor.SYSTEM), processDefinition);
      cases.changeState(number, CaseState.OPEN);
    }
  }

  /** @param note what they answered */
  void endForThirdParty(
      CaseNumber number, @Nullable String note, @Nullable String processDefinition) {
    forThirdParty(number)
        .ifPresent(wait -> append(
            number,
            LedgerEntry.of(What.RESUMED, actor.name())
                .noting(note)
                .detailing(wait.endedBy(clock.instant())),
            processDefinition));
  }

  /** Ends of waits are whole seconds, as all deadlines are. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private void append(
      CaseNumber number, LedgerEntry.Draft entry, @Nullable String processDefinition) {
    var tier = cases.lock(number).tier();
    ledger.append(number, entry.from(tier).to(tier).under(processDefinition));
  }
}
