package org.escalationpath.survey;

import java.time.Clock;
import java.util.HashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Published;

/** Writes the rating, as it stands when it can no longer be changed, into the ledger, and decides whether it is bad. */
@Published(
    does = "writes the final rating into the ledger",
    reads = {"surveyId", "callBackAt", "callBackWithin"},
    writes = {"rating", "badRating", "callBackUntil"})
class RecordRating implements JavaDelegate {

  private final Surveys surveys;
  private final Ledger ledger;
  private final Clock clock;

  RecordRating(Surveys surveys, Ledger ledger, Clock clock) {
    this.surveys = surveys;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var survey = surveys.require(SurveyModel.SURVEY.from(execution));
    surveys.isFinal(survey.id());
    var details = new HashMap<String, Object>();
    details.put("rating", survey.csat());
    details.put("ease", survey.ces());
    details.put("solved", survey.solved());
    if (survey.contacts() != null) {
      details.put("contacts", survey.contacts());
    }
    ledger.append(
        CaseNumber.VARIABLE.from(execution),
        LedgerEntry.of(What.RATED, "customer")
            .under(execution.getProcessDefinitionId())
            .detailing(details));
    var rating = survey.csat() == null ? 0 : survey.csat();
    SurveyModel.RATING.set(execution, rating);
    SurveyModel.BAD_RATING.set(execution, rating <= SurveyModel.CALL_BACK_AT.from(execution));
    SurveyModel.CALL_BACK_UNTIL.set(
        execution, clock.instant().plus(SurveyModel.CALL_BACK_WITHIN.from(execution)));
  }
}
