package org.escalationpath.workshop;

import java.util.function.Consumer;

/**
 * Whether every case can end, nothing waits for ever, nothing is dead and no token is left behind; by going through all states that the
 * process can be in. What gateways decide by is not looked at: each way counts as possible.
 */
class SoundnessCheck implements Check {

  /** So many states are looked at; a process that people draw has some hundred. */
  private static final int MOST_STATES = 30_000;

  @Override
  public void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    var states = new StateSpace(drawing, MOST_STATES);
    states.explore();
    states
        .spinning()
        .forEach(found ->
            findings.accept(drawing.finding(Rule.NEVER_WAITS, found.element(), found.path())));
    states
        .doubled()
        .forEach(found ->
            findings.accept(drawing.finding(Rule.TWICE_AT_ONCE, found.element(), found.path())));
    if (!states.isComplete()) {
      findings.accept(drawing.finding(Rule.TOO_MANY_STATES, null, MOST_STATES));
      return;
    }
    states.dead().forEach(element -> findings.accept(drawing.finding(Rule.DEAD_ELEMENT, element)));
    states
        .stuck()
        .forEach(found ->
            findings.accept(drawing.finding(Rule.CANNOT_END, found.element(), found.path())));
    states
        .waitingForEver()
        .forEach(found ->
            findings.accept(drawing.finding(Rule.WAITS_FOREVER, found.element(), found.path())));
  }
}
