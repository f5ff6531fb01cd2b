package org.escalationpath.escalation;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;

/** Gives the task's form its hand-over brief, the link to the case, and what Tasklist shows in its list. */
@Published
class WriteBrief implements TaskListener {

  private final Cases cases;
  private final Briefs briefs;
  private final Links links;

  WriteBrief(Cases cases, Briefs briefs, Links links) {
    this.cases = cases;
    this.briefs = briefs;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var number = CaseNumber.VARIABLE.from(task);
    var customerCase = cases.require(number);
    task.setVariableLocal("brief", briefs.of(customerCase));
    task.setVariableLocal("subject", customerCase.subject());
    task.setVariableLocal("customer", customerCase.customer().name());
    task.setVariableLocal("caseLink", links.to("/cases/" + number));
  }
}
