package org.escalationpath.survey;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Writes into the ledger how likely the customer is to recommend us, as it stands when it can no longer be changed. */
@Published(
    does = "writes how likely the customer is to recommend us into the ledger",
    reads = "surveyId")
class RecordRecommendation implements JavaDelegate {

  private final Surveys surveys;
  private final Ledger ledger;

  RecordRecommendation(Surveys surveys, Ledger ledger) {
    this.surveys = surveys;
    this.ledger = ledger;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var survey = surveys.require(SurveyModel.SURVEY.from(execution));
    surveys.isFinal(survey.id());
    ledger.append(
        CaseNumber.VARIABLE.from(execution),
        LedgerEntry.of(What.RECOMMENDED, "customer")
            .under(execution.getProcessDefinitionId())
            .detailing(Map.of("recommendation", survey.recommendation())));
  }
}
