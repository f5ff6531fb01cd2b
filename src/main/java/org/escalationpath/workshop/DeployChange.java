package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Deploys the files of an approved change. */
@Published(
    does = "deploys the files of an approved change",
    reads = "changeId",
    readsIfSet = "note")
class DeployChange implements JavaDelegate {

  private final ProcedureChanges changes;
  private final Workshop workshop;

  DeployChange(ProcedureChanges changes, Workshop workshop) {
    this.changes = changes;
    this.workshop = workshop;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var id = ChangeModel.CHANGE.from(execution);
    var change = changes.mustBeDecidedByAnother(id);
    workshop.deployApproved(changes.files(id), change.title());
    changes.decided(id, "deployed", ChangeModel.NOTE.in(execution).orElse(null));
  }
}
