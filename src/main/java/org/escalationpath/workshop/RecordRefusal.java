package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Keeps with a change why it was not deployed. */
@Published(
    does = "keeps with a change why it was not deployed",
    reads = "changeId",
    readsIfSet = "note")
class RecordRefusal implements JavaDelegate {

  private final ProcedureChanges changes;

  RecordRefusal(ProcedureChanges changes) {
    this.changes = changes;
  }

  @Override
  public void execute(DelegateExecution execution) {
    changes.decided(
        ChangeModel.CHANGE.from(execution),
        "refused",
        ChangeModel.NOTE.in(execution).orElse(null));
  }
}
