package org.escalationpath.improvement;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the debrief's form what happened to the case, from its ledger. */
@Published(
    does = "writes the story of the case for the debrief (create)",
    reads = "why",
    writes = {"brief", "caseLink"})
class WriteFacts implements TaskListener {

  private final Cases cases;
  private final Ledger ledger;
  private final Links links;

  WriteFacts(Cases cases, Ledger ledger, Links links) {
    this.cases = cases;
    this.ledger = ledger;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var customerCase = cases.require(CaseNumber.VARIABLE.from(task));
    var story = ledger.of(customerCase.number()).stream()
        .filter(entry -> switch (entry.what()) {
          case MESSAGE_SENT, CLAIMED, ACKNOWLEDGED, REMINDED -> false;
          default -> true;
        })
        .map(WriteFacts::line)
        .collect(Collectors.joining("\n"));
    var brief = "Case %s: %s\nDebriefed because: %s\n\n%s"
        .formatted(
            customerCase.number(), customerCase.subject(), DebriefModel.WHY.from(task), story);
    TaskTexts.show(
        task,
        brief,
        customerCase.title(),
        customerCase.customer().name(),
        links.to("/cases/" + customerCase.number()));
  }

  private static String line(LedgerEntry entry) {
    var to = entry.toTier() == null || entry.toTier().equals(entry.fromTier())
        ? ""
        : " → " + entry.toTier();
    var why = entry.reason() == null ? "" : " (" + entry.reason() + ")";
    return "%s  %s by %s%s%s"
        .formatted(entry.at().toString().substring(0, 16), entry.what(), entry.who(), to, why);
  }
}
