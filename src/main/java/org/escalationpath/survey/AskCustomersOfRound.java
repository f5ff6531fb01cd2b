package org.escalationpath.survey;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.engine.Published;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;

/**
 * Starts the survey whether they would recommend us for the next customers, each once a round. A round of many customers is many small
 * transactions, so that one that fails is tried again without asking anybody twice.
 */
@Published(
    does =
        "starts the survey of the Net Promoter Score for the next customers with a case that ended lately",
    inputs = {
      @Published.Input(
          name = "lookBack",
          label = "Look back",
          does = "whose cases ended within so long before the round, like P3M for three months",
          isRequired = true),
      @Published.Input(
          name = "atOnce",
          label = "At once",
          does = "for how many customers in one go, 100 if nothing is said")
    },
    readsIfSet = "roundBeganAt",
    writes = {"customersLeft", "roundBeganAt"})
class AskCustomersOfRound implements JavaDelegate {

  private static final int AT_ONCE = 100;
  private static final int MOST_AT_ONCE = 1_000;

  private final Surveys surveys;
  private final Cases cases;
  private final RuntimeService runtime;
  private final Clock clock;
  private final ZoneId zone;

  AskCustomersOfRound(
      Surveys surveys,
      Cases cases,
      @Lazy RuntimeService runtime,
      Clock clock,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.surveys = surveys;
    this.cases = cases;
    this.runtime = runtime;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var round = execution.getProcessInstanceId();
    var began = NpsRoundModel.ROUND_BEGAN_AT.in(execution).orElseGet(clock::instant);
    NpsRoundModel.ROUND_BEGAN_AT.set(execution, began);
    var atOnce = NpsRoundModel.AT_ONCE.in(execution).orElse(AT_ONCE);
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "'atOnce' must be from 1 to %d, not %d".formatted(MOST_AT_ONCE, atOnce));
    }
    var next = surveys.notInRound(round, lookedBack(began, execution), began, atOnce);
    next.forEach(number -> start(cases.lock(number), round));
    NpsRoundModel.CUSTOMERS_LEFT.set(execution, next.size() == atOnce);
  }

  private Instant lookedBack(Instant began, DelegateExecution execution) {
    return began.atZone(zone).minus(NpsRoundModel.LOOK_BACK.from(execution)).toInstant();
  }

  private void start(CustomerCase customerCase, String round) {
    var number = customerCase.number();
    var variables = new HashMap<String, Object>();
    variables.put("segment", customerCase.customer().segment());
    variables.put("preferredChannel", customerCase.customer().preferredChannel());
    variables.put("openCases", surveys.openCases(customerCase));
    variables.put(
        "daysSinceLastSurvey", surveys.daysSinceLastOfAll(customerCase).orElse(null));
    variables.put("daysSinceLastNps", surveys.daysSinceLastNps(customerCase).orElse(null));
    variables.put(CaseNumber.VARIABLE.name(), number.value());
    variables.put(SurveyModel.SURVEY.name(), surveys.planRecommendation(customerCase, round));
    runtime.startProcessInstanceByKey(NpsSurveyModel.KEY, number.value(), variables);
  }
}
