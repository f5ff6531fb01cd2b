package org.escalationpath.workshop;

import java.util.Optional;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** How errors and escalations travel: outwards, to the nearest event sub-process or boundary event that catches them. */
final class Flow {

  private Flow() {}

  /** Who catches what {@code thrower} throws; a start event of an event sub-process, or a boundary event. */
  static Optional<CatchEvent> catcher(Drawing drawing, FlowElement thrower, String code) {
    var thrown = Drawing.definition(thrower).orElseThrow();
    for (ModelElementInstance scope = thrower.getParentElement();
        scope != null;
        scope = scope.getParentElement()) {
      var inside = startOf(scope, thrower, thrown, code);
      if (inside.isPresent()) {
        return inside;
      }
      if (scope instanceof SubProcess activity) {
        var boundary = drawing.boundaries(activity).stream()
            .filter(event -> isFor(event, thrown, code))
            .map(BoundaryEvent.class::cast)
            .findFirst();
        if (boundary.isPresent()) {
          return Optional.of(boundary.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<CatchEvent> startOf(
      ModelElementInstance scope, FlowElement thrower, EventDefinition thrown, String code) {
    return scope.getChildElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .filter(each -> !each.equals(thrower.getParentElement()))
        .flatMap(each -> each.getChildElementsByType(StartEvent.class).stream())
        .filter(event -> isFor(event, thrown, code))
        .map(CatchEvent.class::cast)
        .findFirst();
  }

  private static boolean isFor(CatchEvent event, EventDefinition thrown, String code) {
    return Drawing.definition(event)
        .filter(caught -> isSameKind(caught, thrown))
        .filter(caught -> Drawing.code(caught).map(code::equals).orElse(true))
        .isPresent();
  }

  private static boolean isSameKind(EventDefinition caught, EventDefinition thrown) {
    return caught instanceof ErrorEventDefinition && thrown instanceof ErrorEventDefinition
        || caught instanceof EscalationEventDefinition
            && thrown instanceof EscalationEventDefinition;
  }
}
