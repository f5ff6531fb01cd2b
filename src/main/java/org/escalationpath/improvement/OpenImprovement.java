package org.escalationpath.improvement;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Makes improvement actions of what an examination or a review found. */
@Published(
    does = "makes improvement actions of what was found",
    readsIfSet = {
      "why", "action1", "owner1", "due1", "action2", "owner2", "due2", "action3", "owner3", "due3"
    },
    writes = {"debriefId", "actionCount"})
class OpenImprovement implements JavaDelegate {

  /** Where the model says nothing else. */
  private static final String WHY = "audit finding";

  private final Debriefs debriefs;

  OpenImprovement(Debriefs debriefs) {
    this.debriefs = debriefs;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var source = debriefs.open(
        CaseNumber.VARIABLE.in(execution).orElse(null),
        null,
        DebriefModel.WHY.in(execution).orElse(WHY));
    var actions = DebriefForm.actions(execution.getVariables());
    for (var position = 0; position < actions.size(); position++) {
      var action = actions.get(position);
      debriefs.add(source, position, action.title(), action.owner(), action.dueAt());
    }
    DebriefModel.DEBRIEF_ID.set(execution, source);
    DebriefModel.ACTION_COUNT.set(execution, actions.size());
    execution.removeVariables(DebriefForm.FIELDS);
  }
}
