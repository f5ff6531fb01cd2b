package org.escalationpath.workshop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
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
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * All states that a process can be in: where its tokens stand. What happens by itself is done at once and one token after the other,
 * so that only what can be waited for makes states. A token remembers the non-interrupting event that it came from; each such event
 * is looked at once at a time, which keeps the number of states bounded.
 */
final class StateSpace {

  private static final int LONGEST_PATH = 12;
  private static final int MOST_WAYS_AT_ONCE = 4;
  private static final int MOST_TOKENS = 60;
  private static final int LONGEST_WAY = 1_000;

  /** What takes a process on. */
  private enum Mover {
    ITSELF,
    PERSON,
    TIMER,
    MESSAGE
  }

  /** @param path the elements on the way there, by their names */
  record Found(FlowNode element, String path) {}

  private record Edge(int to, Mover mover, @Nullable FlowNode through) {}

  private record Move(int[] state, Mover mover, @Nullable FlowNode through) {}

  private final Drawing drawing;
  private final int most;

  private final List<FlowNode> nodes;
  private final Map<FlowNode, Integer> places = new HashMap<>();
  private final Map<SequenceFlow, Integer> joins = new LinkedHashMap<>();
  private final Map<FlowNode, Integer> origins = new HashMap<>();
  private final Map<FlowNode, List<BoundaryEvent>> boundaries = new HashMap<>();
  private final Map<FlowNode, List<SequenceFlow>> outgoing = new HashMap<>();
  private final Map<FlowNode, BitSet> inside = new HashMap<>();
  private final Map<Integer, FlowNode> owners = new HashMap<>();

  private final List<int[]> states = new ArrayList<>();
  private final Map<List<Integer>, Integer> known = new HashMap<>();
  private final List<List<Edge>> edges = new ArrayList<>();
  private final List<Integer> from = new ArrayList<>();
  private final List<FlowNode> through = new ArrayList<>();
  private final BitSet reached = new BitSet();
  private final Map<FlowNode, Integer> doubled = new LinkedHashMap<>();
  private boolean isComplete = true;
  private int now;

  StateSpace(Drawing drawing, int most) {
    this.drawing = drawing;
    this.most = most;
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

  // -- exploring
  // ------------------------------------------------------------------------------------------------------

  void explore() {
    var starts = drawing.process().getChildElementsByType(StartEvent.class);
    var queue = new ArrayDeque<Integer>();
    for (var start : starts) {
      queue.add(intern(new int[] {token(places.get(start), 0)}, -1, null, queue));
      reached.set(places.get(start));
    }
    var done = new BitSet();
    while (!queue.isEmpty() && isComplete) {
      now = queue.remove();
      if (done.get(now)) {
        continue;
      }
      done.set(now);
      if (states.size() > most) {
        isComplete = false;
        return;
      }
      for (var move : moves(states.get(now))) {
        var to = intern(move.state(), now, move.through(), queue);
        edges.get(now).add(new Edge(to, move.mover(), move.through()));
      }
    }
  }

  private int intern(int[] state, int before, @Nullable FlowNode by, Collection<Integer> queue) {
    var key = Arrays.stream(state).boxed().toList();
    var index = known.get(key);
    if (index != null) {
      return index;
    }
    known.put(key, states.size());
    states.add(state);
    edges.add(new ArrayList<>());
    from.add(before);
    through.add(by);
    queue.add(states.size() - 1);
    return states.size() - 1;
  }

  boolean isComplete() {
    return isComplete;
  }

  private int token(int place, int origin) {
    return place * (nodes.size() + 1) + origin;
  }

  private int place(int token) {
    return token / (nodes.size() + 1);
  }

  private int origin(int token) {
    return token % (nodes.size() + 1);
  }

  private boolean isJoinPlace(int place) {
    return place >= nodes.size() * 2;
  }

  private boolean isActiveScope(int place) {
    return place < nodes.size() * 2 && place % 2 == 1;
  }

  // -- what can happen in a state
  // -------------------------------------------------------------------------------------

  private List<Move> moves(int[] state) {
    for (var token : state) {
      var place = place(token);
      var node = owners.get(place);
      if (isJoinPlace(place)) {
        if (canJoin(node, state)) {
          return List.of(new Move(join(node, state), Mover.ITSELF, node));
        }
      } else if (isActiveScope(place)) {
        if (node instanceof SubProcess scope && !hasInside(scope, state)) {
          return leave(scope, without(state, token), origin(token), Mover.ITSELF);
        }
      } else if (isAutomatic(node)) {
        return execute(node, token, state);
      }
    }
    return waited(state);
  }

  private boolean hasInside(SubProcess scope, int[] state) {
    return Arrays.stream(state).anyMatch(token -> inside.get(scope).get(place(token)));
  }

  private boolean isAutomatic(FlowNode node) {
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

  private static boolean isLink(ModelElementInstance event) {
    return Drawing.definition(event)
        .filter(LinkEventDefinition.class::isInstance)
        .isPresent();
  }

  private List<Move> execute(FlowNode node, int token, int[] state) {
    var rest = without(state, token);
    var origin = origin(token);
    if (node instanceof SubProcess scope) {
      var opened = with(rest, token(places.get(scope) + 1, origin), scope);
      for (var start : scope.getChildElementsByType(StartEvent.class)) {
        opened = arrive(opened, start, origin);
      }
      return List.of(new Move(opened, Mover.ITSELF, node));
    }
    if (node instanceof ExclusiveGateway) {
      return outgoing.get(node).stream()
          .map(flow -> new Move(follow(rest, flow, origin), Mover.ITSELF, node))
          .toList();
    }
    if (node instanceof InclusiveGateway) {
      return subsets(outgoing.get(node)).stream()
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
    if (isLink(node) && !(node instanceof CatchEvent)) {
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
        boundaries.getOrDefault(around, List.of()).stream()
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
    var flows = outgoing.get(node);
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
    var join = joins.get(flow);
    if (join == null) {
      return arrive(state, flow.getTarget(), origin);
    }
    reached.set(places.get(flow.getTarget()));
    return with(state, token(join, origin), flow.getTarget());
  }

  private int[] arrive(int[] state, FlowNode node, int origin) {
    reached.set(places.get(node));
    return with(state, token(places.get(node), origin), node);
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
      return drawing.incoming(gateway).stream().allMatch(flow -> isAt(joins.get(flow), state));
    }
    return Arrays.stream(state)
        .map(this::place)
        .filter(place -> !(isJoinPlace(place) && owners.get(place).equals(gateway)))
        .mapToObj(owners::get)
        .filter(node -> gateway.getParentElement().equals(node.getParentElement()))
        .noneMatch(node -> leadsTo(node, gateway, new java.util.HashSet<>()));
  }

  private boolean leadsTo(FlowNode node, FlowNode gateway, Collection<FlowNode> seen) {
    if (!seen.add(node)) {
      return false;
    }
    return outgoing.get(node).stream()
            .map(SequenceFlow::getTarget)
            .anyMatch(next -> next.equals(gateway) || leadsTo(next, gateway, seen))
        || boundaries.getOrDefault(node, List.of()).stream()
            .anyMatch(event -> leadsTo(event, gateway, seen));
  }

  private boolean isAt(int place, int[] state) {
    return Arrays.stream(state).anyMatch(token -> place(token) == place);
  }

  private int[] join(FlowNode gateway, int[] state) {
    var rest = state;
    var origin = Integer.MAX_VALUE;
    for (var flow : drawing.incoming(gateway)) {
      var place = joins.get(flow);
      var token = Arrays.stream(rest).filter(each -> place(each) == place).findFirst();
      if (token.isPresent()) {
        origin = Math.min(origin, origin(token.getAsInt()));
        rest = without(rest, token.getAsInt());
      }
    }
    return followAll(rest, outgoing.get(gateway), origin);
  }

  // -- ends, errors, escalations, links
  // -------------------------------------------------------------------------------

  private int[] endScope(FlowNode end, int[] state) {
    return end.getParentElement() instanceof SubProcess scope ? emptied(scope, state) : new int[0];
  }

  private int[] emptied(SubProcess scope, int[] state) {
    return keeping(state, place -> !inside.get(scope).get(place));
  }

  private List<Move> thrown(FlowNode thrower, int[] rest, int origin, String code) {
    var catcher = Flow.catcher(drawing, thrower, code);
    var isEnd = thrower instanceof EndEvent;
    if (catcher.isEmpty()) {
      return isEnd
          ? List.of(new Move(rest, Mover.ITSELF, thrower))
          : leave(thrower, rest, origin, Mover.ITSELF);
    }
    var caught = caught(catcher.get(), rest);
    var goesOn = !isInterrupting(catcher.get()) && !isEnd;
    return List.of(new Move(
        goesOn ? followAll(caught, outgoing.get(thrower), origin) : caught, Mover.ITSELF, thrower));
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
        .filter(token -> owners.get(place(token)).equals(activity))
        .map(this::origin)
        .min()
        .orElse(0);
    if (!event.cancelActivity()) {
      return isRunning(event, state) ? state : arrive(state, event, origins.get(event));
    }
    var rest = keeping(
        state,
        place -> !owners.get(place).equals(activity)
            && !(activity instanceof SubProcess scope && inside.get(scope).get(place)));
    return arrive(rest, event, origin);
  }

  private boolean isRunning(FlowNode event, int[] state) {
    return Arrays.stream(state).anyMatch(token -> origin(token) == origins.get(event));
  }

  private int[] started(StartEvent start, int[] state) {
    var eventSubProcess = (SubProcess) start.getParentElement();
    reached.set(places.get(eventSubProcess));
    if (!start.isInterrupting()) {
      if (isRunning(start, state)) {
        return state;
      }
      return arrive(
          with(state, token(places.get(eventSubProcess) + 1, origins.get(start)), eventSubProcess),
          start,
          origins.get(start));
    }
    var rest = eventSubProcess.getParentElement() instanceof SubProcess around
        ? emptied(around, state)
        : new int[0];
    return arrive(with(rest, token(places.get(eventSubProcess) + 1, 0), eventSubProcess), start, 0);
  }

  private int[] linked(FlowNode thrower, int[] rest, int origin) {
    var name = linkName(thrower);
    return nodes.stream()
        .filter(
            node -> node instanceof CatchEvent && isLink(node) && linkName(node).equals(name))
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
      var node = owners.get(place(token));
      var rest = without(state, token);
      if (isJoinPlace(place(token))) {
        continue;
      }
      if (!isActiveScope(place(token))) {
        if (node instanceof EventBasedGateway) {
          outgoing.get(node).forEach(flow -> {
            reached.set(places.get(flow.getTarget()));
            moves.addAll(leave(flow.getTarget(), rest, origin(token), mover(flow.getTarget())));
          });
        } else {
          moves.addAll(leave(node, rest, origin(token), mover(node)));
        }
        if (node instanceof CallActivity) {
          moves.addAll(failures(node, state));
        }
      }
      for (var event : boundaries.getOrDefault(node, List.of())) {
        if (isActiveScope(place(token)) && isThrownInside(event)) {
          continue;
        }
        moves.add(new Move(boundary(event, state), mover(event), event));
      }
      if (isActiveScope(place(token)) && node instanceof SubProcess scope) {
        startEvents(scope)
            .forEach(start -> moves.add(new Move(started(start, state), mover(start), start)));
      }
    }
    if (state.length > 0) {
      startEvents(drawing.process())
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

  private static Mover mover(FlowNode node) {
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

  // -- tokens
  // ---------------------------------------------------------------------------------------------------------

  private static int[] without(int[] state, int token) {
    return Arrays.stream(state).filter(each -> each != token).toArray();
  }

  private int[] keeping(int[] state, IntPredicate isKept) {
    return Arrays.stream(state).filter(token -> isKept.test(place(token))).toArray();
  }

  private int[] with(int[] state, int token, FlowNode node) {
    if (Arrays.binarySearch(state, token) >= 0) {
      doubled.putIfAbsent(node, now);
      return state;
    }
    if (state.length >= MOST_TOKENS) {
      isComplete = false;
      return state;
    }
    var more = Arrays.copyOf(state, state.length + 1);
    more[state.length] = token;
    Arrays.sort(more);
    return more;
  }

  // -- what came of it
  // ------------------------------------------------------------------------------------------------

  List<Found> doubled() {
    return doubled.entrySet().stream()
        .map(each -> new Found(each.getKey(), path(each.getValue(), each.getKey())))
        .toList();
  }

  /** Elements that can go round without anybody or anything being waited for: the engine would never come to an end. */
  List<Found> spinning() {
    var found = new ArrayList<Found>();
    var done = new HashSet<FlowNode>();
    for (var node : nodes) {
      var way = new ArrayList<FlowNode>();
      if (!done.contains(node) && spins(node, way, done)) {
        found.add(new Found(
            way.get(way.size() - 1),
            way.subList(way.indexOf(way.get(way.size() - 1)), way.size()).stream()
                .map(Drawing::label)
                .collect(Collectors.joining(" → "))));
      }
    }
    return found;
  }

  private boolean spins(FlowNode node, List<FlowNode> way, Set<FlowNode> done) {
    if (!isAutomatic(node) || node instanceof SubProcess || done.contains(node)) {
      return false;
    }
    var isRound = way.contains(node);
    way.add(node);
    if (isRound) {
      done.add(node);
      return true;
    }
    for (var flow : outgoing.get(node)) {
      if (way.size() < LONGEST_WAY && spins(flow.getTarget(), way, done)) {
        return true;
      }
    }
    done.add(node);
    way.remove(way.size() - 1);
    return false;
  }

  /** Elements that no state reached. */
  List<FlowNode> dead() {
    return nodes.stream().filter(node -> !reached.get(places.get(node))).toList();
  }

  /** Where a case stands that cannot end any more; one place for each way to get there. */
  List<Found> stuck() {
    var ends = new BitSet();
    for (var index = 0; index < states.size(); index++) {
      ends.set(index, states.get(index).length == 0);
    }
    var canEnd = backwards(ends, edge -> true);
    var found = new LinkedHashMap<FlowNode, Found>();
    for (var pass = 0; pass < 2 && found.isEmpty(); pass++) {
      for (var index = 0; index < states.size(); index++) {
        var isDeadlock = edges.get(index).isEmpty();
        if (!canEnd.get(index) && (pass == 1 || isDeadlock)) {
          var node = firstWaiting(states.get(index));
          found.putIfAbsent(node, new Found(node, path(index, null)));
        }
      }
      if (pass == 1 && found.size() > 1) {
        return List.of(found.values().iterator().next());
      }
    }
    return List.copyOf(found.values());
  }

  /** The join that waits in vain, if there is one. */
  private FlowNode firstWaiting(int[] state) {
    return Arrays.stream(state)
        .filter(token -> isJoinPlace(place(token)))
        .mapToObj(token -> owners.get(place(token)))
        .findFirst()
        .orElseGet(() -> owners.get(place(Arrays.stream(state)
            .filter(token -> !isActiveScope(place(token)))
            .findFirst()
            .orElse(state[0]))));
  }

  /** Where a case waits for a message and neither a timer nor a person could end that. */
  List<Found> waitingForEver() {
    var found = new ArrayList<Found>();
    for (var node : nodes) {
      if (!isMessageWait(node)) {
        continue;
      }
      var away = new BitSet();
      var place = places.get(node);
      for (var index = 0; index < states.size(); index++) {
        away.set(index, !isAt(place, states.get(index)));
      }
      var canLeave = backwards(away, edge -> edge.mover() != Mover.MESSAGE);
      var stays = canLeave.nextClearBit(0);
      if (stays < states.size()) {
        found.add(new Found(node, path(stays, null)));
      }
    }
    return found;
  }

  private boolean isMessageWait(FlowNode node) {
    if (node instanceof EventBasedGateway) {
      return outgoing.get(node).stream().noneMatch(flow -> mover(flow.getTarget()) == Mover.TIMER);
    }
    return !(node instanceof StartEvent || node instanceof BoundaryEvent)
        && !isAutomatic(node)
        && mover(node) == Mover.MESSAGE;
  }

  /** All states from which one of {@code goals} can be reached over edges that count. */
  private BitSet backwards(BitSet goals, java.util.function.Predicate<Edge> counts) {
    var before = new ArrayList<List<Integer>>(Collections.nCopies(states.size(), null));
    for (var index = 0; index < states.size(); index++) {
      for (var edge : edges.get(index)) {
        if (counts.test(edge)) {
          if (before.get(edge.to()) == null) {
            before.set(edge.to(), new ArrayList<>());
          }
          before.get(edge.to()).add(index);
        }
      }
    }
    var result = (BitSet) goals.clone();
    var queue = new ArrayDeque<Integer>();
    goals.stream().forEach(queue::add);
    while (!queue.isEmpty()) {
      var each = before.get(queue.remove());
      if (each != null) {
        each.stream().filter(index -> !result.get(index)).forEach(index -> {
          result.set(index);
          queue.add(index);
        });
      }
    }
    return result;
  }

  private String path(int state, @Nullable FlowNode last) {
    var names = new ArrayDeque<String>();
    for (var index = state; index >= 0; index = from.get(index)) {
      var node = through.get(index);
      if (node != null
          && node.getName() != null
          && !Drawing.label(node).equals(names.peekFirst())) {
        names.addFirst(Drawing.label(node));
      }
    }
    if (last != null) {
      names.addLast(Drawing.label(last));
    }
    var shown = List.copyOf(names);
    return shown.size() <= LONGEST_PATH
        ? String.join(" → ", shown)
        : "… → " + String.join(" → ", shown.subList(shown.size() - LONGEST_PATH, shown.size()));
  }
}
