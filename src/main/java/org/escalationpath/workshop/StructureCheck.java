package org.escalationpath.workshop;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.LoopCardinality;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.escalationpath.engine.Cron;
import org.escalationpath.engine.EngineParse;
import org.springframework.util.StringUtils;

/** Whether the engine would run the model, and whether people can read it: what stands in the file itself. */
class StructureCheck implements Check {

  private static final Pattern GENERATED = Pattern.compile(
      "(?:[A-Z][A-Za-z]*|[A-Z]+)_(?=[a-z0-9]*\\d)[a-z0-9]{6,8}|sid-.*|_[0-9A-Fa-f-]{20,}");
  private static final Pattern CYCLE = Pattern.compile("(?:R\\d*/)?([^/]+)(?:/[^/]+)?");
  private static final int MOST_REPETITIONS = 100;
  private static final Pattern VARIABLE = Pattern.compile("[$#]\\{\\s*[A-Za-z_]\\w*\\s*}");
  private static final Pattern RETRIES =
      Pattern.compile("(?:R(\\d{1,9})/)?(P[0-9DTHMS.]+(?:\\s*,\\s*P[0-9DTHMS.]+){0,19})");
  private static final int MOST_RETRIES = 20;

  @Override
  public void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    checkFile(drawing, findings);
    drawing.all(FlowElement.class).forEach(element -> checkNames(drawing, element, findings));
    drawing.all(Gateway.class).forEach(gateway -> checkFlows(drawing, gateway, findings));
    drawing.all(FlowNode.class).forEach(node -> checkWaysOut(drawing, node, findings));
    drawing.all(CatchEvent.class).forEach(event -> checkTimer(drawing, event, findings));
    drawing.all(ServiceTask.class).forEach(task -> checkAsync(drawing, task, findings));
    drawing
        .all(CamundaFailedJobRetryTimeCycle.class)
        .forEach(cycle -> checkRetries(drawing, cycle, findings));
    drawing.all(LoopCardinality.class).forEach(count -> checkRepetitions(drawing, count, findings));
    drawing.all(Event.class).forEach(event -> checkCaught(drawing, event, findings));
    drawing.all(Event.class).forEach(event -> checkDefinitions(drawing, event, findings));
    checkDrawn(drawing, findings);
    EngineParse.problems(drawing.file(), library.content(drawing.file()))
        .forEach(problem -> findings.accept(Finding.of(
            Rule.ENGINE_REFUSES,
            drawing.file(),
            problem.elementId().isEmpty() ? null : problem.elementId(),
            drawing.find(problem.elementId()).map(Drawing::label).orElse("The model"),
            problem.message())));
  }

  private static void checkFile(Drawing drawing, Consumer<Finding> findings) {
    var processes = drawing.all(Process.class);
    if (!drawing.process().isExecutable()) {
      findings.accept(drawing.finding(Rule.NOT_EXECUTABLE, null));
    }
    if (processes.size() > 1) {
      findings.accept(drawing.finding(Rule.SEVERAL_PROCESSES, null, processes.size()));
    }
    var name = drawing.key() + ".bpmn";
    if (!name.equals(StringUtils.getFilename(drawing.file()))) {
      findings.accept(drawing.finding(Rule.FILE_NAME, null, drawing.key(), name));
    }
    var timeToLive = drawing.process().getCamundaHistoryTimeToLiveString();
    if (timeToLive == null || timeToLive.isBlank()) {
      findings.accept(drawing.finding(Rule.NO_TIME_TO_LIVE, null));
    }
  }

  private static void checkNames(Drawing drawing, FlowElement element, Consumer<Finding> findings) {
    var isFlow = element instanceof SequenceFlow;
    if (!isFlow && element.getId() != null && GENERATED.matcher(element.getId()).matches()) {
      findings.accept(
          drawing.finding(Rule.GENERATED_ID, element, element.getId(), proposedId(element)));
    }
    var isNameless = element.getName() == null || element.getName().isBlank();
    if (isNameless && element instanceof org.camunda.bpm.model.bpmn.instance.UserTask) {
      findings.accept(drawing.finding(Rule.UNNAMED_TASK, element));
    } else if (isNameless
        && (isFlow ? isAnAnswer(drawing, (SequenceFlow) element) : element instanceof FlowNode)) {
      findings.accept(drawing.finding(Rule.UNNAMED, element));
    }
  }

  private static boolean isAnAnswer(Drawing drawing, SequenceFlow flow) {
    return flow.getSource() instanceof ExclusiveGateway
        && drawing.outgoing(flow.getSource()).size() > 1;
  }

  /** {@code userTask_callCustomer} for a user task "Call customer". */
  private static String proposedId(FlowElement element) {
    var type = element.getElementType().getTypeName();
    var prefix = element instanceof SequenceFlow
        ? "flow"
        : element instanceof Gateway
            ? "gateway"
            : type.endsWith("Event") && !type.matches("startEvent|endEvent") ? "event" : type;
    var words = new StringBuilder();
    for (var word : String.valueOf(element.getName() == null ? "itsName" : element.getName())
        .split("[^A-Za-z]+")) {
      words.append(words.isEmpty() ? StringUtils.uncapitalize(word) : StringUtils.capitalize(word));
    }
    return prefix + "_" + words;
  }

  private static void checkFlows(Drawing drawing, Gateway gateway, Consumer<Finding> findings) {
    var outgoing = drawing.outgoing(gateway);
    var defaultFlow = gateway instanceof ExclusiveGateway exclusive
        ? exclusive.getDefault()
        : gateway instanceof InclusiveGateway inclusive ? inclusive.getDefault() : null;
    var isChoice = gateway instanceof ExclusiveGateway || gateway instanceof InclusiveGateway;
    if (!isChoice || outgoing.size() < 2) {
      return;
    }
    if (defaultFlow == null) {
      findings.accept(drawing.finding(Rule.GATEWAY_WITHOUT_DEFAULT, gateway));
    }
    outgoing.stream()
        .filter(flow -> flow.getConditionExpression() == null && !flow.equals(defaultFlow))
        .filter(flow -> defaultFlow != null)
        .forEach(flow -> findings.accept(drawing.finding(
            Rule.FLOW_WITHOUT_CONDITION,
            gateway,
            flow.getName() == null ? flow.getId() : flow.getName())));
  }

  private static void checkWaysOut(Drawing drawing, FlowNode node, Consumer<Finding> findings) {
    var outgoing = drawing.outgoing(node);
    var isEventSubProcess = node instanceof SubProcess scope && scope.triggeredByEvent();
    if (outgoing.isEmpty()
        && !(node instanceof EndEvent)
        && !isEventSubProcess
        && !isLinkThrown(node)) {
      findings.accept(drawing.finding(Rule.IMPLICIT_END, node));
    }
    var unconditional =
        outgoing.stream().filter(flow -> flow.getConditionExpression() == null).count();
    if (!(node instanceof Gateway) && unconditional > 1) {
      findings.accept(drawing.finding(Rule.IMPLICIT_SPLIT, node));
    }
    var targets = new HashSet<FlowNode>();
    outgoing.stream()
        .map(SequenceFlow::getTarget)
        .filter(target -> !targets.add(target))
        .forEach(target ->
            findings.accept(drawing.finding(Rule.DUPLICATE_FLOW, node, Drawing.label(target))));
  }

  private static void checkDefinitions(Drawing drawing, Event event, Consumer<Finding> findings) {
    if (event.getChildElementsByType(EventDefinition.class).size() > 1) {
      findings.accept(drawing.finding(Rule.SEVERAL_DEFINITIONS, event));
    }
    if (event instanceof IntermediateThrowEvent && isLinkThrown(event)) {
      var name = linkName(event);
      var isThere = drawing.all(IntermediateCatchEvent.class).stream()
          .anyMatch(each -> isLinkThrown(each) && linkName(each).equals(name));
      if (!isThere) {
        findings.accept(drawing.finding(Rule.LINK_WITHOUT_TARGET, event, name));
      }
    }
  }

  private static String linkName(Event event) {
    return Drawing.definition(event)
        .map(each -> String.valueOf(each.getAttributeValue("name")))
        .orElse("");
  }

  private static boolean isLinkThrown(FlowNode node) {
    return Drawing.definition(node)
        .filter(LinkEventDefinition.class::isInstance)
        .isPresent();
  }

  private static void checkTimer(Drawing drawing, CatchEvent event, Consumer<Finding> findings) {
    var isTimer = Drawing.definition(event)
        .filter(org.camunda.bpm.model.bpmn.instance.TimerEventDefinition.class::isInstance)
        .isPresent();
    if (!isTimer) {
      return;
    }
    var time = Drawing.time(event).orElse("");
    if (VARIABLE.matcher(time).matches()) {
      return;
    }
    var cycle = CYCLE.matcher(time);
    var isCycle = time.startsWith("R");
    if (isCycle && cycle.matches() && duration(cycle.group(1)).isPresent()) {
      duration(cycle.group(1))
          .filter(each -> each.compareTo(Duration.ofMinutes(1)) < 0)
          .ifPresent(each -> findings.accept(drawing.finding(Rule.TOO_FREQUENT, event, time)));
    } else if (event instanceof StartEvent && isCycle(event) && Cron.isReadable(time)) {
      if (!time.matches("\\d+ .*")) {
        findings.accept(drawing.finding(Rule.TOO_FREQUENT, event, "some seconds"));
      }
    } else if (duration(time).isEmpty() && !isDate(time)) {
      findings.accept(drawing.finding(Rule.UNREADABLE_TIMER, event, time));
    }
  }

  private static boolean isCycle(CatchEvent event) {
    return Drawing.definition(event)
        .filter(org.camunda.bpm.model.bpmn.instance.TimerEventDefinition.class::isInstance)
        .map(org.camunda.bpm.model.bpmn.instance.TimerEventDefinition.class::cast)
        .filter(timer -> timer.getTimeCycle() != null)
        .isPresent();
  }

  /** Longer than nothing; months and years count as days, since only their being there matters. */
  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(each -> !each.isZero() && !each.isNegative());
    } catch (DateTimeParseException e) {
      try {
        return Optional.of(Period.parse(text))
            .filter(each -> !each.isZero() && !each.isNegative())
            .map(each -> Duration.ofDays(1));
      } catch (DateTimeParseException noPeriod) {
        return Optional.empty();
      }
    }
  }

  private static boolean isDate(String text) {
    return text.matches(
        "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?");
  }

  private static void checkAsync(Drawing drawing, ServiceTask task, Consumer<Finding> findings) {
    var isAsync = task.isCamundaAsyncBefore() || task.isCamundaAsyncAfter();
    var hasCycle = task.getExtensionElements() != null
        && !task.getExtensionElements()
            .getChildElementsByType(CamundaFailedJobRetryTimeCycle.class)
            .isEmpty();
    if (isAsync && !hasCycle) {
      findings.accept(drawing.finding(Rule.ASYNC_WITHOUT_RETRY, task));
    }
  }

  private static void checkRetries(
      Drawing drawing, CamundaFailedJobRetryTimeCycle cycle, Consumer<Finding> findings) {
    var text = cycle.getTextContent().trim();
    var retries = RETRIES.matcher(text);
    var isFine = retries.matches()
        && (retries.group(1) == null || Integer.parseInt(retries.group(1)) <= MOST_RETRIES)
        && Stream.of(retries.group(2).split(","))
            .allMatch(each -> duration(each.trim()).isPresent());
    if (!isFine) {
      findings.accept(drawing.finding(
          Rule.UNREADABLE_RETRIES,
          (BaseElement) cycle.getParentElement().getParentElement(),
          text));
    }
  }

  private static void checkRepetitions(
      Drawing drawing, LoopCardinality count, Consumer<Finding> findings) {
    var text = count.getTextContent().trim();
    var isFew = text.matches("\\d{1,9}") && Integer.parseInt(text) <= MOST_REPETITIONS;
    if (!isFew && !VARIABLE.matcher(text).matches()) {
      findings.accept(drawing.finding(
          Rule.TOO_MANY,
          (org.camunda.bpm.model.bpmn.instance.BaseElement)
              count.getParentElement().getParentElement(),
          text));
    }
  }

  /** An error or escalation that is thrown needs somebody around it who catches it. */
  private static void checkCaught(Drawing drawing, Event event, Consumer<Finding> findings) {
    var isThrown = event instanceof EndEvent
        || event instanceof org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
    if (isThrown) {
      Drawing.definition(event)
          .flatMap(Drawing::code)
          .filter(code -> Flow.catcher(drawing, event, code).isEmpty())
          .ifPresent(code -> findings.accept(drawing.finding(Rule.CAUGHT_NOWHERE, event, code)));
    }
  }

  private static void checkDrawn(Drawing drawing, Consumer<Finding> findings) {
    Set<String> drawn = new HashSet<>();
    drawing.all(BpmnShape.class).stream()
        .filter(shape -> shape.getBpmnElement() != null)
        .forEach(shape -> drawn.add(shape.getBpmnElement().getId()));
    drawing.all(FlowNode.class).stream()
        .filter(node -> !drawn.contains(node.getId()))
        .forEach(node -> findings.accept(drawing.finding(Rule.NOT_DRAWN, node)));
  }
}
