package org.escalationpath.improvement;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.engine.Published;

/** Makes improvement actions of what an examination found. */
@Published(
    does = "makes an improvement action of a finding",
    readsIfSet = {
      "action1", "owner1", "due1", "action2", "owner2", "due2", "action3", "owner3", "due3"
    },
    writes = {"debriefId", "actionCount"})
class OpenImprovement implements JavaDelegate {

  private static final String WHY = "audit finding";

  private final Debriefs debriefs;

  OpenImprovement(Debriefs debriefs) {
    this.debriefs = debriefs;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var source = debriefs.open(CaseNumber.VARIABLE.from(execution), null, WHY);
    var actions = DebriefForm.actions(execution.getVariables());
    for (var position = 0; position < actions.size(); position++) {
      var action = actions.get(position);
      debriefs.add(source, position, action.title(), action.owner(), action.dueAt());
    }
    DebriefModel.DEBRIEF_ID.set(execution, source);
    DebriefModel.ACTION_COUNT.set(execution, actions.size());
    execution.removeVariables(List.of("action1", "owner1", "due1"));
  }
}
