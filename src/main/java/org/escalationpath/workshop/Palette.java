package org.escalationpath.workshop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.Steps;

/**
 * The palette that Camunda Modeler offers: an element template for each step and for what a path is drawn with, made of what the steps
 * say of themselves. Element templates for Camunda 7: <a
 * href="https://docs.camunda.io/docs/components/modeler/desktop-modeler/element-templates/about-templates/">Camunda's description</a>.
 */
public final class Palette {

  private static final String SCHEMA =
      "https://unpkg.com/@camunda/element-templates-json-schema@0.22.1/resources/schema.json";
  private static final String OURS = "org.escalationpath.";

  private Palette() {}

  /** The file of element templates, as JSON. */
  public static String json() {
    var printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(templates()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The palette cannot be written", e);
    }
  }

  private static List<Map<String, Object>> templates() {
    var templates = new ArrayList<Map<String, Object>>();
    templates.add(tierTask());
    templates.add(boundary(
        "reminder",
        "Reminder of a tier",
        "Reminds before the time is up. Choose a timer, Date, ${tierReminderAt}; draw 'Remind tier' behind it.",
        "Reminder due",
        false));
    templates.add(boundary(
        "limit",
        "Time limit of a tier",
        "Takes the case on when the time is up. Choose a timer, Date, ${tierLimitAt}; draw 'Noted as late' behind it, and a flow to the hub.",
        "Time limit passed",
        true));
    templates.add(notedAsLate());
    templates.add(waiting());
    templates.add(calledProcess());
    Steps.published().all().stream()
        .filter(step -> !step.isListener())
        .map(Palette::step)
        .forEach(templates::add);
    Steps.published().topics().stream().map(Palette::topic).forEach(templates::add);
    return templates;
  }

  private static Map<String, Object> template(
      String id, String name, String description, List<String> appliesTo, String type) {
    var template = new LinkedHashMap<String, Object>();
    template.put("$schema", SCHEMA);
    template.put("name", name);
    template.put("id", OURS + id);
    template.put("description", description);
    template.put("appliesTo", appliesTo);
    template.put("elementType", Map.of("value", type));
    template.put("properties", new ArrayList<>());
    return template;
  }

  @SuppressWarnings("unchecked")
  private static void add(Map<String, Object> template, Map<String, Object> property) {
    ((List<Object>) template.get("properties")).add(property);
  }

  private static Map<String, Object> property(
      String label, String type, Object value, Map<String, Object> binding) {
    var property = new LinkedHashMap<String, Object>();
    if (!label.isEmpty()) {
      property.put("label", label);
    }
    property.put("type", type);
    if (!value.equals("")) {
      property.put("value", value);
    }
    property.put("binding", binding);
    return property;
  }

  private static Map<String, Object> binding(String type, String key, String value) {
    var binding = new LinkedHashMap<String, Object>();
    binding.put("type", type);
    binding.put(key, value);
    return binding;
  }

  private static Map<String, Object> attribute(String name) {
    return binding("property", "name", name);
  }

  private static Map<String, Object> hidden(String attribute, Object value) {
    return property("", "Hidden", value, attribute(attribute));
  }

  private static Map<String, Object> named(String name) {
    return property("Name", "String", name, attribute("name"));
  }

  private static Map<String, Object> required(Map<String, Object> property) {
    property.put("constraints", Map.of("notEmpty", true));
    return property;
  }

  private static Map<String, Object> described(Map<String, Object> property, String description) {
    property.put("description", description);
    return property;
  }

  /** Sets the variable {@code name} to {@code value} when the element is left. */
  private static Map<String, Object> output(String name, String value) {
    return property("", "Hidden", name, binding("camunda:outputParameter", "source", value));
  }

  private static Map<String, Object> tierTask() {
    var template = template(
        "tierTask",
        "Task of a tier",
        "Where a tier works on the case. Copying another tier's task brings its listeners with it (writeBrief on create, recordClaim on assignment).",
        List.of("bpmn:Task", "bpmn:UserTask"),
        "bpmn:UserTask");
    add(template, named("Resolve at …"));
    add(
        template,
        required(described(
            property("Tier (group)", "String", "", attribute("camunda:candidateGroups")),
            "As the table tiers writes it")));
    add(
        template,
        required(described(
            property("Form", "String", "", attribute("camunda:formRef")), "The id of the form")));
    add(template, hidden("camunda:formRefBinding", "latest"));
    add(template, hidden("camunda:dueDate", "${tierLimitAt}"));
    add(template, hidden("camunda:priority", "${taskPriority}"));
    add(template, output("trigger", "agent"));
    return template;
  }

  private static Map<String, Object> boundary(
      String id, String name, String description, String label, boolean isInterrupting) {
    var template =
        template(id, name, description, List.of("bpmn:BoundaryEvent"), "bpmn:BoundaryEvent");
    add(template, named(label));
    add(template, hidden("cancelActivity", isInterrupting));
    return template;
  }

  private static Map<String, Object> notedAsLate() {
    var template = template(
        "notedAsLate",
        "Noted as late",
        "Says on the way from a time limit to the hub why the case moves.",
        List.of("bpmn:IntermediateThrowEvent"),
        "bpmn:IntermediateThrowEvent");
    add(template, named("Noted as late"));
    add(template, output("outcome", "escalate"));
    add(template, output("trigger", "timer"));
    add(template, output("reason", "time-sensitivity"));
    add(template, output("toTier", "${null}"));
    return template;
  }

  private static Map<String, Object> waiting() {
    var template = template(
        "waiting",
        "Wait until a date",
        "Waits. Choose a timer, Date, and the name of a date that a step sets, like ${acceptanceLimitAt}.",
        List.of("bpmn:IntermediateCatchEvent"),
        "bpmn:IntermediateCatchEvent");
    add(template, named("… has come"));
    return template;
  }

  private static Map<String, Object> calledProcess() {
    var template = template(
        "calledProcess",
        "Called process",
        "Goes through another process for the same case, and then on.",
        List.of("bpmn:Task", "bpmn:CallActivity"),
        "bpmn:CallActivity");
    add(template, named("…"));
    add(
        template,
        required(described(
            property("Process", "String", "", attribute("calledElement")),
            "The id of the process")));
    add(template, hidden("camunda:calledElementBinding", "latest"));
    add(
        template,
        property("", "Hidden", "caseNumber", binding("camunda:in", "target", "caseNumber")));
    add(
        template,
        property(
            "",
            "Hidden",
            "${execution.processBusinessKey}",
            Map.of("type", "camunda:in:businessKey")));
    return template;
  }

  private static Map<String, Object> step(Steps.Step step) {
    var template = template(
        step.name(),
        step.label(),
        sentence(step.does()),
        List.of("bpmn:Task", "bpmn:ServiceTask"),
        "bpmn:ServiceTask");
    add(template, named(step.label()));
    add(template, hidden("camunda:delegateExpression", step.expression()));
    step.inputs().forEach(input -> add(template, input(input)));
    return template;
  }

  private static Map<String, Object> input(Published.Input input) {
    var hasChoices = input.choices().length > 0;
    var property = property(
        input.label(),
        hasChoices ? "Dropdown" : "String",
        "",
        binding("camunda:inputParameter", "name", input.name()));
    if (!input.does().isEmpty()) {
      described(property, sentence(input.does()));
    }
    if (hasChoices) {
      property.put(
          "choices", Stream.of(input.choices()).map(choice -> choice(choice)).toList());
    }
    if (input.isRequired()) {
      return required(property);
    }
    property.put("optional", true);
    return property;
  }

  private static Map<String, Object> choice(String choice) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", choice);
    entry.put("value", choice);
    return entry;
  }

  private static Map<String, Object> topic(ModelInterface.Topic topic) {
    var label = org.springframework.util.StringUtils.capitalize(topic.name());
    var template = template(
        topic.name(),
        label,
        sentence(topic.does()) + " Done outside of the case's transaction.",
        List.of("bpmn:Task", "bpmn:ServiceTask"),
        "bpmn:ServiceTask");
    add(template, named(label));
    add(template, hidden("camunda:type", "external"));
    add(template, hidden("camunda:topic", topic.name()));
    return template;
  }

  private static String sentence(String words) {
    var plain = words.replace("`", "");
    return org.springframework.util.StringUtils.capitalize(plain) + ".";
  }
}
