package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What is different between two drawings of a process: elements by their ids, and where their flows lead. */
final class DrawingChanges {

  /** What people call a setting; others are named as the file names them. */
  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry("name", "name"),
      Map.entry("candidateGroups", "group"),
      Map.entry("formRef", "form"),
      Map.entry("delegateExpression", "step"),
      Map.entry("dueDate", "due date"),
      Map.entry("decisionRef", "decision"),
      Map.entry("calledElement", "process"),
      Map.entry("documentation", "description"),
      Map.entry("timeDate", "date"),
      Map.entry("timeDuration", "duration"),
      Map.entry("timeCycle", "repetition"),
      Map.entry("conditionExpression", "condition"),
      Map.entry("attachedToRef", "stands on"),
      Map.entry("cancelActivity", "interrupts"),
      Map.entry("default", "default flow"),
      Map.entry("versionTag", "version tag"),
      Map.entry("historyTimeToLive", "history is kept"));

  private static final Set<String> NOT_A_SETTING =
      Set.of("id", "sourceRef", "targetRef", "incoming", "outgoing");

  private final Drawing before;
  private final Drawing after;
  private final Map<String, Element> oldXml;
  private final Map<String, Element> newXml;
  private final Map<String, String> oldBounds;
  private final Map<String, String> newBounds;
  private final List<Change> changes = new ArrayList<>();

  DrawingChanges(Drawing before, Drawing after) {
    this.before = before;
    this.after = after;
    this.oldXml = byId(before.xml());
    this.newXml = byId(after.xml());
    this.oldBounds = bounds(before);
    this.newBounds = bounds(after);
  }

  Comparison all() {
    var old = elements(before);
    var now = elements(after);
    settings(before.key(), after.key(), "The process");
    now.forEach((id, element) -> {
      if (!old.containsKey(id)) {
        added(element);
      } else {
        changed(old.get(id), element);
      }
    });
    old.forEach((id, element) -> {
      if (!now.containsKey(id)) {
        removed(element);
      }
    });
    return new Comparison(changes, Map.of());
  }

  private static Map<String, FlowElement> elements(Drawing drawing) {
    var elements = new LinkedHashMap<String, FlowElement>();
    drawing.all(FlowElement.class).forEach(element -> elements.put(element.getId(), element));
    return elements;
  }

  private void add(Kind kind, String element, String words) {
    changes.add(new Change(kind, element, words));
  }

  private void added(FlowElement element) {
    if (element instanceof FlowNode node) {
      var sources = after.incoming(node).stream()
          .map(SequenceFlow::getSource)
          .map(source -> "'" + Drawing.label(source) + "'")
          .distinct()
          .collect(Collectors.joining(", "));
      add(
          Kind.ADDED,
          node.getId(),
          "new %s '%s'%s"
              .formatted(
                  kind(node), Drawing.label(node), sources.isEmpty() ? "" : " after " + sources));
    } else if (element instanceof SequenceFlow flow && isKnown(flow)) {
      add(
          Kind.ADDED,
          flow.getId(),
          "new way from '%s' to '%s'%s"
              .formatted(
                  Drawing.label(flow.getSource()),
                  Drawing.label(flow.getTarget()),
                  condition(flow)));
    }
  }

  /** Whether both of its ends were there before; ways to and from new elements are said with them. */
  private boolean isKnown(SequenceFlow flow) {
    return before.find(flow.getSource().getId()).isPresent()
        && before.find(flow.getTarget().getId()).isPresent();
  }

  private static String condition(SequenceFlow flow) {
    return flow.getConditionExpression() == null
        ? ""
        : " if " + flow.getConditionExpression().getTextContent().trim();
  }

  private void removed(FlowElement element) {
    if (element instanceof FlowNode node) {
      add(
          Kind.REMOVED,
          node.getId(),
          "the %s '%s' is gone".formatted(kind(node), Drawing.label(node)));
    } else if (element instanceof SequenceFlow flow
        && after.find(flow.getSource().getId()).isPresent()
        && after.find(flow.getTarget().getId()).isPresent()) {
      add(
          Kind.REMOVED,
          flow.getId(),
          "the way from '%s' to '%s' is gone"
              .formatted(Drawing.label(flow.getSource()), Drawing.label(flow.getTarget())));
    }
  }

  private static String kind(BaseElement element) {
    return element
        .getElementType()
        .getTypeName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(java.util.Locale.ROOT)
        .replace("service task", "step");
  }

  private void changed(FlowElement old, FlowElement now) {
    var label = "'" + Drawing.label(now) + "'";
    var count = changes.size();
    if (!old.getElementType().equals(now.getElementType())) {
      add(
          Kind.CHANGED,
          now.getId(),
          "%s is a %s now, was a %s".formatted(label, kind(now), kind(old)));
    }
    var scope = now.getParentElement().getAttributeValue("id");
    if (!Objects.equals(old.getParentElement().getAttributeValue("id"), scope)) {
      add(Kind.CHANGED, now.getId(), "%s is in '%s' now".formatted(label, scope));
    }
    if (old instanceof SequenceFlow oldFlow && now instanceof SequenceFlow flow) {
      ends(oldFlow, flow);
    }
    settings(old.getId(), now.getId(), label);
    if (changes.size() == count
        && now instanceof FlowNode
        && !Objects.equals(oldBounds.get(old.getId()), newBounds.get(now.getId()))) {
      add(Kind.MOVED, now.getId(), label + " is drawn elsewhere");
    }
  }

  private void ends(SequenceFlow old, SequenceFlow now) {
    var from = Drawing.label(old.getSource());
    if (!old.getTarget().getId().equals(now.getTarget().getId())) {
      add(
          Kind.CHANGED,
          now.getId(),
          "from '%s' the way leads to '%s' now, was to '%s'"
              .formatted(
                  Drawing.label(now.getSource()),
                  Drawing.label(now.getTarget()),
                  Drawing.label(old.getTarget())));
    }
    if (!old.getSource().getId().equals(now.getSource().getId())) {
      add(
          Kind.CHANGED,
          now.getId(),
          "the way to '%s' comes from '%s' now, was from '%s'"
              .formatted(Drawing.label(now.getTarget()), Drawing.label(now.getSource()), from));
    }
  }

  private void settings(String oldId, String newId, String label) {
    var old = settings(oldXml.get(oldId));
    var now = settings(newXml.get(newId));
    var names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    for (var name : names) {
      if (!Objects.equals(old.get(name), now.get(name))) {
        add(
            Kind.CHANGED,
            newId,
            "%s, %s: %s → %s"
                .formatted(
                    label,
                    WORDS.getOrDefault(name, name),
                    old.get(name) == null ? "nothing" : Comparison.plain(old.get(name)),
                    now.get(name) == null ? "nothing" : Comparison.plain(now.get(name))));
      }
    }
  }

  private static Map<String, Element> byId(Element root) {
    var elements = new HashMap<String, Element>();
    collect(root, elements);
    return elements;
  }

  private static void collect(Element element, Map<String, Element> elements) {
    elements.putIfAbsent(element.getAttribute("id"), element);
    Xml.children(element).forEach(child -> collect(child, elements));
  }

  /** All that is set on an element itself, by name; inputs, outputs and listeners with what they are for. */
  private static Map<String, String> settings(@Nullable Element element) {
    var settings = new TreeMap<String, String>();
    if (element != null) {
      collect(element, "", settings);
    }
    return settings;
  }

  private static void collect(Element element, String prefix, Map<String, String> settings) {
    Xml.attributes(element).stream()
        .filter(each ->
            !NOT_A_SETTING.contains(each.getLocalName()) && !each.getName().startsWith("xmlns"))
        .filter(each -> prefix.isEmpty() || !each.getLocalName().equals("type"))
        .forEach(each -> settings.put(prefix + each.getLocalName(), each.getValue()));
    for (var child : Xml.children(element)) {
      var name = child.getLocalName();
      var isElement = !child.getAttribute("id").isEmpty()
          && !name.endsWith("EventDefinition")
          && !name.endsWith("LoopCharacteristics");
      if (isElement || NOT_A_SETTING.contains(name)) {
        continue;
      }
      var text = Xml.ownText(child);
      if (name.endsWith("Parameter")) {
        settings.put(
            (name.startsWith("input") ? "input " : "output ") + child.getAttribute("name"), text);
      } else if (name.endsWith("Listener")) {
        settings.put(
            "listener on " + child.getAttribute("event") + " "
                + child.getAttribute("delegateExpression"),
            "set");
      } else if (!text.isEmpty()) {
        settings.put(name, text);
      } else {
        collect(
            child,
            prefix.isEmpty() && name.endsWith("EventDefinition") ? name + " " : prefix,
            settings);
      }
    }
  }

  private static Map<String, String> bounds(Drawing drawing) {
    var bounds = new HashMap<String, String>();
    drawing.all(BpmnShape.class).stream()
        .filter(shape -> shape.getBpmnElement() != null)
        .forEach(shape -> bounds.put(
            shape.getBpmnElement().getId(),
            shape.getBounds().getX() + "," + shape.getBounds().getY()));
    return bounds;
  }
}
