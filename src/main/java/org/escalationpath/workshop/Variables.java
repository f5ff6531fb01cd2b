package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.escalationpath.engine.Expressions;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Steps;
import org.w3c.dom.Element;

/** Which variables a drawn process sets, and which it reads. */
final class Variables {

  /** What the engine itself sets. */
  private static final Set<String> OF_THE_ENGINE = Set.of(
      "decisionResult",
      "loopCounter",
      "nrOfInstances",
      "nrOfActiveInstances",
      "nrOfCompletedInstances",
      "execution",
      "task",
      "processBusinessKey");

  private final Drawing drawing;
  private final Library library;
  private final Surroundings surroundings;

  Variables(Drawing drawing, Library library, Surroundings surroundings) {
    this.drawing = drawing;
    this.library = library;
    this.surroundings = surroundings;
  }

  /** The steps and listeners that are used, with the element that uses them. */
  List<Use> steps() {
    var uses = new ArrayList<Use>();
    drawing
        .all(ServiceTask.class)
        .forEach(task -> Drawing.step(task)
            .flatMap(surroundings.steps()::find)
            .ifPresent(step -> uses.add(new Use(task, step))));
    drawing
        .all(UserTask.class)
        .forEach(task -> listeners(task)
            .forEach(name ->
                surroundings.steps().find(name).ifPresent(step -> uses.add(new Use(task, step)))));
    return uses;
  }

  record Use(BaseElement element, Steps.Step step) {}

  static List<String> listeners(UserTask task) {
    return task.getExtensionElements() == null
        ? List.of()
        : task.getExtensionElements().getChildElementsByType(CamundaTaskListener.class).stream()
            .map(CamundaTaskListener::getCamundaDelegateExpression)
            .filter(java.util.Objects::nonNull)
            .map(expression -> expression.replaceAll("[${}]", ""))
            .toList();
  }

  /** All that are set anywhere in the process, whenever that is. */
  Set<String> set() {
    var set = new HashSet<>(OF_THE_ENGINE);
    steps().forEach(use -> set.addAll(use.step().writes()));
    surroundings.steps().model(drawing.key()).ifPresent(model -> {
      set.addAll(List.of(model.startsWith()));
      messages(model).forEach(message -> set.addAll(List.of(message.brings())));
    });
    drawing.all(CamundaOutputParameter.class).forEach(each -> set.add(each.getCamundaName()));
    drawing.all(CamundaInputParameter.class).forEach(each -> set.add(each.getCamundaName()));
    drawing.all(ServiceTask.class).stream()
        .filter(task -> task.getCamundaTopic() != null)
        .flatMap(task -> topic(task.getCamundaTopic()))
        .forEach(topic -> set.addAll(List.of(topic.writes())));
    drawing.all(BusinessRuleTask.class).forEach(task -> add(task.getCamundaResultVariable(), set));
    drawing
        .all(MultiInstanceLoopCharacteristics.class)
        .forEach(loop -> add(loop.getCamundaElementVariable(), set));
    drawing
        .all(CallActivity.class)
        .forEach(call -> call.getModelInstance()
            .getModelElementsByType(CamundaOut.class)
            .forEach(out -> add(out.getCamundaTarget(), set)));
    callers().forEach(in -> add(in.getCamundaTarget(), set));
    formFields().forEach(set::add);
    codeVariables(drawing.xml(), set);
    return set;
  }

  private Stream<ModelInterface.Message> messages(ModelInterface model) {
    var caught = drawing.all(MessageEventDefinition.class).stream()
        .filter(each -> each.getMessage() != null)
        .map(each -> each.getMessage().getName())
        .toList();
    return Stream.of(model.messages()).filter(message -> caught.contains(message.name()));
  }

  private Stream<ModelInterface.Topic> topic(String name) {
    return surroundings.steps().topics().stream().filter(topic -> topic.name().equals(name));
  }

  private Stream<CamundaIn> callers() {
    return library.drawings().stream()
        .flatMap(each -> each.all(CallActivity.class).stream())
        .filter(call -> drawing.key().equals(call.getCalledElement()))
        .filter(call -> call.getExtensionElements() != null)
        .flatMap(
            call -> call.getExtensionElements().getChildElementsByType(CamundaIn.class).stream());
  }

  private Stream<String> formFields() {
    return Stream.concat(
            drawing.all(UserTask.class).stream().map(UserTask::getCamundaFormRef),
            drawing.all(StartEvent.class).stream().map(StartEvent::getCamundaFormRef))
        .filter(java.util.Objects::nonNull)
        .flatMap(form -> library.form(form).stream())
        .flatMap(form -> form.components().stream())
        .filter(component -> !component.isReadOnly())
        .flatMap(component -> component.key().stream());
  }

  private static void add(@org.jspecify.annotations.Nullable String name, Set<String> set) {
    if (name != null && !name.isEmpty()) {
      set.add(name);
    }
  }

  private static void codeVariables(Element element, Set<String> set) {
    Xml.attributes(element).stream()
        .filter(each -> each.getLocalName().matches("(error|escalation)(Code|Message)Variable"))
        .forEach(each -> set.add(each.getValue()));
    Xml.children(element).forEach(child -> codeVariables(child, set));
  }

  /** An expression, and the element around it. */
  record Read(String element, String label, String text) {}

  /** All expressions but those that call steps. */
  List<Read> expressions() {
    var reads = new ArrayList<Read>();
    Xml.children(drawing.xml()).stream()
        .filter(each -> each.getLocalName().equals("process"))
        .forEach(process -> collect(process, new Read(drawing.key(), drawing.key(), ""), reads));
    return reads;
  }

  private static void collect(Element element, Read around, List<Read> reads) {
    var id = element.getAttribute("id");
    var name = element.getAttribute("name");
    var isSeen = !id.isEmpty() && !element.getLocalName().endsWith("EventDefinition");
    var place = isSeen ? new Read(id, name.isEmpty() ? element.getLocalName() : name, "") : around;
    Xml.attributes(element).stream()
        .filter(each -> !each.getLocalName().equals("delegateExpression"))
        .map(org.w3c.dom.Attr::getValue)
        .filter(Expressions::isExpression)
        .forEach(text -> reads.add(new Read(place.element(), place.label(), text)));
    var text = Xml.ownText(element);
    if (Expressions.isExpression(text)) {
      reads.add(new Read(place.element(), place.label(), text));
    }
    Xml.children(element).forEach(child -> collect(child, place, reads));
  }
}
