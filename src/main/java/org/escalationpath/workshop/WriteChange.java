package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Writes what a change changes for the form of its approval. */
@Published(
    does = "writes what a change changes for the form of its approval (create)",
    reads = "changeId",
    writes = {"brief", "caseLink"})
class WriteChange implements TaskListener {

  private final ProcedureChanges changes;
  private final Links links;

  WriteChange(ProcedureChanges changes, Links links) {
    this.changes = changes;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var id = ChangeModel.CHANGE.from(task);
    TaskTexts.show(
        task,
        changes.brief(id),
        changes.find(id).orElseThrow().title(),
        null,
        links.to("/models/changes/" + id));
  }
}
