package org.escalationpath.workshop;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.escalationpath.engine.Expressions;
import org.escalationpath.engine.ModelInterface;
import org.jspecify.annotations.Nullable;

/** Whether all that the model names is there: forms, groups, texts, decisions, processes, messages and variables. */
class ReferenceCheck implements Check {

  @Override
  public void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    drawing
        .all(UserTask.class)
        .forEach(task -> checkTask(drawing, task, library, surroundings, findings));
    drawing
        .all(StartEvent.class)
        .forEach(event -> checkForm(
            drawing,
            event,
            event.getCamundaFormRef(),
            event.getCamundaFormRefBinding(),
            library,
            findings));
    drawing
        .all(ServiceTask.class)
        .forEach(task -> checkService(drawing, task, surroundings, findings));
    drawing
        .all(BusinessRuleTask.class)
        .forEach(task -> checkDecision(drawing, task, library, findings));
    drawing.all(CallActivity.class).forEach(call -> checkCall(drawing, call, library, findings));
    checkMessages(drawing, surroundings, findings);
    checkVariables(drawing, library, surroundings, findings);
  }

  private static void checkTask(
      Drawing drawing,
      UserTask task,
      Library library,
      Surroundings surroundings,
      Consumer<Finding> findings) {
    checkForm(
        drawing,
        task,
        task.getCamundaFormRef(),
        task.getCamundaFormRefBinding(),
        library,
        findings);
    var known = new TreeSet<>(surroundings.groups());
    known.addAll(library.tiers());
    var groups = Drawing.groups(task);
    groups.stream()
        .filter(group -> !Expressions.isExpression(group) && !known.contains(group))
        .forEach(group -> findings.accept(
            drawing.finding(Rule.UNKNOWN_GROUP, task, group, String.join(", ", known))));
    var isAssigned = task.getCamundaAssignee() != null
        || task.getCamundaCandidateUsers() != null
        || Variables.listeners(task).stream().anyMatch(name -> name.startsWith("assign"));
    if (groups.isEmpty() && !isAssigned) {
      findings.accept(drawing.finding(Rule.NOBODY_TO_DO_IT, task));
    }
  }

  private static void checkForm(
      Drawing drawing,
      BaseElement element,
      @Nullable String form,
      @Nullable String binding,
      Library library,
      Consumer<Finding> findings) {
    if (form == null) {
      return;
    }
    if (library.form(form).isEmpty()) {
      findings.accept(drawing.finding(Rule.UNKNOWN_FORM, element, form));
    }
    checkBinding(drawing, element, binding, form, findings);
  }

  private static void checkBinding(
      Drawing drawing,
      BaseElement element,
      @Nullable String binding,
      String of,
      Consumer<Finding> findings) {
    if (!"latest".equals(binding)) {
      findings.accept(drawing.finding(
          Rule.NOT_BOUND_TO_LATEST, element, binding == null ? "nothing" : binding, of));
    }
  }

  private static void checkService(
      Drawing drawing, ServiceTask task, Surroundings surroundings, Consumer<Finding> findings) {
    var topic = task.getCamundaTopic();
    var isExternal = "external".equals(task.getCamundaType());
    if (isExternal
        && surroundings.steps().topics().stream().noneMatch(each -> each.name().equals(topic))) {
      findings.accept(drawing.finding(Rule.UNKNOWN_TOPIC, task, topic == null ? "" : topic));
    }
    if (!isExternal
        && Drawing.step(task).isEmpty()
        && task.getCamundaDelegateExpression() == null) {
      findings.accept(drawing.finding(Rule.NO_IMPLEMENTATION, task));
    }
    Drawing.step(task)
        .flatMap(surroundings.steps()::find)
        .ifPresent(step -> step.inputs().stream()
            .filter(org.escalationpath.engine.Published.Input::isTemplate)
            .flatMap(input -> Drawing.input(task, input.name()).stream())
            .filter(template -> !surroundings.hasMessage(template))
            .forEach(template ->
                findings.accept(drawing.finding(Rule.UNKNOWN_TEMPLATE, task, template))));
  }

  private static void checkDecision(
      Drawing drawing, BusinessRuleTask task, Library library, Consumer<Finding> findings) {
    var decision = task.getCamundaDecisionRef();
    if (decision == null) {
      findings.accept(drawing.finding(Rule.NO_IMPLEMENTATION, task));
      return;
    }
    checkBinding(drawing, task, task.getCamundaDecisionRefBinding(), decision, findings);
    var table = library.table(decision);
    if (table.isEmpty()) {
      findings.accept(drawing.finding(Rule.UNKNOWN_DECISION, task, decision));
      return;
    }
    var names = table.get().results().stream().map(Table.Result::name).toList();
    Drawing.outputs(task).stream()
        .map(output -> output.getTextContent().trim())
        .filter(Expressions::isExpression)
        .flatMap(text -> Expressions.read(text).results().stream())
        .filter(name -> table.get().isTable() && !names.contains(name))
        .forEach(name -> findings.accept(
            drawing.finding(Rule.UNKNOWN_RESULT, task, name, decision, String.join(", ", names))));
  }

  private static void checkCall(
      Drawing drawing, CallActivity call, Library library, Consumer<Finding> findings) {
    var called = call.getCalledElement();
    if (called == null || called.isBlank()) {
      findings.accept(drawing.finding(Rule.NO_IMPLEMENTATION, call));
      return;
    }
    if (library.drawing(called).isEmpty()) {
      findings.accept(drawing.finding(Rule.UNKNOWN_PROCESS, call, called));
    }
    var binding = call.getCamundaCalledElementBinding();
    if (binding != null && !binding.equals("latest")) {
      findings.accept(drawing.finding(Rule.NOT_BOUND_TO_LATEST, call, binding, called));
    }
  }

  private static void checkMessages(
      Drawing drawing, Surroundings surroundings, Consumer<Finding> findings) {
    var sent = surroundings.steps().model(drawing.key()).stream()
        .flatMap(model -> Stream.of(model.messages()))
        .map(ModelInterface.Message::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    var waiting = Stream.concat(
        drawing.all(CatchEvent.class).stream()
            .filter(event -> Drawing.definition(event)
                .filter(MessageEventDefinition.class::isInstance)
                .isPresent())
            .map(BaseElement.class::cast),
        drawing.all(ReceiveTask.class).stream());
    waiting
        .filter(element -> !sent.contains(message(element)))
        .forEach(element -> findings.accept(drawing.finding(
            Rule.UNKNOWN_MESSAGE,
            element,
            message(element),
            sent.isEmpty() ? "the messages of a shipped process" : String.join(", ", sent))));
  }

  private static String message(BaseElement element) {
    @Nullable
    Message message = element instanceof ReceiveTask task
        ? task.getMessage()
        : Drawing.definition(element)
            .map(MessageEventDefinition.class::cast)
            .map(MessageEventDefinition::getMessage)
            .orElse(null);
    return message == null || message.getName() == null ? "" : message.getName();
  }

  private static void checkVariables(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    var variables = new Variables(drawing, library, surroundings);
    var set = variables.set();
    for (var read : variables.expressions()) {
      missing(Expressions.read(read.text()).variables(), set).stream()
          .filter(name -> surroundings.steps().find(name).isEmpty())
          .forEach(name -> findings.accept(Finding.of(
              Rule.VARIABLE_NEVER_SET,
              drawing.file(),
              read.element(),
              drawing.find(read.element()).map(Drawing::label).orElse(read.label()),
              name)));
    }
    for (var use : variables.steps()) {
      missing(use.step().reads(), set)
          .forEach(name ->
              findings.accept(drawing.finding(Rule.VARIABLE_NEVER_SET, use.element(), name)));
      use.step().inputs().stream()
          .filter(input ->
              input.isRequired() && Drawing.input(use.element(), input.name()).isEmpty())
          .forEach(input -> findings.accept(
              drawing.finding(Rule.INPUT_MISSING, use.element(), input.label(), input.name())));
      use.step().inputs().forEach(input -> checkChoice(drawing, use, input, findings));
    }
  }

  private static void checkChoice(
      Drawing drawing,
      Variables.Use use,
      org.escalationpath.engine.Published.Input input,
      Consumer<Finding> findings) {
    var choices = Set.of(input.choices());
    Drawing.input(use.element(), input.name())
        .filter(value -> !choices.isEmpty() && !value.isEmpty() && !choices.contains(value))
        .filter(value -> !Expressions.isExpression(value))
        .ifPresent(value -> findings.accept(drawing.finding(
            Rule.NO_SUCH_CHOICE,
            use.element(),
            value,
            input.label(),
            String.join(", ", input.choices()))));
  }

  private static Set<String> missing(Collection<String> wanted, Set<String> set) {
    var missing = new LinkedHashSet<>(wanted);
    missing.removeAll(set);
    return missing;
  }
}
