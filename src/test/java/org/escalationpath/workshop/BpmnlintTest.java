package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the recommended rules of bpmnlint 11 call an error, the door finds, too. Left out on purpose: {@code no-gateway-join-fork}, since the
 * shipped path joins and forks at "Outcome?", and what is a matter of taste there (its warnings).
 */
class BpmnlintTest {

  private static final String S = "<startEvent id=\"s\" name=\"s\"/>";
  private static final String T =
      "<userTask id=\"t\" name=\"t\" camunda:candidateGroups=\"front-line\"/>";
  private static final String E = "<endEvent id=\"e1\" name=\"e\"/>";
  private static final String TIMER =
      "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>";

  private static String flows(String... pairs) {
    var flows = new StringBuilder();
    for (var index = 0; index < pairs.length; index += 2) {
      flows.append("<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\"/>"
          .formatted(index, pairs[index], pairs[index + 1]));
    }
    return flows.toString();
  }

  private static final Map<String, String> BROKEN = Map.ofEntries(
      Map.entry(
          "ad-hoc-sub-process",
          S + "<adHocSubProcess id=\"t\" name=\"t\"/>" + E + flows("s", "t", "t", "e1")),
      Map.entry(
          "conditional-flows",
          S + "<exclusiveGateway id=\"g\" name=\"g?\"/>" + E + "<endEvent id=\"e2\" name=\"e\"/>"
              + flows("s", "g", "g", "e1", "g", "e2")),
      Map.entry("end-event-required", S + T + flows("s", "t")),
      Map.entry(
          "event-based-gateway",
          S + "<eventBasedGateway id=\"g\" name=\"g?\"/>" + T + E
              + flows("s", "g", "g", "t", "t", "e1")),
      Map.entry(
          "event-sub-process-typed-start-event",
          S + T + E + flows("s", "t", "t", "e1")
              + "<subProcess id=\"sp\" name=\"sp\" triggeredByEvent=\"true\"><startEvent id=\"xs\" name=\"xs\"/><endEvent id=\"xe\" name=\"xe\"/></subProcess>"),
      Map.entry(
          "label-required",
          S + "<userTask id=\"t\" camunda:candidateGroups=\"front-line\"/>" + E
              + flows("s", "t", "t", "e1")),
      Map.entry(
          "link-event",
          S + T + E
              + "<intermediateThrowEvent id=\"l\" name=\"l\"><linkEventDefinition name=\"nowhere\"/></intermediateThrowEvent>"
              + flows("s", "t", "t", "l")),
      Map.entry("no-bpmndi", S + T + E + flows("s", "t", "t", "e1")),
      Map.entry(
          "no-complex-gateway",
          S + "<complexGateway id=\"g\" name=\"g?\"/>" + E + flows("s", "g", "g", "e1")),
      Map.entry("no-disconnected", S + T + E + flows("s", "e1")),
      Map.entry("no-duplicate-sequence-flows", S + T + E + flows("s", "t", "t", "e1", "t", "e1")),
      Map.entry(
          "no-implicit-split",
          S + T + E + "<endEvent id=\"e2\" name=\"e\"/>" + flows("s", "t", "t", "e1", "t", "e2")),
      Map.entry("no-implicit-end", S + T + flows("s", "t")),
      Map.entry("no-implicit-start", T + E + flows("t", "e1")),
      Map.entry(
          "single-blank-start-event",
          S + "<startEvent id=\"s2\" name=\"s\"/>" + T + E + flows("s", "t", "s2", "t", "t", "e1")),
      Map.entry(
          "single-event-definition",
          S + "<intermediateCatchEvent id=\"t\" name=\"t\">" + TIMER
              + "<messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>" + E
              + flows("s", "t", "t", "e1")),
      Map.entry("start-event-required", T + E + flows("t", "e1")),
      Map.entry(
          "sub-process-blank-start-event",
          S + "<subProcess id=\"sp\" name=\"sp\"><startEvent id=\"xs\" name=\"xs\">" + TIMER
              + "</startEvent><endEvent id=\"xe\" name=\"xe\"/>"
              + "<sequenceFlow id=\"xf\" sourceRef=\"xs\" targetRef=\"xe\"/></subProcess>" + E
              + flows("s", "sp", "sp", "e1")));

  @ParameterizedTest
  @CsvSource({
    "ad-hoc-sub-process, UNREADABLE",
    "conditional-flows, GATEWAY_WITHOUT_DEFAULT",
    "end-event-required, IMPLICIT_END",
    "event-based-gateway, ENGINE_REFUSES",
    "event-sub-process-typed-start-event, ENGINE_REFUSES",
    "label-required, UNNAMED_TASK",
    "link-event, LINK_WITHOUT_TARGET",
    "no-bpmndi, NOT_DRAWN",
    "no-complex-gateway, UNSUPPORTED_ELEMENT",
    "no-disconnected, DEAD_ELEMENT",
    "no-duplicate-sequence-flows, DUPLICATE_FLOW",
    "no-implicit-split, IMPLICIT_SPLIT",
    "no-implicit-end, IMPLICIT_END",
    "no-implicit-start, DEAD_ELEMENT",
    "single-blank-start-event, ENGINE_REFUSES",
    "single-event-definition, SEVERAL_DEFINITIONS",
    "start-event-required, DEAD_ELEMENT",
    "sub-process-blank-start-event, ENGINE_REFUSES"
  })
  void whatItCallsAnErrorIsFound(String rule, Rule ours) {
    var report = Drafts.inspection().inspect(Drafts.process(BROKEN.get(rule)).files(), Map.of());

    assertThat(report.findings()).extracting(Finding::rule).contains(ours);
  }
}
