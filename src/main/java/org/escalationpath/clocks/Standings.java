package org.escalationpath.clocks;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.What;
import org.springframework.stereotype.Component;

/** How the clocks of cases stand, of many cases at once. */
@Component
public class Standings {

  /** The policy of terms that migration V102 made. */
  private static final String CONVERTED = "service-levels";

  private final Clock clock;
  private final Ledger ledger;
  private final Terms terms;

  Standings(Clock clock, Ledger ledger, Terms terms) {
    this.clock = clock;
    this.ledger = ledger;
    this.terms = terms;
  }

  /** How the clocks of one case stand. */
  public Standing of(CaseNumber number) {
    return between(number, number).getOrDefault(number, Standing.NONE);
  }

  /** The standing of the cases that have not ended and whose numbers lie between two, both included. */
  public Map<CaseNumber, Standing> between(CaseNumber first, CaseNumber last) {
    var frozen = terms.ofNotEnded(first, last);
    var standings = new HashMap<CaseNumber, Standing>();
    ledger
        .ofNotEnded(first, last)
        .forEach((number, entries) ->
            standings.put(number, standing(entries, frozen.getOrDefault(number, List.of()))));
    return standings;
  }

  private Standing standing(List<LedgerEntry> entries, List<Term> terms) {
    var ofTiers = terms.stream().filter(term -> term.kind() == ClockKind.TIER).toList();
    var last = RunningClock.of(entries, ofTiers, clock.instant()).stream()
        .max(Comparator.comparing(running -> running.run().number()));
    var visit = last.map(running -> running.run().number()).orElse(0);
    return new Standing(
        last.map(RunningClock::deadlines).orElse(null),
        count(What.REMINDED, visit, entries),
        count(What.LIMIT_ALARM, visit, entries),
        ThirdPartyWait.of(entries).orElse(null),
        last.filter(running -> running.last().level().policy().equals(CONVERTED))
            .isPresent(),
        PauseFinding.of(entries));
  }

  private static int count(What what, int visit, List<LedgerEntry> entries) {
    return (int) entries.stream()
        .filter(entry -> entry.what() == what
            && Integer.valueOf(visit).equals(entry.details().get("visit")))
        .count();
  }
}
