package org.escalationpath.cases;

import java.util.HashMap;
import java.util.Map;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.EngineChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Records what somebody did in the engine past our steps: in the ledger of the case that it is about, else in the journal. What
 * nobody signed in has done is our own start-up, of which models alone are worth a row, or about a case.
 */
@Component
class EngineChanges {

  private static final int LONGEST = 1_800;

  private final Cases cases;
  private final Ledger ledger;
  private final Journal journal;
  private final Actor actor;

  EngineChanges(Cases cases, Ledger ledger, Journal journal, Actor actor) {
    this.cases = cases;
    this.ledger = ledger;
    this.journal = journal;
    this.actor = actor;
  }

  @EventListener
  void record(EngineChanged change) {
    var number = caseNumber(change.businessKey());
    if (number != null && isItsOpening(change, number)) {
      return;
    }
    if (number != null) {
      ledger.append(
          number,
          LedgerEntry.of(What.ENGINE_CHANGED, actor.name())
              .under(change.processDefinitionId())
              .detailing(facts(change)));
    } else if (actor.person().isPresent() || change.entity().equals("Deployment")) {
      journal.append("engine-changed", facts(change));
    }
  }

  /** Tasklist's form starts the path, whose first step opens the case. */
  private boolean isItsOpening(EngineChanged change, CaseNumber number) {
    return change.operation().equals("Create")
        && change.entity().equals("ProcessInstance")
        && cases.isNew(number);
  }

  private @Nullable CaseNumber caseNumber(@Nullable String businessKey) {
    try {
      return businessKey == null
          ? null
          : cases.find(CaseNumber.of(businessKey)).map(CustomerCase::number).orElse(null);
    } catch (NoSuchCase e) {
      return null;
    }
  }

  private static Map<String, Object> facts(EngineChanged change) {
    var facts = new HashMap<>(change.facts());
    facts.put("operation", change.operation());
    facts.put("entity", change.entity());
    if (change.processDefinitionId() != null) {
      facts.put("definition", change.processDefinitionId());
    }
    if (facts.toString().length() > LONGEST) {
      return Map.of(
          "operation", change.operation(), "entity", change.entity(), "facts", "too many");
    }
    return facts;
  }
}
