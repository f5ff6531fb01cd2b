package org.escalationpath.workshop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.escalationpath.workshop.TokenGame.Mover;
import org.jspecify.annotations.Nullable;

/** All states that a process can be in, and what is wrong with some of them. */
final class StateSpace {

  private static final int LONGEST_PATH = 12;
  private static final int LONGEST_WAY = 1_000;

  /** @param path the elements on the way there, by their names */
  record Found(FlowNode element, String path) {}

  private record Edge(int to, Mover mover) {}

  private final Net net;
  private final TokenGame game;
  private final int most;

  private final List<int[]> states = new ArrayList<>();
  private final Map<List<Integer>, Integer> known = new HashMap<>();
  private final List<List<Edge>> edges = new ArrayList<>();
  private final List<Integer> from = new ArrayList<>();
  private final List<@Nullable FlowNode> through = new ArrayList<>();
  private final Map<FlowNode, Integer> doubled = new LinkedHashMap<>();

  /** @param most how many states are looked at */
  StateSpace(Drawing drawing, int most) {
    this.net = new Net(drawing);
    this.game = new TokenGame(net);
    this.most = most;
  }

  // -- exploring
  // ------------------------------------------------------------------------------------------------------

  /** Looks at all states that can be reached, nearest first. */
  void explore() {
    net.process()
        .getChildElementsByType(StartEvent.class)
        .forEach(start -> number(game.begun(start), -1, null));
    for (var index = 0; index < states.size() && isComplete(); index++) {
      var before = index;
      game.moves(states.get(before))
          .forEach(move -> edges
              .get(before)
              .add(new Edge(number(move.state(), before, move.through()), move.mover())));
      game.doubled().forEach(node -> doubled.putIfAbsent(node, before));
    }
  }

  /** The number of {@code state}, which is new or known. */
  private int number(int[] state, int before, @Nullable FlowNode by) {
    var key = Arrays.stream(state).boxed().toList();
    var index = known.putIfAbsent(key, states.size());
    if (index != null) {
      return index;
    }
    states.add(state);
    edges.add(new ArrayList<>());
    from.add(before);
    through.add(by);
    return states.size() - 1;
  }

  /** Whether all were looked at; there may be more than is reasonable. */
  boolean isComplete() {
    return states.size() <= most && !game.isOverflown();
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
    for (var node : net.nodes()) {
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
    if (!net.isAutomatic(node) || node instanceof SubProcess || done.contains(node)) {
      return false;
    }
    var isRound = way.contains(node);
    way.add(node);
    if (isRound) {
      done.add(node);
      return true;
    }
    for (var flow : net.outgoing(node)) {
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
    return net.nodes().stream().filter(node -> !game.reached(node)).toList();
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
        .filter(token -> net.isJoinPlace(net.place(token)))
        .mapToObj(token -> net.owner(net.place(token)))
        .findFirst()
        .orElseGet(() -> net.owner(net.place(Arrays.stream(state)
            .filter(token -> !net.isActiveScope(net.place(token)))
            .findFirst()
            .orElse(state[0]))));
  }

  /** Where a case waits for a message and neither a timer nor a person could end that. */
  List<Found> waitingForEver() {
    var found = new ArrayList<Found>();
    for (var node : net.nodes()) {
      if (!isMessageWait(node)) {
        continue;
      }
      var away = new BitSet();
      var place = net.placeOf(node);
      for (var index = 0; index < states.size(); index++) {
        away.set(index, !net.isAt(place, states.get(index)));
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
      return net.outgoing(node).stream()
          .noneMatch(flow -> TokenGame.mover(flow.getTarget()) == Mover.TIMER);
    }
    return !(node instanceof StartEvent || node instanceof BoundaryEvent)
        && !net.isAutomatic(node)
        && TokenGame.mover(node) == Mover.MESSAGE;
  }

  /** All states from which one of {@code goals} can be reached over edges that count. */
  private BitSet backwards(BitSet goals, Predicate<Edge> counts) {
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
