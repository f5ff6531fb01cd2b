package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the task of reading a change to one tier after the other, with what changes. */
@Published(
    does =
        "gives the task of reading a change to one tier after the other, with what changes (create)",
    reads = {"changeId", "loopCounter"},
    writes = {"brief", "caseLink"})
class AssignReading implements TaskListener {

  private final ProcedureChanges changes;
  private final Tiers tiers;
  private final Links links;

  AssignReading(ProcedureChanges changes, Tiers tiers, Links links) {
    this.changes = changes;
    this.tiers = tiers;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var id = ChangeModel.CHANGE.from(task);
    task.addCandidateGroup(tiers.all().get(ChangeModel.LOOP.from(task)).group());
    TaskTexts.show(
        task,
        changes.brief(id),
        changes.find(id).orElseThrow().title(),
        null,
        links.to("/models/changes/" + id));
  }
}
