package org.escalationpath.cases;

import java.util.List;
import org.escalationpath.engine.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Legal holds: what is known of a case on hold is neither erased nor cleaned up. Whether it is on hold is read from its ledger. */
@Component
public class Holds {

  private final JdbcClient jdbc;
  private final Cases cases;
  private final Ledger ledger;
  private final Actor actor;

  Holds(JdbcClient jdbc, Cases cases, Ledger ledger, Actor actor) {
    this.jdbc = jdbc;
    this.cases = cases;
    this.ledger = ledger;
    this.actor = actor;
  }

  public boolean isHeld(CaseNumber number) {
    return ledger.of(number).stream()
        .filter(entry -> entry.what() == What.HOLD_PLACED || entry.what() == What.HOLD_LIFTED)
        .reduce((earlier, later) -> later)
        .filter(entry -> entry.what() == What.HOLD_PLACED)
        .isPresent();
  }

  /** @throws BadInput if it is on hold already */
  public void place(CaseNumber number, String why) {
    change(number, true, why);
  }

  /** @throws BadInput if it is not on hold */
  public void lift(CaseNumber number, String why) {
    change(number, false, why);
  }

  private void change(CaseNumber number, boolean isHeld, String why) {
    var note = FreeText.require("why", why, 2_000);
    cases.lock(number);
    if (isHeld(number) == isHeld) {
      throw isHeld
          ? new BadInput("why", "held-already", "The case is on legal hold already")
          : new BadInput("why", "not-held", "The case is not on legal hold");
    }
    ledger.append(
        number,
        LedgerEntry.of(isHeld ? What.HOLD_PLACED : What.HOLD_LIFTED, actor.name())
            .noting(note));
  }

  /** All cases on hold, in order. */
  public List<CaseNumber> held() {
    return jdbc
        .sql("select distinct case_number from ledger where what = :placed order by case_number")
        .param("placed", What.HOLD_PLACED.toString())
        .query(String.class)
        .list()
        .stream()
        .map(CaseNumber::of)
        .filter(this::isHeld)
        .toList();
  }
}
