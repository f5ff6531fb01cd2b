package org.escalationpath.escalation;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Published;

/** Puts the solution into the conversation and the ledger; the tier's clock stops, the customer's time to object begins. */
@Published(
    does = "sends the solution into the conversation and stops the tier's clock",
    reads = "solution",
    writes = {"acceptanceLimitAt", "outcome"})
class ProposeSolution implements JavaDelegate {

  private final Cases cases;
  private final Conversation conversation;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Waiting waiting;
  private final Actor actor;

  ProposeSolution(
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Clocks clocks,
      Waiting waiting,
      Actor actor) {
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.clocks = clocks;
    this.waiting = waiting;
    this.actor = actor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var number = CaseNumber.VARIABLE.from(execution);
    waiting.end(number, execution.getProcessDefinitionId());
    var tier = cases.require(number).tier();
    var solution = conversation.fromAgent(
        number, actor.name(), EscalationModel.SOLUTION.from(execution), true);
    ledger.append(
        number,
        LedgerEntry.of(What.SOLUTION_PROPOSED, actor.name())
            .from(tier)
            .to(tier)
            .triggeredBy(Trigger.AGENT)
            .under(execution.getProcessDefinitionId())
            .detailing(solution.and(Map.of())));
    cases.changeState(number, CaseState.RESOLVED);
    EscalationModel.ACCEPTANCE_LIMIT_AT.set(execution, clocks.acceptance(number).limitAt());
    EscalationModel.OUTCOME.clear(execution);
    execution.removeVariable(EscalationModel.SOLUTION.name());
    execution.removeVariable(EscalationModel.NOTE.name());
  }
}
