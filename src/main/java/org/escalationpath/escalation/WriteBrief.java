package org.escalationpath.escalation;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

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
    if (customerCase.state() == CaseState.WAITING) {
      // handed over while it waits: no limit runs, and the date to look again is when we give up
      // waiting
      task.setDueDate(null);
      EscalationModel.ANSWER_LIMIT_AT
          .in(task)
          .ifPresent(until -> task.setFollowUpDate(Date.from(until)));
    }
    TaskTexts.show(
        task,
        briefs.of(customerCase),
        customerCase.subject(),
        customerCase.customer().name(),
        links.to("/cases/" + number));
  }
}
