package org.escalationpath.workshop;

import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A BPMN file as it was drawn, read and not yet judged. */
final class Drawing {

  private final String file;
  private final BpmnModelInstance model;
  private final Process process;
  private final Element xml;
  private final Map<Class<?>, Collection<?>> byType = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<Activity, List<BoundaryEvent>> boundaries;
  private final Map<FlowNode, List<SequenceFlow>> outgoing;
  private final Map<FlowNode, List<SequenceFlow>> incoming;

  private Drawing(String file, Element xml, BpmnModelInstance model, Process process) {
    this.file = file;
    this.xml = xml;
    this.model = model;
    this.process = process;
    var flows = all(SequenceFlow.class).stream()
        .filter(flow -> flow.getSource() != null && flow.getTarget() != null)
        .toList();
    number(xml, places);
    this.boundaries = all(BoundaryEvent.class).stream()
        .filter(event -> event.getAttachedTo() != null)
        .collect(Collectors.groupingBy(BoundaryEvent::getAttachedTo));
    this.outgoing = flows.stream().collect(Collectors.groupingBy(SequenceFlow::getSource));
    this.incoming = flows.stream().collect(Collectors.groupingBy(SequenceFlow::getTarget));
  }

  /** @throws RuntimeException if it is no BPMN; the message is the parser's */
  static Drawing read(String file, byte[] content) {
    var xml = Xml.read(content);
    var model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
    var processes = model.getModelElementsByType(Process.class);
    var process = processes.stream()
        .filter(Process::isExecutable)
        .findFirst()
        .or(() -> processes.stream().findFirst())
        .orElseThrow(() -> new IllegalArgumentException("there is no process in it"));
    return new Drawing(file, xml, model, process);
  }

  String file() {
    return file;
  }

  String key() {
    return process.getId();
  }

  Process process() {
    return process;
  }

  /** The file as it stands, with what the model leaves out. */
  Element xml() {
    return xml;
  }

  BpmnModelInstance model() {
    return model;
  }

  /** The flows out of {@code node}, in their order in the file; what the node itself says of them is not asked, as the engine does not. */
  List<SequenceFlow> outgoing(FlowNode node) {
    return outgoing.getOrDefault(node, List.of());
  }

  /** The flows into {@code node}. */
  List<SequenceFlow> incoming(FlowNode node) {
    return incoming.getOrDefault(node, List.of());
  }

  /** All of {@code type}, in sub-processes too. */
  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    @SuppressWarnings("unchecked")
    var found = (Collection<T>)
        byType.computeIfAbsent(type, any -> List.copyOf(model.getModelElementsByType(type)));
    return found;
  }

  Optional<FlowElement> find(String id) {
    return model.getModelElementById(id) instanceof FlowElement element
        ? Optional.of(element)
        : Optional.empty();
  }

  Finding finding(Rule rule, @Nullable BaseElement element, Object... facts) {
    return element == null
        ? Finding.of(rule, file, null, "The model", facts)
        : Finding.of(rule, file, element.getId(), label(element), facts);
  }

  /** Where in the file an element stands, from 0; behind all others if it is not there. */
  int place(String id) {
    return places.getOrDefault(id, Integer.MAX_VALUE);
  }

  private static void number(Element element, Map<String, Integer> places) {
    places.putIfAbsent(element.getAttribute("id"), places.size());
    Xml.children(element).forEach(child -> number(child, places));
  }

  /** What people read on it, or its kind where it has no name; a flow is named with the question that it answers. */
  static String label(ModelElementInstance element) {
    var name = element.getAttributeValue("name");
    if (element instanceof SequenceFlow flow && name != null && flow.getSource() != null) {
      return label(flow.getSource()) + " " + name.replaceAll("\\s+", " ").trim();
    }
    return name == null || name.isBlank()
        ? element.getElementType().getTypeName()
        : name.replaceAll("\\s+", " ").trim();
  }

  /** The step that a task calls, {@code handOver} of <code>${handOver}</code>. */
  static Optional<String> step(ModelElementInstance element) {
    var expression =
        element instanceof ServiceTask task ? task.getCamundaDelegateExpression() : null;
    return expression != null && expression.matches("\\$\\{\\w+}")
        ? Optional.of(expression.substring(2, expression.length() - 1))
        : Optional.empty();
  }

  /** The candidate groups of a task that are written out. */
  static List<String> groups(UserTask task) {
    var groups = task.getCamundaCandidateGroups();
    return groups == null
        ? List.of()
        : Stream.of(groups.split(","))
            .map(String::trim)
            .filter(each -> !each.isEmpty())
            .toList();
  }

  /** The boundary events on {@code activity}. */
  List<BoundaryEvent> boundaries(Activity activity) {
    return boundaries.getOrDefault(activity, List.of());
  }

  static Optional<EventDefinition> definition(ModelElementInstance event) {
    return event.getChildElementsByType(EventDefinition.class).stream().findFirst();
  }

  /** What is written into a timer: a date, a duration or a cycle; nothing where it is no timer or is empty. */
  static Optional<String> time(ModelElementInstance event) {
    return definition(event)
        .filter(TimerEventDefinition.class::isInstance)
        .map(TimerEventDefinition.class::cast)
        .flatMap(
            timer -> Stream.of(timer.getTimeDate(), timer.getTimeDuration(), timer.getTimeCycle())
                .filter(java.util.Objects::nonNull)
                .map(each -> each.getTextContent().trim())
                .findFirst());
  }

  /** The code of an error or escalation event; empty for one that stands for all. */
  static Optional<String> code(EventDefinition definition) {
    if (definition instanceof EscalationEventDefinition escalation) {
      return Optional.ofNullable(escalation.getEscalation())
          .map(each -> String.valueOf(each.getEscalationCode()));
    }
    if (definition instanceof ErrorEventDefinition error) {
      return Optional.ofNullable(error.getError()).map(each -> String.valueOf(each.getErrorCode()));
    }
    return Optional.empty();
  }

  /** What an element sets when it is left. */
  static List<CamundaOutputParameter> outputs(BaseElement element) {
    return inputOutput(element).stream()
        .flatMap(each -> each.getCamundaOutputParameters().stream())
        .toList();
  }

  static Optional<CamundaInputOutput> inputOutput(BaseElement element) {
    return Optional.ofNullable(element.getExtensionElements())
        .flatMap(extensions ->
            extensions.getChildElementsByType(CamundaInputOutput.class).stream().findFirst());
  }

  /** An input parameter's text. */
  static Optional<String> input(BaseElement element, String name) {
    return inputOutput(element).stream()
        .flatMap(each -> each.getCamundaInputParameters().stream())
        .filter(parameter -> name.equals(parameter.getCamundaName()))
        .map(parameter -> parameter.getTextContent().trim())
        .findFirst();
  }
}
