package org.escalationpath.improvement;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Keeps what the debrief found and decided; the texts leave the process. */
@Published(
    does = "keeps findings and improvement actions",
    reads = {"debriefId", "theme", "avoidable", "whatHappened"},
    readsIfSet = {
      "whatToChange",
      "action1",
      "owner1",
      "due1",
      "action2",
      "owner2",
      "due2",
      "action3",
      "owner3",
      "due3"
    },
    writes = "actionCount")
class RecordDebrief implements JavaDelegate {

  private final Debriefs debriefs;
  private final Ledger ledger;
  private final Actor actor;

  RecordDebrief(Debriefs debriefs, Ledger ledger, Actor actor) {
    this.debriefs = debriefs;
    this.ledger = ledger;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var debrief = DebriefModel.DEBRIEF_ID.from(execution);
    var theme = DebriefModel.THEME.from(execution);
    var isAvoidable = DebriefModel.AVOIDABLE.from(execution).equals("yes");
    debriefs.held(
        debrief,
        actor.name(),
        theme,
        isAvoidable,
        DebriefModel.WHAT_HAPPENED.from(execution),
        DebriefModel.WHAT_TO_CHANGE.in(execution).orElse(null));
    var actions = DebriefForm.actions(execution.getVariables());
    for (var position = 0; position < actions.size(); position++) {
      var action = actions.get(position);
      debriefs.add(debrief, position, action.title(), action.owner(), action.dueAt());
    }
    DebriefModel.ACTION_COUNT.set(execution, actions.size());
    ledger.append(
        CaseNumber.VARIABLE.from(execution),
        LedgerEntry.of(What.DEBRIEFED, actor.name())
            .under(execution.getProcessDefinitionId())
            .detailing(
                Map.of("theme", theme, "avoidable", isAvoidable, "actions", actions.size())));
    execution.removeVariables(
        List.of("whatHappened", "whatToChange", "action1", "action2", "action3"));
  }
}
