package org.escalationpath.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How often and how long the processes of one version of a model were where, counted over all that the engine remembers. Reads only. */
@Repository
public class Heat {

  private final JdbcClient jdbc;
  private final Models models;

  Heat(JdbcClient jdbc, Models models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /**
   * @param name the element's label; its id where it has none
   * @param visits how often it was reached
   * @param medianSeconds of the visits that are over, in elapsed time; null where none is
   * @param timerExits the share of visits, from 0 to 1, that an interrupting timer on the element ended; null where it has none
   */
  public record ElementHeat(
      String element,
      String name,
      String type,
      long visits,
      @Nullable Long medianSeconds,
      @Nullable Double timerExits) {}

  /** Where it stays longest comes first; empty for a definition under which nothing has run. */
  public List<ElementHeat> of(String definition) {
    var counts = new HashMap<String, Long>();
    var elements = jdbc.sql("""
        select a.act_id_, max(a.act_name_) as name_, max(a.act_type_) as type_, count(*) as visits_,
               percentile_cont(0.5) within group (order by a.duration_) as median_
          from act_hi_actinst a
         where a.proc_def_id_ = :definition
         group by a.act_id_
         order by 5 desc nulls last, 4 desc, 1
        """)
        .param("definition", definition)
        .query((row, index) -> {
          counts.put(row.getString("act_id_"), row.getLong("visits_"));
          var median = row.getBigDecimal("median_");
          return new ElementHeat(
              row.getString("act_id_"),
              row.getString("name_") == null ? row.getString("act_id_") : row.getString("name_"),
              row.getString("type_"),
              row.getLong("visits_"),
              median == null ? null : Math.round(median.doubleValue() / 1_000),
              null);
        })
        .list();
    var timers = timers(definition);
    return elements.stream()
        .map(each -> timers.containsKey(each.element())
            ? withExits(
                each,
                timers.get(each.element()).stream()
                    .mapToLong(timer -> counts.getOrDefault(timer, 0L))
                    .sum())
            : each)
        .toList();
  }

  private static ElementHeat withExits(ElementHeat each, long exits) {
    return new ElementHeat(
        each.element(),
        each.name(),
        each.type(),
        each.visits(),
        each.medianSeconds(),
        each.visits() == 0 ? null : (double) exits / each.visits());
  }

  /** The interrupting timers of each element that has any. */
  private Map<String, List<String>> timers(String definition) {
    var timers = new HashMap<String, List<String>>();
    models
        .bpmn(definition)
        .map(bpmn -> Bpmn.readModelFromStream(new ByteArrayInputStream(bpmn)))
        .ifPresent(model -> model.getModelElementsByType(BoundaryEvent.class).stream()
            .filter(event -> event.cancelActivity()
                && event.getEventDefinitions().stream()
                    .anyMatch(TimerEventDefinition.class::isInstance))
            .forEach(event -> timers
                .computeIfAbsent(event.getAttachedTo().getId(), key -> new ArrayList<>())
                .add(event.getId())));
    return timers;
  }
}
