package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * What can happen in a state of a process: how its tokens move on. What happens by itself is done at once and one token after the other,
 * so that only what can be waited for makes states. A token remembers the non-interrupting event that it came from; each such event
 * is looked at once at a time, which keeps the number of states bounded.
 */
final class TokenGame {

  private static final int MOST_WAYS_AT_ONCE = 4;
  private static final int MOST_TOKENS = 60;

  /** What takes a process on. */
  enum Mover {
    ITSELF,
    PERSON,
    TIMER,
    MESSAGE
  }

  /**
   * A step from one state to the next.
   *
   * @param through the element that did it
   */
  record Move(int[] state, Mover mover, FlowNode through) {}

  private final Net net;
  private final Set<FlowNode> reached = new HashSet<>();
  private final Set<FlowNode> doubled = new LinkedHashSet<>();
  private boolean isOverflown;

  TokenGame(Net net) {
    this.net = net;
  }

  /** The state after {@code start} has happened. */
  int[] begun(StartEvent start) {
    return arrive(new int[0], start, 0);
  }

  /** Whether a token came to {@code node} in the moves so far. */
  boolean reached(FlowNode node) {
    return reached.contains(node);
  }

  /** The elements that a second token came to while one was there, in all moves so far. */
  Set<FlowNode> doubled() {
    return doubled;
  }

  /** Whether there were more tokens than are looked at. */
  boolean isOverflown() {
    return isOverflown;
  }

  // -- what can happen in a state
  // -------------------------------------------------------------------------------------

  List<Move> moves(int[] state) {
    for (var token : state) {
      var place = net.place(token);
      var node = net.owner(place);
      if (net.isJoinPlace(place)) {
        if (canJoin(node, state)) {
          return List.of(new Move(join(node, state), Mover.ITSELF, node));
        }
      } else if (net.isActiveScope(place)) {
        if (node instanceof SubProcess scope && !hasInside(scope, state)) {
          return leave(scope, Net.without(state, token), net.origin(token), Mover.ITSELF);
        }
      } else if (net.isAutomatic(node)) {
        return execute(node, token, state);
      }
    }
    return waited(state);
  }

  private boolean hasInside(SubProcess scope, int[] state) {
    return Arrays.stream(state).anyMatch(token -> net.isInside(net.place(token), scope));
  }

  private List<Move> execute(FlowNode node, int token, int[] state) {
    var rest = Net.without(state, token);
    var origin = net.origin(token);
    if (node instanceof SubProcess scope) {
      var opened = with(rest, net.token(net.placeOf(scope) + 1, origin), scope);
      for (var start : scope.getChildElementsByType(StartEvent.class)) {
        opened = arrive(opened, start, origin);
      }
      return List.of(new Move(opened, Mover.ITSELF, node));
    }
    if (node instanceof ExclusiveGateway) {
      return net.outgoing(node).stream()
          .map(flow -> new Move(follow(rest, flow, origin), Mover.ITSELF, node))
          .toList();
    }
    if (node instanceof InclusiveGateway) {
      return subsets(net.outgoing(node)).stream()
          .map(flows -> new Move(followAll(rest, flows, origin), Mover.ITSELF, node))
          .toList();
    }
    var definition = Drawing.definition(node);
    if (node instanceof EndEvent
        && definition.filter(TerminateEventDefinition.class::isInstance).isPresent()) {
      return List.of(new Move(endScope(node, rest), Mover.ITSELF, node));
    }
    if (definition.flatMap(Drawing::code).isPresent() && !(node instanceof CatchEvent)) {
      return thrown(node, rest, origin, definition.flatMap(Drawing::code).get());
    }
    if (Net.isLink(node) && !(node instanceof CatchEvent)) {
      return List.of(new Move(linked(node, rest, origin), Mover.ITSELF, node));
    }
    var moves = new ArrayList<>(leave(node, rest, origin, Mover.ITSELF));
    if (node instanceof ServiceTask) {
      moves.addAll(failures(node, state));
    }
    return moves;
  }

  /** A step may end with a BPMN error, a called process with an error or escalation, which whoever catches such around it would see. */
  private List<Move> failures(FlowNode node, int[] state) {
    var moves = new ArrayList<Move>();
    for (ModelElementInstance scope = node; scope != null; scope = scope.getParentElement()) {
      if (scope instanceof FlowNode around) {
        net.boundaries(around).stream()
            .filter(event -> isFailureOf(node, event))
            .forEach(event -> moves.add(new Move(caught(event, state), Mover.ITSELF, event)));
      }
      scope.getChildElementsByType(SubProcess.class).stream()
          .filter(SubProcess::triggeredByEvent)
          .flatMap(each -> each.getChildElementsByType(StartEvent.class).stream())
          .filter(event -> isFailureOf(node, event))
          .forEach(event -> moves.add(new Move(caught(event, state), Mover.ITSELF, event)));
    }
    return moves;
  }

  private static boolean isFailureOf(FlowNode node, CatchEvent event) {
    return Drawing.definition(event)
        .filter(each -> each instanceof ErrorEventDefinition
            || each instanceof EscalationEventDefinition && node instanceof CallActivity)
        .isPresent();
  }

  private List<Move> leave(FlowNode node, int[] rest, int origin, Mover mover) {
    var flows = net.outgoing(node);
    var isConditional = node instanceof Activity
        && flows.stream().anyMatch(flow -> flow.getConditionExpression() != null);
    return isConditional
        ? flows.stream()
            .map(flow -> new Move(follow(rest, flow, origin), mover, node))
            .toList()
        : List.of(new Move(followAll(rest, flows, origin), mover, node));
  }

  private int[] followAll(int[] state, List<SequenceFlow> flows, int origin) {
    var result = state;
    for (var flow : flows) {
      result = follow(result, flow, origin);
    }
    return result;
  }

  private int[] follow(int[] state, SequenceFlow flow, int origin) {
    var join = net.joinOf(flow);
    if (join == null) {
      return arrive(state, flow.getTarget(), origin);
    }
    reached.add(flow.getTarget());
    return with(state, net.token(join, origin), flow.getTarget());
  }

  private int[] arrive(int[] state, FlowNode node, int origin) {
    reached.add(node);
    return with(state, net.token(net.placeOf(node), origin), node);
  }

  private static List<List<SequenceFlow>> subsets(List<SequenceFlow> flows) {
    if (flows.size() > MOST_WAYS_AT_ONCE) {
      var some = new ArrayList<List<SequenceFlow>>();
      flows.forEach(flow -> some.add(List.of(flow)));
      some.add(flows);
      return some;
    }
    var all = new ArrayList<List<SequenceFlow>>();
    for (var bits = 1; bits < 1 << flows.size(); bits++) {
      var chosen = new ArrayList<SequenceFlow>();
      for (var index = 0; index < flows.size(); index++) {
        if ((bits & 1 << index) != 0) {
          chosen.add(flows.get(index));
        }
      }
      all.add(chosen);
    }
    return all;
  }

  // -- joins
  // ----------------------------------------------------------------------------------------------------------

  private boolean canJoin(FlowNode gateway, int[] state) {
    if (gateway instanceof ParallelGateway) {
      return net.incoming(gateway).stream().allMatch(flow -> net.isAt(net.joinOf(flow), state));
    }
    return Arrays.stream(state)
        .map(net::place)
        .filter(place -> !(net.isJoinPlace(place) && net.owner(place).equals(gateway)))
        .mapToObj(net::owner)
        .filter(node -> gateway.getParentElement().equals(node.getParentElement()))
        .noneMatch(node -> leadsTo(node, gateway, new HashSet<>()));
  }

  private boolean leadsTo(FlowNode node, FlowNode gateway, Collection<FlowNode> seen) {
    if (!seen.add(node)) {
      return false;
    }
    return net.outgoing(node).stream()
            .map(SequenceFlow::getTarget)
            .anyMatch(next -> next.equals(gateway) || leadsTo(next, gateway, seen))
        || net.boundaries(node).stream().anyMatch(event -> leadsTo(event, gateway, seen));
  }

  private int[] join(FlowNode gateway, int[] state) {
    var rest = state;
    var origin = Integer.MAX_VALUE;
    for (var flow : net.incoming(gateway)) {
      var place = net.joinOf(flow);
      var token = Arrays.stream(rest).filter(each -> net.place(each) == place).findFirst();
      if (token.isPresent()) {
        origin = Math.min(origin, net.origin(token.getAsInt()));
        rest = Net.without(rest, token.getAsInt());
      }
    }
    return followAll(rest, net.outgoing(gateway), origin);
  }

  // -- ends, errors, escalations, links
  // -------------------------------------------------------------------------------

  private int[] endScope(FlowNode end, int[] state) {
    return end.getParentElement() instanceof SubProcess scope ? emptied(scope, state) : new int[0];
  }

  private int[] emptied(SubProcess scope, int[] state) {
    return net.keeping(state, place -> !net.isInside(place, scope));
  }

  private List<Move> thrown(FlowNode thrower, int[] rest, int origin, String code) {
    var catcher = Flow.catcher(net.drawing(), thrower, code);
    var isEnd = thrower instanceof EndEvent;
    if (catcher.isEmpty()) {
      return isEnd
          ? List.of(new Move(rest, Mover.ITSELF, thrower))
          : leave(thrower, rest, origin, Mover.ITSELF);
    }
    var caught = caught(catcher.get(), rest);
    var goesOn = !isInterrupting(catcher.get()) && !isEnd;
    return List.of(new Move(
        goesOn ? followAll(caught, net.outgoing(thrower), origin) : caught, Mover.ITSELF, thrower));
  }

  private static boolean isInterrupting(CatchEvent event) {
    return event instanceof BoundaryEvent boundary
        ? boundary.cancelActivity()
        : !(event instanceof StartEvent start) || start.isInterrupting();
  }

  /** The state after a boundary event or the start of an event sub-process has happened. */
  private int[] caught(CatchEvent event, int[] state) {
    return event instanceof BoundaryEvent boundary
        ? boundary(boundary, state)
        : started((StartEvent) event, state);
  }

  private int[] boundary(BoundaryEvent event, int[] state) {
    var activity = (FlowNode) event.getAttachedTo();
    var origin = Arrays.stream(state)
        .filter(token -> net.owner(net.place(token)).equals(activity))
        .map(net::origin)
        .min()
        .orElse(0);
    if (!event.cancelActivity()) {
      return isRunning(event, state) ? state : arrive(state, event, net.originOf(event));
    }
    var rest = net.keeping(
        state,
        place -> !net.owner(place).equals(activity)
            && !(activity instanceof SubProcess scope && net.isInside(place, scope)));
    return arrive(rest, event, origin);
  }

  private boolean isRunning(FlowNode event, int[] state) {
    return Arrays.stream(state).anyMatch(token -> net.origin(token) == net.originOf(event));
  }

  private int[] started(StartEvent start, int[] state) {
    var eventSubProcess = (SubProcess) start.getParentElement();
    reached.add(eventSubProcess);
    if (!start.isInterrupting()) {
      if (isRunning(start, state)) {
        return state;
      }
      return arrive(
          with(
              state,
              net.token(net.placeOf(eventSubProcess) + 1, net.originOf(start)),
              eventSubProcess),
          start,
          net.originOf(start));
    }
    var rest = eventSubProcess.getParentElement() instanceof SubProcess around
        ? emptied(around, state)
        : new int[0];
    return arrive(
        with(rest, net.token(net.placeOf(eventSubProcess) + 1, 0), eventSubProcess), start, 0);
  }

  private int[] linked(FlowNode thrower, int[] rest, int origin) {
    var name = linkName(thrower);
    return net.nodes().stream()
        .filter(node ->
            node instanceof CatchEvent && Net.isLink(node) && linkName(node).equals(name))
        .filter(node -> node.getParentElement().equals(thrower.getParentElement()))
        .findFirst()
        .map(node -> arrive(rest, node, origin))
        .orElse(rest);
  }

  private static String linkName(ModelElementInstance event) {
    return Drawing.definition(event)
        .map(each -> String.valueOf(each.getAttributeValue("name")))
        .orElse("");
  }

  // -- what is waited for
  // ---------------------------------------------------------------------------------------------

  private List<Move> waited(int[] state) {
    var moves = new ArrayList<Move>();
    for (var token : state) {
      var node = net.owner(net.place(token));
      var rest = Net.without(state, token);
      if (net.isJoinPlace(net.place(token))) {
        continue;
      }
      if (!net.isActiveScope(net.place(token))) {
        if (node instanceof EventBasedGateway) {
          net.outgoing(node).forEach(flow -> {
            reached.add(flow.getTarget());
            moves.addAll(leave(flow.getTarget(), rest, net.origin(token), mover(flow.getTarget())));
          });
        } else {
          moves.addAll(leave(node, rest, net.origin(token), mover(node)));
        }
        if (node instanceof CallActivity) {
          moves.addAll(failures(node, state));
        }
      }
      for (var event : net.boundaries(node)) {
        if (net.isActiveScope(net.place(token)) && isThrownInside(event)) {
          continue;
        }
        moves.add(new Move(boundary(event, state), mover(event), event));
      }
      if (net.isActiveScope(net.place(token)) && node instanceof SubProcess scope) {
        startEvents(scope)
            .forEach(start -> moves.add(new Move(started(start, state), mover(start), start)));
      }
    }
    if (state.length > 0) {
      startEvents(net.process())
          .forEach(start -> moves.add(new Move(started(start, state), mover(start), start)));
    }
    return moves;
  }

  /** Errors and escalations of a sub-process come from what is drawn in it. */
  private static boolean isThrownInside(BoundaryEvent event) {
    return Drawing.definition(event)
        .filter(each ->
            each instanceof ErrorEventDefinition || each instanceof EscalationEventDefinition)
        .isPresent();
  }

  private static List<StartEvent> startEvents(ModelElementInstance scope) {
    return scope.getChildElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .flatMap(each -> each.getChildElementsByType(StartEvent.class).stream())
        .filter(start -> Drawing.definition(start)
            .filter(each -> !(each instanceof ErrorEventDefinition
                || each instanceof EscalationEventDefinition))
            .isPresent())
        .toList();
  }

  static Mover mover(FlowNode node) {
    if (node instanceof ReceiveTask) {
      return Mover.MESSAGE;
    }
    if (node instanceof CatchEvent) {
      var definition = Drawing.definition(node);
      return definition.filter(TimerEventDefinition.class::isInstance).isPresent()
          ? Mover.TIMER
          : definition
                  .filter(each -> each instanceof ErrorEventDefinition
                      || each instanceof EscalationEventDefinition)
                  .isPresent()
              ? Mover.PERSON
              : Mover.MESSAGE;
    }
    return Mover.PERSON;
  }

  private int[] with(int[] state, int token, FlowNode node) {
    if (Arrays.binarySearch(state, token) >= 0) {
      doubled.add(node);
      return state;
    }
    if (state.length >= MOST_TOKENS) {
      isOverflown = true;
      return state;
    }
    var more = Arrays.copyOf(state, state.length + 1);
    more[state.length] = token;
    Arrays.sort(more);
    return more;
  }
}
