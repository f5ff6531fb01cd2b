package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Keeps what the review of a change came to. */
@Published(
    does = "keeps what the review of a change came to",
    reads = {"changeId", "outcome"},
    readsIfSet = "note")
class RecordReview implements JavaDelegate {

  private final ProcedureChanges changes;

  RecordReview(ProcedureChanges changes) {
    this.changes = changes;
  }

  @Override
  public void execute(DelegateExecution execution) {
    changes.reviewed(
        ChangeModel.CHANGE.from(execution),
        ChangeModel.OUTCOME.from(execution),
        ChangeModel.NOTE.in(execution).orElse(null));
  }
}
