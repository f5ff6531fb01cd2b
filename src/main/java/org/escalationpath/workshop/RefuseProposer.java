package org.escalationpath.workshop;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.engine.Published;

/** Keeps whoever proposed a change from taking the task of deciding about it, where it would wait for them in vain. */
@Published(
    does = "keeps whoever proposed a change from taking the task of deciding about it (assignment)",
    reads = "changeId")
class RefuseProposer implements TaskListener {

  static final String WHY =
      "You proposed this change yourself; a second process owner decides about it";

  private final ProcedureChanges changes;

  RefuseProposer(ProcedureChanges changes) {
    this.changes = changes;
  }

  @Override
  public void notify(DelegateTask task) {
    var change = changes.find(ChangeModel.CHANGE.from(task)).orElseThrow();
    if (change.proposedBy().equals(task.getAssignee())) {
      throw new BadUserRequestException(WHY);
    }
  }
}
