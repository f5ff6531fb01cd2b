package org.escalationpath.improvement;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the task of an improvement action to its owner, with what is to be done and by when. */
@Published(
    does = "gives an improvement action to its owner, with its date (create)",
    reads = {"debriefId", "loopCounter"},
    writes = {"brief", "caseLink"})
class AssignImprovement implements TaskListener {

  private final Debriefs debriefs;
  private final Links links;

  AssignImprovement(Debriefs debriefs, Links links) {
    this.debriefs = debriefs;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var action = debriefs.action(DebriefModel.DEBRIEF_ID.from(task), DebriefModel.LOOP.from(task));
    task.setAssignee(action.owner());
    task.setDueDate(Date.from(action.dueAt()));
    TaskTexts.show(
        task,
        action.title(),
        action.title(),
        null,
        links.to(CaseNumber.VARIABLE
            .in(task)
            .map(number -> "/cases/" + number)
            .orElse("/metrics/improvement")));
  }
}
