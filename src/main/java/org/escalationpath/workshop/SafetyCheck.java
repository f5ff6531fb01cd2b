package org.escalationpath.workshop;

import java.util.Set;
import java.util.function.Consumer;
import org.escalationpath.engine.Expressions;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * Whether a model runs no code but the published steps. It goes by what is known to be harmless: elements, settings and expressions
 * that it does not know are refused.
 */
class SafetyCheck implements Check {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  /** The engine takes the older name for the newer one. */
  private static final Set<String> ENGINE =
      Set.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

  private static final Set<String> ELEMENTS = Set.of(
      "definitions",
      "process",
      "documentation",
      "extensionElements",
      "incoming",
      "outgoing",
      "startEvent",
      "endEvent",
      "intermediateCatchEvent",
      "intermediateThrowEvent",
      "boundaryEvent",
      "task",
      "userTask",
      "serviceTask",
      "businessRuleTask",
      "receiveTask",
      "manualTask",
      "callActivity",
      "subProcess",
      "exclusiveGateway",
      "parallelGateway",
      "inclusiveGateway",
      "eventBasedGateway",
      "sequenceFlow",
      "conditionExpression",
      "condition",
      "timerEventDefinition",
      "timeDate",
      "timeDuration",
      "timeCycle",
      "messageEventDefinition",
      "message",
      "signalEventDefinition",
      "signal",
      "errorEventDefinition",
      "error",
      "escalationEventDefinition",
      "escalation",
      "terminateEventDefinition",
      "linkEventDefinition",
      "conditionalEventDefinition",
      "source",
      "target",
      "multiInstanceLoopCharacteristics",
      "loopCardinality",
      "completionCondition",
      "textAnnotation",
      "text",
      "association",
      "group",
      "category",
      "categoryValue",
      "collaboration",
      "participant",
      "messageFlow",
      "laneSet",
      "lane",
      "childLaneSet",
      "flowNodeRef",
      "dataObject",
      "dataObjectReference",
      "dataStore",
      "dataStoreReference",
      "dataInputAssociation",
      "dataOutputAssociation",
      "sourceRef",
      "targetRef",
      "property",
      "itemDefinition",
      "extension",
      "dataState",
      "messageEventDefinitionRef");

  private static final Set<String> CODE = Set.of("scriptTask", "script", "connector");

  /** Refused as a whole, so that not each part of them is named. */
  private static final Set<String> UNREAD =
      Set.of("ioSpecification", "import", "interface", "resource");

  private static final Set<String> EXTENSIONS = Set.of(
      "inputOutput",
      "inputParameter",
      "outputParameter",
      "list",
      "map",
      "entry",
      "value",
      "taskListener",
      "executionListener",
      "failedJobRetryTimeCycle",
      "in",
      "out",
      "properties",
      "property");

  private static final Set<String> SETTINGS = Set.of(
      "delegateExpression",
      "asyncBefore",
      "asyncAfter",
      "async",
      "exclusive",
      "candidateGroups",
      "candidateUsers",
      "assignee",
      "dueDate",
      "followUpDate",
      "priority",
      "jobPriority",
      "taskPriority",
      "formRef",
      "formRefBinding",
      "formRefVersion",
      "decisionRef",
      "decisionRefBinding",
      "decisionRefVersion",
      "mapDecisionResult",
      "resultVariable",
      "type",
      "topic",
      "historyTimeToLive",
      "versionTag",
      "isStartableInTasklist",
      "initiator",
      "calledElementBinding",
      "calledElementVersion",
      "collection",
      "elementVariable",
      "errorCodeVariable",
      "errorMessageVariable",
      "escalationCodeVariable",
      "variableName",
      "variableEvents",
      "modelerTemplate",
      "modelerTemplateVersion",
      "modelerTemplateIcon",
      "diagramRelationId",
      "candidateStarterGroups",
      "candidateStarterUsers");

  /** Settings of the engine that run what they name. */
  private static final Set<String> RUNNING = Set.of(
      "class",
      "expression",
      "resource",
      "formHandlerClass",
      "variableMappingClass",
      "variableMappingDelegateExpression");

  /** They make a script of a text. */
  private static final Set<String> SCRIPTING =
      Set.of("language", "scriptFormat", "expressionLanguage");

  private static final String PICTURE = "http://www.omg.org/spec/BPMN/20100524/DI";

  @Override
  public void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    walk(drawing.xml(), new Place(drawing, null, "The model"), surroundings, findings);
  }

  /** The element that people see, nearest around what is looked at. */
  private record Place(Drawing drawing, @Nullable String id, String label) {

    Place of(Element element) {
      var id = element.getAttribute("id");
      var isSeen = BPMN.equals(element.getNamespaceURI())
          && !id.isEmpty()
          && !element.getLocalName().endsWith("EventDefinition")
          && !element.getLocalName().equals("definitions");
      var name = element.getAttribute("name").replaceAll("\\s+", " ").trim();
      return isSeen
          ? new Place(
              drawing,
              id,
              drawing
                  .find(id)
                  .map(Drawing::label)
                  .orElse(name.isEmpty() ? element.getLocalName() : name))
          : this;
    }

    Finding finding(Rule rule, Object... facts) {
      return Finding.of(rule, drawing.file(), id, label, facts);
    }
  }

  private static void walk(
      Element element, Place around, Surroundings surroundings, Consumer<Finding> findings) {
    if (isThePicture(element)) {
      return;
    }
    var place = around.of(element);
    checkElement(element, place, findings);
    Xml.attributes(element)
        .forEach(each -> checkAttribute(element, each, place, surroundings, findings));
    checkExpression(Xml.ownText(element), place, findings);
    if (!UNREAD.contains(element.getLocalName())) {
      Xml.children(element).forEach(child -> walk(child, place, surroundings, findings));
    }
  }

  /** Only as a whole: the engine reads some elements by their name alone, whatever their namespace is. */
  private static boolean isThePicture(Element element) {
    return element.getLocalName().equals("BPMNDiagram")
        && PICTURE.equals(element.getNamespaceURI())
        && element.getParentNode() instanceof Element parent
        && parent.getLocalName().equals("definitions")
        && parent.getParentNode() instanceof org.w3c.dom.Document;
  }

  /** Whether the engine may read it as its own: what stands in its extensions, of whatever namespace. */
  private static boolean isAnExtension(Element element) {
    return element.getParentNode() instanceof Element parent
        && (parent.getLocalName().equals("extensionElements")
            || ENGINE.contains(String.valueOf(parent.getNamespaceURI())));
  }

  private static void checkElement(Element element, Place place, Consumer<Finding> findings) {
    var name = element.getLocalName();
    var isOfTheEngine = ENGINE.contains(String.valueOf(element.getNamespaceURI()));
    var isBpmn = BPMN.equals(element.getNamespaceURI());
    if (CODE.contains(name)) {
      findings.accept(place.finding(Rule.FOREIGN_CODE, "a " + name));
    } else if (isBpmn && !ELEMENTS.contains(name)) {
      findings.accept(place.finding(Rule.UNSUPPORTED_ELEMENT, name));
    } else if (isAnExtension(element) && !(isOfTheEngine && EXTENSIONS.contains(name))
        || isOfTheEngine && !isAnExtension(element)
        || !isBpmn && !isOfTheEngine) {
      findings.accept(place.finding(Rule.UNKNOWN_SETTING, name));
    }
  }

  private static void checkAttribute(
      Element element,
      Attr attribute,
      Place place,
      Surroundings surroundings,
      Consumer<Finding> findings) {
    var name = attribute.getLocalName();
    var value = attribute.getValue().trim();
    var isOfTheEngine = ENGINE.contains(String.valueOf(attribute.getNamespaceURI()))
        || attribute.getNamespaceURI() == null
            && ENGINE.contains(String.valueOf(element.getNamespaceURI()));
    var isSetting = ENGINE.contains(String.valueOf(attribute.getNamespaceURI()));
    if (isOfTheEngine && name.equals("delegateExpression")) {
      checkStep(element, value, place, surroundings, findings);
    } else if (isOfTheEngine && RUNNING.contains(name) || SCRIPTING.contains(name)) {
      findings.accept(place.finding(Rule.FOREIGN_CODE, name + " = '" + value + "'"));
    } else if (isSetting && name.equals("formKey")) {
      findings.accept(place.finding(Rule.FOREIGN_PAGE, value));
    } else if (isSetting && name.equals("type") && !value.equals("external")) {
      findings.accept(place.finding(Rule.FOREIGN_CODE, "the type '" + value + "'"));
    } else if (isSetting && !SETTINGS.contains(name)) {
      findings.accept(place.finding(Rule.UNKNOWN_SETTING, name));
    } else {
      checkExpression(value, place, findings);
    }
  }

  /** A task calls a step, a listener calls a listener. */
  private static void checkStep(
      Element element,
      String value,
      Place place,
      Surroundings surroundings,
      Consumer<Finding> findings) {
    var name = value.matches("\\$\\{\\w+}") ? value.substring(2, value.length() - 1) : value;
    var isListener = element.getLocalName().endsWith("Listener");
    if (surroundings
        .steps()
        .find(name)
        .filter(step -> step.isListener() == isListener)
        .isEmpty()) {
      findings.accept(place.finding(Rule.UNKNOWN_STEP, value));
    }
  }

  private static void checkExpression(String text, Place place, Consumer<Finding> findings) {
    if (Expressions.isExpression(text)) {
      Expressions.read(text)
          .forbidden()
          .forEach(why ->
              findings.accept(place.finding(Rule.FORBIDDEN_EXPRESSION, shortened(text), why)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
