package org.escalationpath.engine;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * The engine's history, without the texts that people write: those live in our own tables, where they can be erased. The
 * engine's history keeps every change of every variable. Its operation log is about people: what our own jobs do is not in it.
 */
class HistoryWithoutTexts extends DbHistoryEventHandler {

  private static final Set<String> TEXTS = Set.of(
      "brief",
      "note",
      "solution",
      "subject",
      "description",
      "customerName",
      "customerEmail",
      "customerPhone",
      "whatHappened",
      "whatToChange",
      "finding",
      "conclusion",
      "action1",
      "action2",
      "action3",
      "caseLink",
      "customer");

  @Override
  public void handleEvent(HistoryEvent event) {
    if (!isText(event) && !isOurOwn(event)) {
      super.handleEvent(event);
    }
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }

  private static boolean isOurOwn(HistoryEvent event) {
    return event instanceof UserOperationLogEntryEventEntity operation
        && operation.getUserId() == null;
  }

  private static boolean isText(HistoryEvent event) {
    if (event instanceof HistoricVariableUpdateEventEntity variable) {
      return TEXTS.contains(variable.getVariableName());
    }
    return event instanceof HistoricFormPropertyEventEntity property
        && TEXTS.contains(property.getPropertyId());
  }
}
