package org.escalationpath.audit;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Tells the auditor which case the worksheet is about, and where its history is. */
@Published(
    does = "writes the facts of a sampled case for the worksheet (create)",
    writes = {"brief", "caseLink"})
class WriteWorksheet implements TaskListener {

  private final Cases cases;
  private final Tiers tiers;
  private final Links links;

  WriteWorksheet(Cases cases, Tiers tiers, Links links) {
    this.cases = cases;
    this.tiers = tiers;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var customerCase = cases.require(CaseNumber.VARIABLE.from(task));
    TaskTexts.show(
        task,
        "Case %s, %s%s"
            .formatted(
                customerCase.number(),
                customerCase.state(),
                customerCase.tier() == null ? "" : ", last at " + tiers.name(customerCase.tier())),
        customerCase.title(),
        null,
        links.to("/audit/cases/" + customerCase.number()));
  }
}
