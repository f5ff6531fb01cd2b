package org.escalationpath.improvement;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.engine.Published;

/** Keeps what came of an improvement action. */
@Published(
    does = "keeps what became of an improvement action (complete)",
    reads = {"debriefId", "loopCounter", "outcome"},
    readsIfSet = {"note", "realisedBy"})
class RecordImprovement implements TaskListener {

  private final Debriefs debriefs;

  RecordImprovement(Debriefs debriefs) {
    this.debriefs = debriefs;
  }

  @Override
  public void notify(DelegateTask task) {
    var action = debriefs
        .action(DebriefModel.DEBRIEF_ID.from(task), DebriefModel.LOOP.from(task))
        .id();
    debriefs.ended(
        action, DebriefModel.OUTCOME.from(task), DebriefModel.NOTE.in(task).orElse(null));
    DebriefModel.REALISED_BY
        .in(task)
        .map(String::strip)
        .filter(version -> !version.isEmpty())
        .ifPresent(version -> debriefs.realised(action, version));
    // of this action alone, not of the next one
    task.removeVariable(DebriefModel.REALISED_BY.name());
  }
}
