package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.escalationpath.engine.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Where a case goes from an element until somebody or something is waited for, with what is known of its variables on the way. What is
 * not known counts as possible either way; what "Hand over" does with what is known is known.
 */
final class Walk {

  static final String HUB = "handOver";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*(\\w+)\\s*}");
  private static final int FARTHEST = 200;
  private static final int MOST_ARRIVALS = 200;
  private static final int MOST_STEPS = 20_000;

  private final Drawing drawing;
  private final Surroundings surroundings;
  private final List<String> tiers;
  private final List<Arrival> arrivals = new ArrayList<>();
  private int steps;

  Walk(Drawing drawing, Library library, Surroundings surroundings) {
    this.drawing = drawing;
    this.surroundings = surroundings;
    this.tiers = library.tiers();
  }

  /**
   * Where a way ends.
   *
   * @param at null where it just stops
   * @param passed the steps on the way
   * @param atHub what was known when the hub was reached; null where it was not
   */
  record Arrival(
      @Nullable FlowNode at,
      Map<String, String> known,
      Set<String> passed,
      @Nullable Map<String, String> atHub,
      Set<String> sinceHub) {

    String place() {
      return at == null ? "nowhere" : "'" + Drawing.label(at) + "'";
    }
  }

  /** What is left when it is not known, as opposed to null. */
  private static final String NULL = "\0";

  private record Step(
      FlowNode node,
      Map<String, String> known,
      Set<FlowNode> seen,
      Set<String> passed,
      @Nullable Map<String, String> atHub,
      Set<String> sinceHub) {}

  /** All ways from behind {@code start}. */
  List<Arrival> from(FlowNode start, Map<String, String> known) {
    arrivals.clear();
    var variables = new HashMap<>(known);
    outputs(start, variables);
    var first = new Step(
        start, variables, new HashSet<>(), new LinkedHashSet<>(), null, new LinkedHashSet<>());
    leave(start, first);
    return List.copyOf(arrivals);
  }

  private void leave(FlowNode node, Step step) {
    var flows = drawing.outgoing(node);
    if (flows.isEmpty()) {
      ended(node, step);
    } else if (node instanceof ExclusiveGateway gateway && flows.size() > 1) {
      choose(gateway, step).forEach(flow -> arrive(flow.getTarget(), step));
    } else {
      // side by side: what happens on one way has happened when they meet
      if (flows.size() > 1) {
        flows.forEach(
            flow -> step.sinceHub().addAll(stepsUntilTheyMeet(flow.getTarget(), new HashSet<>())));
        step.passed().addAll(step.sinceHub());
      }
      flows.forEach(flow -> arrive(flow.getTarget(), step));
    }
  }

  private Set<String> stepsUntilTheyMeet(FlowNode node, Set<FlowNode> seen) {
    var steps = new HashSet<String>();
    var isMeeting = node instanceof ParallelGateway && drawing.incoming(node).size() > 1;
    if (isMeeting || isWaitedFor(node) || !seen.add(node)) {
      return steps;
    }
    Drawing.step(node).ifPresent(steps::add);
    drawing
        .outgoing(node)
        .forEach(flow -> steps.addAll(stepsUntilTheyMeet(flow.getTarget(), seen)));
    return steps;
  }

  private void ended(FlowNode node, Step step) {
    if (node.getParentElement() instanceof SubProcess scope && !scope.triggeredByEvent()) {
      var code = Drawing.definition(node).flatMap(Drawing::code);
      var catcher = code.flatMap(each -> Flow.catcher(drawing, node, each));
      FlowNode next = catcher.isPresent() ? catcher.get() : scope;
      if (step.seen().add(next)) {
        leave(next, step);
      }
    } else {
      arrivals.add(new Arrival(node, step.known(), step.passed(), step.atHub(), step.sinceHub()));
    }
  }

  private void arrive(FlowNode node, Step before) {
    if (steps++ > MOST_STEPS
        || before.seen().contains(node)
        || before.seen().size() > FARTHEST
        || arrivals.size() > MOST_ARRIVALS) {
      return;
    }
    var step = new Step(
        node,
        new HashMap<>(before.known()),
        new HashSet<>(before.seen()),
        new LinkedHashSet<>(before.passed()),
        before.atHub(),
        new LinkedHashSet<>(before.sinceHub()));
    step.seen().add(node);
    if (isWaitedFor(node)) {
      arrivals.add(new Arrival(node, step.known(), step.passed(), step.atHub(), step.sinceHub()));
      return;
    }
    if (node instanceof SubProcess scope) {
      scope.getChildElementsByType(StartEvent.class).forEach(start -> leave(start, step));
      return;
    }
    leave(node, afterwards(node, step));
  }

  private static boolean isWaitedFor(FlowNode node) {
    return node instanceof UserTask
        || node instanceof ReceiveTask
        || node instanceof EventBasedGateway
        || node instanceof CatchEvent && !(node instanceof StartEvent)
        || node instanceof EndEvent && !(node.getParentElement() instanceof SubProcess);
  }

  private Step afterwards(FlowNode node, Step step) {
    var name = Drawing.step(node);
    var atHub = step.atHub();
    if (name.isPresent()) {
      step.passed().add(name.get());
      step.sinceHub().add(name.get());
      if (name.get().equals(HUB)) {
        atHub = Map.copyOf(step.known());
        step.sinceHub().clear();
        handOver(step.known());
      } else {
        surroundings
            .steps()
            .find(name.get())
            .ifPresent(known -> known.writes().forEach(step.known()::remove));
      }
    } else if (node instanceof ServiceTask) {
      step.known().clear();
    }
    outputs(node, step.known());
    return new Step(node, step.known(), step.seen(), step.passed(), atHub, step.sinceHub());
  }

  /** Sets what the hub would set, as far as that is known. */
  private void handOver(Map<String, String> known) {
    var from = tiers.indexOf(known.getOrDefault("tier", ""));
    var wanted = known.get("toTier");
    var isKnown = NULL.equals(wanted) || tiers.contains(String.valueOf(wanted));
    var outcome = known.getOrDefault("outcome", "escalate");
    var to = !NULL.equals(wanted) && isKnown
        ? tiers.indexOf(wanted)
        : outcome.equals("return") ? Math.max(0, from - 1) : Math.min(tiers.size() - 1, from + 1);
    if (from < 0 || !isKnown) {
      known.remove("tier");
      known.remove("moved");
    } else {
      known.put("tier", tiers.get(to));
      known.put("moved", to > from ? "escalated" : to < from ? "returned" : "no");
    }
    known.put("toTier", NULL);
    known.put("outcome", NULL);
  }

  private static void outputs(FlowNode node, Map<String, String> known) {
    if (!(node instanceof BaseElement)) {
      return;
    }
    for (var output : Drawing.outputs(node)) {
      var text = output.getTextContent().trim();
      var variable = VARIABLE.matcher(text);
      if (text.equals("${null}") || text.isEmpty()) {
        known.put(output.getCamundaName(), NULL);
      } else if (variable.matches() && known.containsKey(variable.group(1))) {
        known.put(output.getCamundaName(), known.get(variable.group(1)));
      } else if (text.contains("${")) {
        known.remove(output.getCamundaName());
      } else {
        known.put(output.getCamundaName(), text);
      }
    }
  }

  /** Says that a variable is known to be empty. */
  static void empty(String variable, Map<String, String> known) {
    known.put(variable, NULL);
  }

  static boolean isSet(@Nullable Map<String, String> known, String variable) {
    return known != null && known.containsKey(variable) && !known.get(variable).equals(NULL);
  }

  // -- gateways
  // -------------------------------------------------------------------------------------------------------

  private List<SequenceFlow> choose(ExclusiveGateway gateway, Step step) {
    var possible = new ArrayList<SequenceFlow>();
    for (var flow : drawing.outgoing(gateway)) {
      if (flow.equals(gateway.getDefault())) {
        continue;
      }
      var answer = answer(flow, step.known());
      if (answer.orElse(true)) {
        possible.add(flow);
      }
      if (answer.orElse(false)) {
        return possible;
      }
    }
    if (gateway.getDefault() != null) {
      possible.add(gateway.getDefault());
    }
    return possible;
  }

  private static Optional<Boolean> answer(SequenceFlow flow, Map<String, String> known) {
    if (flow.getConditionExpression() == null) {
      return Optional.empty();
    }
    var values = new HashMap<String, @Nullable String>();
    known.forEach((name, value) -> values.put(name, value.equals(NULL) ? null : value));
    return Expressions.truth(flow.getConditionExpression().getTextContent().trim(), values);
  }
}
