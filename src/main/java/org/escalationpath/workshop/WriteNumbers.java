package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Writes the numbers of four weeks before and after a change for its review. */
@Published(
    does = "writes the numbers of four weeks before and after a change for its review (create)",
    reads = "changeId",
    writes = {"brief", "caseLink"})
class WriteNumbers implements TaskListener {

  private final ProcedureChanges changes;
  private final ChangeNumbers numbers;
  private final Links links;

  WriteNumbers(ProcedureChanges changes, ChangeNumbers numbers, Links links) {
    this.changes = changes;
    this.numbers = numbers;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var change = changes.find(ChangeModel.CHANGE.from(task)).orElseThrow();
    TaskTexts.show(
        task,
        change.title() + "\n\n"
            + numbers.before(java.util.Objects.requireNonNull(change.decidedAt())),
        change.title(),
        null,
        links.to("/models/changes/" + change.id()));
  }
}
