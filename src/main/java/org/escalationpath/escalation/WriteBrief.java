package org.escalationpath.escalation;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the task's form its hand-over brief, the link to the case, and what Tasklist shows in its list. */
@Published(
    does = "writes the hand-over brief for the form of a tier's task (create)",
    writes = {"brief", "caseLink"})
class WriteBrief implements TaskListener {

  private final Cases cases;
  private final Briefs briefs;
  private final Clocks clocks;
  private final TierTimers timers;
  private final Links links;

  WriteBrief(Cases cases, Briefs briefs, Clocks clocks, TierTimers timers, Links links) {
    this.cases = cases;
    this.briefs = briefs;
    this.clocks = clocks;
    this.timers = timers;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var number = CaseNumber.VARIABLE.from(task);
    var customerCase = cases.require(number);
    // handed over while it waits: where no limit runs, the task is due at no time
    if (clocks.tier(number).filter(Deadlines::arePaused).isPresent()) {
      task.setDueDate(null);
    }
    timers
        .followUpAt(number, task.getProcessInstanceId())
        .ifPresent(until -> task.setFollowUpDate(Date.from(until)));
    TaskTexts.show(
        task,
        briefs.text(customerCase),
        customerCase.title(),
        customerCase.customer().name(),
        links.to("/cases/" + number));
  }
}
