package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Looks whether the files of a proposed change may be deployed. */
@Published(
    does = "looks whether the files of a proposed change may be deployed",
    reads = "changeId",
    writes = "mayBeDeployed")
class CheckChange implements JavaDelegate {

  private final ProcedureChanges changes;
  private final Workshop workshop;

  CheckChange(ProcedureChanges changes, Workshop workshop) {
    this.changes = changes;
    this.workshop = workshop;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var files = changes.files(ChangeModel.CHANGE.from(execution));
    ChangeModel.MAY_BE_DEPLOYED.set(execution, workshop.inspect(files).isFine());
  }
}
