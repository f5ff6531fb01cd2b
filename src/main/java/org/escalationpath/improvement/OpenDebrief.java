package org.escalationpath.improvement;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Opens the debrief of this closing, unless there is one already, and sets who holds it by when. */
@Published(
    does = "opens one debrief per closing, and says by whom and when",
    reads = {"debrief", "why", "debriefWithin"},
    writes = {"debrief", "debriefId", "debriefGroup", "debriefUntil"})
class OpenDebrief implements JavaDelegate {

  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;
  private final Debriefs debriefs;
  private final Clock clock;

  OpenDebrief(Cases cases, Ledger ledger, Tiers tiers, Debriefs debriefs, Clock clock) {
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
    this.debriefs = debriefs;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var customerCase = cases.lock(CaseNumber.VARIABLE.from(execution));
    var closing = closings(customerCase.number());
    if (!DebriefModel.DEBRIEF.from(execution) || debriefs.exists(customerCase.number(), closing)) {
      DebriefModel.DEBRIEF.set(execution, false);
      return;
    }
    DebriefModel.DEBRIEF_ID.set(
        execution, debriefs.open(customerCase.number(), closing, DebriefModel.WHY.from(execution)));
    DebriefModel.GROUP.set(execution, lead(customerCase).group());
    DebriefModel.UNTIL.set(execution, clock.instant().plus(DebriefModel.WITHIN.from(execution)));
  }

  private int closings(CaseNumber number) {
    return (int) ledger.of(number).stream()
        .filter(entry -> entry.what() == What.CLOSED || entry.what() == What.CLOSED_UNRESOLVED)
        .count();
  }

  /** The last tier holds it; for the lowest, which has nobody to lead it, the one above. */
  private Tier lead(CustomerCase customerCase) {
    var last = customerCase.tier() == null ? tiers.lowest() : customerCase.tier();
    return last.equals(tiers.lowest()) ? tiers.above(last).orElse(last) : last;
  }
}
