package org.escalationpath.survey;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Writes into the ledger what the call-back brought. */
@Published(
    does = "writes down what the call brought",
    label = "Record call-back",
    reads = "outcome",
    readsIfSet = "note")
class RecordCallBack implements JavaDelegate {

  private final Ledger ledger;
  private final Actor actor;

  RecordCallBack(Ledger ledger, Actor actor) {
    this.ledger = ledger;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ledger.append(
        CaseNumber.VARIABLE.from(execution),
        LedgerEntry.of(What.NOTE_ADDED, actor.name())
            .noting(SurveyModel.NOTE.in(execution).orElse(null))
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of("callBack", SurveyModel.OUTCOME.from(execution))));
    execution.removeVariable(SurveyModel.NOTE.name());
  }
}
