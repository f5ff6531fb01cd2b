package org.escalationpath.survey;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;

/** Gives the call-back task whom to call and what they said. */
@Published(
    does = "writes the rating for the form of the call-back (create)",
    reads = "surveyId",
    writes = {"brief", "caseLink"})
class WriteRating implements TaskListener {

  private final Cases cases;
  private final Surveys surveys;
  private final Links links;

  WriteRating(Cases cases, Surveys surveys, Links links) {
    this.cases = cases;
    this.surveys = surveys;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var customerCase = cases.require(CaseNumber.VARIABLE.from(task));
    var customer = customerCase.customer();
    var survey = surveys.require(SurveyModel.SURVEY.from(task));
    var brief = """
        Case %s: %s
        Customer: %s, %s, %s

        Rated %s of 5; problem solved: %s; ease: %s of 7
        %s
        """.formatted(
        customerCase.number(),
        customerCase.subject(),
        customer.name(),
        customer.phone() == null ? "no phone number known" : customer.phone(),
        customer.email(),
        survey.csat(),
        Boolean.TRUE.equals(survey.solved()) ? "yes" : "no",
        survey.ces() == null ? "not said" : survey.ces(),
        survey.comment() == null ? "(no comment)" : "They wrote:\n  " + survey.comment()).strip();
    TaskTexts.show(
        task,
        brief,
        customerCase.title(),
        customer.name(),
        links.to("/cases/" + customerCase.number()));
  }
}
