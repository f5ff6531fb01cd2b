package org.escalationpath.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BpmnParseException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;

/**
 * Refuses a model at its deployment that could run code which we did not publish as a step: classes, scripts, connectors, the
 * engine's own shell and mail tasks, and forms that are web pages. Expressions are guarded when they run.
 */
class SafeModels extends AbstractBpmnParseListener {

  private static final Namespace CAMUNDA = new Namespace("http://camunda.org/schema/1.0/bpmn");
  private static final Pattern STEP = Pattern.compile("\\$\\{[a-zA-Z]+}");
  private static final List<String> FORBIDDEN_ATTRIBUTES = List.of(
      "class",
      "resource",
      "formKey",
      "formHandlerClass",
      "variableMappingClass",
      "variableMappingDelegateExpression");
  private static final List<String> FORBIDDEN_ELEMENTS =
      List.of("script", "scriptTask", "connector");

  @Override
  public void parseProcess(Element process, ProcessDefinitionEntity definition) {
    var findings = new ArrayList<String>();
    check(process, name(process), findings);
    if (!findings.isEmpty()) {
      throw new BpmnParseException(
          "The model cannot be deployed: " + String.join("; ", findings), process);
    }
  }

  private static void check(Element element, String owner, List<String> findings) {
    if (FORBIDDEN_ELEMENTS.contains(element.getTagName())) {
      findings.add(owner + " has a " + element.getTagName()
          + "; models run no code but the published steps");
    }
    for (var attribute : FORBIDDEN_ATTRIBUTES) {
      if (element.attributeNS(CAMUNDA, attribute) != null) {
        findings.add(owner + " uses camunda:" + attribute
            + "; use a published step or a Camunda Form instead");
      }
    }
    var type = element.attributeNS(CAMUNDA, "type");
    if (type != null
        && element.getTagName().matches(".*(Task|EventDefinition)")
        && !type.equals("external")) {
      findings.add(owner + " is of the type '" + type + "'; only external tasks are allowed");
    }
    if (element.attribute("class") != null) {
      findings.add(owner + " has a listener with a class; use a published listener instead");
    }
    var step = element.attributeNS(CAMUNDA, "delegateExpression") == null
        ? element.attribute("delegateExpression")
        : element.attributeNS(CAMUNDA, "delegateExpression");
    if (step != null && !STEP.matcher(step).matches()) {
      findings.add(
          owner + " calls '" + step + "'; write the name of a step, like ${notifyCustomer}");
    }
    for (var child : element.elements()) {
      check(child, child.attribute("id") == null ? owner : name(child), findings);
    }
  }

  private static String name(Element element) {
    var name = element.attribute("name");
    return "'%s' (%s)"
        .formatted(name == null ? element.getTagName() : name, element.attribute("id"));
  }
}
