package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whether every case can end: what is drawn of well-formed blocks always can, and what is broken in it is found. */
class SoundnessTest {

  private static final int MOST_STATES = 30_000;

  /** Draws blocks into one another: sequences, choices, loops, parallel branches, tasks with timers, sub-processes. */
  private static final class Draughtsman {

    private final Random random;
    private final StringBuilder model = new StringBuilder();
    private int count;

    Draughtsman(long seed) {
      this.random = new Random(seed);
    }

    private String node(String type, String attributes, String content) {
      var id = "n" + count++;
      model.append("<%s id=\"%s\" name=\"%s\" %s>%s</%s>"
          .formatted(type, id, id, attributes, content, type));
      return id;
    }

    private void flow(String from, String to) {
      model.append("<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\"/>"
          .formatted(count++, from, to));
    }

    /** A block, as its first and its last node. */
    private String[] block(int depth) {
      return switch (depth == 0 ? 0 : random.nextInt(6)) {
        case 1 -> {
          var first = block(depth - 1);
          var second = block(depth - 1);
          flow(first[1], second[0]);
          yield new String[] {first[0], second[1]};
        }
        case 2 -> split("exclusiveGateway", depth);
        case 3 -> split("parallelGateway", depth);
        case 4 -> loop(depth);
        case 5 -> subProcess(depth);
        default -> task();
      };
    }

    private String[] task() {
      var task = node("userTask", "", "");
      if (random.nextBoolean()) {
        return new String[] {task, task};
      }
      var isInterrupting = random.nextBoolean();
      var timer = node(
          "boundaryEvent",
          "attachedToRef=\"%s\" cancelActivity=\"%s\"".formatted(task, isInterrupting),
          "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>");
      if (!isInterrupting) {
        flow(timer, node("endEvent", "", ""));
        return new String[] {task, task};
      }
      var merge = node("exclusiveGateway", "", "");
      flow(task, merge);
      flow(timer, merge);
      return new String[] {task, merge};
    }

    private String[] split(String gateway, int depth) {
      var split = node(gateway, "", "");
      var join = node(gateway, "", "");
      for (var branch = 0; branch < 2 + random.nextInt(2); branch++) {
        var block = block(depth - 1);
        flow(split, block[0]);
        flow(block[1], join);
      }
      return new String[] {split, join};
    }

    private String[] loop(int depth) {
      var again = node("exclusiveGateway", "", "");
      var block = block(depth - 1);
      var done = node("exclusiveGateway", "", "");
      flow(again, block[0]);
      flow(block[1], done);
      flow(done, again);
      return new String[] {again, done};
    }

    private String[] subProcess(int depth) {
      var id = "n" + count++;
      model.append("<subProcess id=\"%s\" name=\"%s\">".formatted(id, id));
      whole(depth - 1);
      model.append("</subProcess>");
      return new String[] {id, id};
    }

    private void whole(int depth) {
      var start = node("startEvent", "", "");
      var block = block(depth);
      flow(start, block[0]);
      flow(block[1], node("endEvent", "", ""));
    }

    String draw(int depth) {
      whole(depth);
      return model.toString();
    }
  }

  private static StateSpace explored(String content) {
    var bytes = Drafts.process(content).files().get("trial.bpmn");
    var states = new StateSpace(Drawing.read("trial.bpmn", bytes), MOST_STATES);
    states.explore();
    return states;
  }

  private static List<String> found(StateSpace states) {
    var found = new ArrayList<String>();
    states.dead().forEach(node -> found.add("dead " + node.getId()));
    states
        .stuck()
        .forEach(each -> found.add("stuck " + each.element().getId() + ": " + each.path()));
    states.waitingForEver().forEach(each -> found.add("waits " + each.element().getId()));
    states.doubled().forEach(each -> found.add("doubled " + each.element().getId()));
    return found;
  }

  @Property(tries = 300)
  void wellFormedBlocksAreSound(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 4) int depth) {
    var states = explored(new Draughtsman(seed).draw(depth));

    assertThat(!states.isComplete() || found(states).isEmpty())
        .as("%s", found(states))
        .isTrue();
  }

  /** A choice that is joined as if all its ways were gone waits for tokens that never come. */
  @Property(tries = 100)
  void aChoiceThatIsJoinedLikeAParallelSplitIsFound(@ForAll @LongRange(min = 0) long seed) {
    var draughtsman = new Draughtsman(seed);
    var split = draughtsman.split("exclusiveGateway", 2);
    var start = draughtsman.node("startEvent", "", "");
    draughtsman.flow(start, split[0]);
    draughtsman.flow(split[1], draughtsman.node("endEvent", "", ""));
    var broken = draughtsman
        .model
        .toString()
        .replace(
            "<exclusiveGateway id=\"%s\" name=\"%s\" ></exclusiveGateway>"
                .formatted(split[1], split[1]),
            "<parallelGateway id=\"%s\" name=\"%s\"></parallelGateway>"
                .formatted(split[1], split[1]));

    var states = explored(broken);

    assertThat(!states.isComplete()
            || states.stuck().stream().anyMatch(each -> each.element().getId().equals(split[1])))
        .as("%s", found(states))
        .isTrue();
  }

  @Example
  void anEscalationEndsItsSubProcessAndGoesOnAtTheBoundary() {
    assertThat(found(explored("""
        <startEvent id="a" name="a"/><subProcess id="s" name="s"><startEvent id="b" name="b"/><userTask id="t" name="t"/>
        <endEvent id="up" name="up"><escalationEventDefinition escalationRef="x"/></endEvent>
        <sequenceFlow id="f1" sourceRef="b" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="up"/></subProcess>
        <boundaryEvent id="caught" name="caught" attachedToRef="s"><escalationEventDefinition escalationRef="x"/></boundaryEvent>
        <endEvent id="z" name="z"/><endEvent id="y" name="y"/>
        <sequenceFlow id="f3" sourceRef="a" targetRef="s"/><sequenceFlow id="f4" sourceRef="s" targetRef="z"/>
        <sequenceFlow id="f5" sourceRef="caught" targetRef="y"/>"""))).containsExactly("dead z");
  }

  /** Any of its ways may be gone, or several; the join waits for those that were. */
  @Example
  void anInclusiveJoinWaitsForTheWaysThatAreGone() {
    assertThat(found(explored("""
        <startEvent id="a" name="a"/><inclusiveGateway id="p" name="p"/><userTask id="t" name="t"/><userTask id="u" name="u"/>
        <inclusiveGateway id="j" name="j"/><endEvent id="z" name="z"/>
        <sequenceFlow id="f1" sourceRef="a" targetRef="p"/><sequenceFlow id="f2" sourceRef="p" targetRef="t"/>
        <sequenceFlow id="f3" sourceRef="p" targetRef="u"/><sequenceFlow id="f4" sourceRef="t" targetRef="j"/>
        <sequenceFlow id="f5" sourceRef="u" targetRef="j"/><sequenceFlow id="f6" sourceRef="j" targetRef="z"/>"""))).isEmpty();
  }

  @Example
  void aTerminateEndTakesAllTokensOfItsScope() {
    assertThat(found(explored("""
        <startEvent id="a" name="a"/><parallelGateway id="p" name="p"/><userTask id="t" name="t"/><userTask id="u" name="u"/>
        <endEvent id="z" name="z"><terminateEventDefinition/></endEvent>
        <sequenceFlow id="f1" sourceRef="a" targetRef="p"/><sequenceFlow id="f2" sourceRef="p" targetRef="t"/>
        <sequenceFlow id="f3" sourceRef="p" targetRef="u"/><sequenceFlow id="f4" sourceRef="t" targetRef="z"/>
        <sequenceFlow id="f5" sourceRef="u" targetRef="z"/>"""))).isEmpty();
  }

  @Example
  void aMessageThatAnInterruptingTimerOutsideEndsIsNotWaitedForEver() {
    var waiting = """
        <startEvent id="a" name="a"/><subProcess id="s" name="s"><startEvent id="b" name="b"/>
        <intermediateCatchEvent id="w" name="w"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><endEvent id="y" name="y"/>
        <sequenceFlow id="f1" sourceRef="b" targetRef="w"/><sequenceFlow id="f2" sourceRef="w" targetRef="y"/></subProcess>
        <endEvent id="z" name="z"/><sequenceFlow id="f3" sourceRef="a" targetRef="s"/><sequenceFlow id="f4" sourceRef="s" targetRef="z"/>""";
    var timer = """
        <boundaryEvent id="t" name="t" attachedToRef="s"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
        <sequenceFlow id="f5" sourceRef="t" targetRef="z"/>""";

    assertThat(found(explored(waiting))).containsExactly("waits w");
    assertThat(found(explored(waiting + timer))).isEmpty();
  }

  @Example
  void eventSubProcessesRunBesideOrInsteadOfWhatTheyInterrupt() {
    assertThat(found(explored("""
        <startEvent id="a" name="a"/><userTask id="t" name="t"/><endEvent id="z" name="z"/>
        <sequenceFlow id="f1" sourceRef="a" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="z"/>
        <subProcess id="beside" name="beside" triggeredByEvent="true"><startEvent id="b" name="b" isInterrupting="false">
        <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent><userTask id="u" name="u"/><endEvent id="y" name="y"/>
        <sequenceFlow id="f3" sourceRef="b" targetRef="u"/><sequenceFlow id="f4" sourceRef="u" targetRef="y"/></subProcess>
        <subProcess id="instead" name="instead" triggeredByEvent="true"><startEvent id="c" name="c">
        <messageEventDefinition messageRef="m"/></startEvent><endEvent id="x2" name="x2"/>
        <sequenceFlow id="f5" sourceRef="c" targetRef="x2"/></subProcess>"""))).isEmpty();
  }
}
