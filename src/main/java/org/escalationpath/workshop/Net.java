package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * A process as places for tokens: two for each element, one where a token has come to it and one where it stays while what is inside
 * goes on, and one for each flow into a gateway that waits for others. A state is the sorted array of its tokens; a token is its place and
 * the non-interrupting event that it came from, as one number.
 */
final class Net {

  private final Drawing drawing;
  private final List<FlowNode> nodes;
  private final Map<FlowNode, Integer> places = new HashMap<>();
  private final Map<SequenceFlow, Integer> joins = new LinkedHashMap<>();
  private final Map<FlowNode, Integer> origins = new HashMap<>();
  private final Map<FlowNode, List<BoundaryEvent>> boundaries = new HashMap<>();
  private final Map<FlowNode, List<SequenceFlow>> outgoing = new HashMap<>();
  private final Map<FlowNode, BitSet> inside = new HashMap<>();
  private final Map<Integer, FlowNode> owners = new HashMap<>();

  Net(Drawing drawing) {
    this.drawing = drawing;
    this.nodes = drawing.all(FlowNode.class).stream()
        .filter(node -> isIn(node, drawing.process()))
        .toList();
    for (var node : nodes) {
      var place = places.size() * 2;
      places.put(node, place);
      owners.put(place, node);
      owners.put(place + 1, node);
      outgoing.put(node, drawing.outgoing(node));
      origins.put(node, origins.size() + 1);
    }
    for (var node : nodes) {
      if (isJoin(node)) {
        drawing.incoming(node).forEach(flow -> {
          var place = nodes.size() * 2 + joins.size();
          joins.put(flow, place);
          owners.put(place, node);
        });
      }
      if (node instanceof BoundaryEvent event && event.getAttachedTo() != null) {
        boundaries
            .computeIfAbsent(event.getAttachedTo(), key -> new ArrayList<>())
            .add(event);
      }
    }
    for (var node : nodes) {
      if (node instanceof SubProcess) {
        inside.put(node, new BitSet());
      }
    }
    owners.forEach((place, node) -> {
      for (var scope = node.getParentElement();
          scope instanceof SubProcess around;
          scope = scope.getParentElement()) {
        inside.get(around).set(place);
      }
    });
  }

  private static boolean isIn(FlowNode node, ModelElementInstance process) {
    ModelElementInstance scope = node;
    while (scope != null && !scope.equals(process)) {
      scope = scope.getParentElement();
    }
    return scope != null;
  }

  private boolean isJoin(FlowNode node) {
    return (node instanceof ParallelGateway || node instanceof InclusiveGateway)
        && drawing.incoming(node).size() > 1;
  }

  Drawing drawing() {
    return drawing;
  }

  Process process() {
    return drawing.process();
  }

  /** All elements of the process, in sub-processes too. */
  List<FlowNode> nodes() {
    return nodes;
  }

  List<SequenceFlow> outgoing(FlowNode node) {
    return outgoing.get(node);
  }

  List<SequenceFlow> incoming(FlowNode node) {
    return drawing.incoming(node);
  }

  List<BoundaryEvent> boundaries(FlowNode node) {
    return boundaries.getOrDefault(node, List.of());
  }

  // -- places
  // ---------------------------------------------------------------------------------------------------------

  /** Where a token stands that has come to {@code node}. */
  int placeOf(FlowNode node) {
    return places.get(node);
  }

  /** Where a token waits for the others; null if {@code flow} leads to no gateway that waits. */
  @Nullable
  Integer joinOf(SequenceFlow flow) {
    return joins.get(flow);
  }

  /** The origin of the tokens that {@code node}, a non-interrupting event, brings; 0 is that of all others. */
  int originOf(FlowNode node) {
    return origins.get(node);
  }

  FlowNode owner(int place) {
    return owners.get(place);
  }

  boolean isInside(int place, SubProcess scope) {
    return inside.get(scope).get(place);
  }

  boolean isJoinPlace(int place) {
    return place >= nodes.size() * 2;
  }

  /** Whether a token there stays while what is inside its element goes on. */
  boolean isActiveScope(int place) {
    return place < nodes.size() * 2 && place % 2 == 1;
  }

  // -- tokens
  // ---------------------------------------------------------------------------------------------------------

  int token(int place, int origin) {
    return place * (nodes.size() + 1) + origin;
  }

  int place(int token) {
    return token / (nodes.size() + 1);
  }

  int origin(int token) {
    return token % (nodes.size() + 1);
  }

  static int[] without(int[] state, int token) {
    return Arrays.stream(state).filter(each -> each != token).toArray();
  }

  int[] keeping(int[] state, IntPredicate isKept) {
    return Arrays.stream(state).filter(token -> isKept.test(place(token))).toArray();
  }

  boolean isAt(int place, int[] state) {
    return Arrays.stream(state).anyMatch(token -> place(token) == place);
  }

  // -- elements
  // -------------------------------------------------------------------------------------------------------

  /** Whether a token goes on from there by itself. */
  boolean isAutomatic(FlowNode node) {
    if (node instanceof UserTask
        || node instanceof ReceiveTask
        || node instanceof CallActivity
        || node instanceof EventBasedGateway) {
      return false;
    }
    if (node instanceof IntermediateCatchEvent event) {
      return isLink(event);
    }
    return !(node instanceof ServiceTask task && "external".equals(task.getCamundaType()));
  }

  static boolean isLink(ModelElementInstance event) {
    return Drawing.definition(event)
        .filter(LinkEventDefinition.class::isInstance)
        .isPresent();
  }
}
