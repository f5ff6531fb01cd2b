package org.escalationpath.engine;

import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What the engine forgets before its time, and what it must not forget. */
@Component
public class Retention {

  private static final String DELIVERY = "customer-notification";

  private final RuntimeService runtime;
  private final HistoryService history;

  Retention(@Lazy RuntimeService runtime, @Lazy HistoryService history) {
    this.runtime = runtime;
    this.history = history;
  }

  /** Ends what still runs about ended cases; its tasks show what people wrote. */
  public void end(List<String> businessKeys, String why) {
    businessKeys.forEach(key -> runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(key)
        .rootProcessInstances()
        .list()
        .forEach(each ->
            runtime.deleteProcessInstanceIfExists(each.getId(), why, true, true, true, true)));
  }

  /** Forgets how messages were delivered: what a mail server said names addresses. In a transaction after they have ended. */
  public void forgetDeliveries(List<String> businessKeys) {
    businessKeys.forEach(key -> history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(key)
        .processDefinitionKey(DELIVERY)
        .finished()
        .list()
        .forEach(each -> history.deleteHistoricProcessInstanceIfExists(each.getId())));
  }

  /** Lets the clean-up pass by all that is remembered of these, and answers of how many processes; a batch does it. */
  public int keep(List<String> businessKeys) {
    var ids = businessKeys.stream()
        .flatMap(key ->
            history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .list()
                .stream())
        .filter(each -> each.getRemovalTime() != null)
        .map(HistoricProcessInstance::getId)
        .toList();
    if (!ids.isEmpty()) {
      history
          .setRemovalTimeToHistoricProcessInstances()
          .clearedRemovalTime()
          .byIds(ids.toArray(String[]::new))
          .executeAsync();
    }
    return ids.size();
  }

  /** Lets the clean-up come when it would have come. */
  public void release(String businessKey) {
    var ended = history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(businessKey)
        .finished();
    if (ended.count() > 0) {
      history
          .setRemovalTimeToHistoricProcessInstances()
          .calculatedRemovalTime()
          .byQuery(ended)
          .executeAsync();
    }
  }
}
