package org.escalationpath.intake;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Openings;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Gives the case its number, unless whoever opened it has done that, and begins its ledger. */
@Published(
    does =
        "gives the case its number and begins its ledger; from Tasklist it reads the answers of the opening form",
    readsIfSet = {
      "customerName",
      "customerEmail",
      "customerPhone",
      "language",
      "preferredChannel",
      "subject",
      "description",
      "severity",
      "category",
      "product",
      "reason"
    },
    writes = {"caseNumber", "severity", "segment", "category", "neededWithinHours"})
class RegisterCase implements JavaDelegate {

  private final Cases cases;
  private final Openings openings;
  private final Ledger ledger;
  private final Actor actor;
  private final Clock clock;

  RegisterCase(Cases cases, Openings openings, Ledger ledger, Actor actor, Clock clock) {
    this.cases = cases;
    this.openings = openings;
    this.ledger = ledger;
    this.actor = actor;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.in(execution).orElseGet(() -> fromForm(execution));
    var opened = cases.require(number);
    if (ledger.latest(number, What.OPENED).isPresent()) {
      throw new IllegalStateException("Case " + number + " has been opened already");
    }
    execution.setProcessBusinessKey(number.value());
    triageInputs(opened).forEach(execution::setVariable);
    var details = openings.details(number);
    details.put("channel", opened.channel());
    ledger.append(
        number,
        LedgerEntry.of(What.OPENED, opened.isConfirmed() ? actor.name() : Message.CUSTOMER)
            .under(execution.getProcessDefinitionId())
            .detailing(details));
  }

  /** From Tasklist the answers of the form come as variables; they move into our tables and leave none behind. */
  private CaseNumber fromForm(DelegateExecution execution) {
    var fields = new HashMap<String, Object>(execution.getVariables());
    fields.put("channel", "phone");
    var number = cases.register(CaseForm.read(fields), actor.name());
    OpenCaseCheck.FIELDS.stream()
        .filter(field -> !field.equals("reason"))
        .forEach(execution::removeVariable);
    CaseNumber.VARIABLE.set(execution, number);
    return number;
  }

  /** What the decision table asks for; a name that is not set would be an error there. */
  private Map<String, Object> triageInputs(CustomerCase opened) {
    var inputs = new HashMap<String, Object>();
    inputs.put("severity", opened.severity());
    inputs.put("segment", opened.customer().segment());
    inputs.put("category", opened.category());
    inputs.put(
        "neededWithinHours",
        opened.neededBy() == null
            ? null
            : Duration.between(clock.instant(), opened.neededBy()).toHours());
    return inputs;
  }
}
