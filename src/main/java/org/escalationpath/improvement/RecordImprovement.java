package org.escalationpath.improvement;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.engine.Published;

/** Keeps what came of an improvement action. */
@Published(
    does = "keeps what became of an improvement action (complete)",
    reads = {"debriefId", "loopCounter", "outcome"},
    readsIfSet = "note")
class RecordImprovement implements TaskListener {

  private final Debriefs debriefs;

  RecordImprovement(Debriefs debriefs) {
    this.debriefs = debriefs;
  }

  @Override
  public void notify(DelegateTask task) {
    debriefs.ended(
        DebriefModel.DEBRIEF_ID.from(task),
        DebriefModel.LOOP.from(task),
        DebriefModel.OUTCOME.from(task),
        DebriefModel.NOTE.in(task).orElse(null));
  }
}
