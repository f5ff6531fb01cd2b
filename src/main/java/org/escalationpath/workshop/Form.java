package org.escalationpath.workshop;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A Camunda Form as it was made, read and not yet judged. */
final class Form {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int DEEPEST = 10;
  private static final int DEEPEST_SETTING = 50;

  private final String file;
  private final JsonNode root;

  private Form(String file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** @throws IllegalArgumentException if it is no form */
  static Form read(String file, byte[] content) {
    try {
      var root = JSON.readTree(new String(content, StandardCharsets.UTF_8));
      if (root == null
          || !root.isObject()
          || !root.path("id").isTextual()
          || !root.path("components").isArray()) {
        throw new IllegalArgumentException("a form has an id and a list of components");
      }
      mustBeShallow(root.path("components"), 0);
      mustBeReadable(root, 0);
      return new Form(file, root);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no JSON (" + firstLine(e) + ")");
    }
  }

  private static void mustBeShallow(JsonNode components, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("its groups are nested too deeply");
    }
    components.forEach(each -> mustBeShallow(each.path("components"), depth + 1));
  }

  private static void mustBeReadable(JsonNode node, int depth) {
    if (depth > DEEPEST_SETTING) {
      throw new IllegalArgumentException("its settings are nested too deeply");
    }
    node.forEach(each -> mustBeReadable(each, depth + 1));
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  String file() {
    return file;
  }

  String id() {
    return root.path("id").asText();
  }

  JsonNode json() {
    return root;
  }

  /** A setting as people read it: choices by their labels, groups of settings as a list. */
  static String plain(JsonNode setting) {
    if (setting.isObject() && setting.size() == 2 && setting.has("label") && setting.has("value")) {
      return "%s (%s)"
          .formatted(setting.path("label").asText(), setting.path("value").asText());
    }
    if (setting.isObject()) {
      return setting.properties().stream()
          .map(each -> each.getKey() + " " + plain(each.getValue()))
          .collect(Collectors.joining(", "));
    }
    return setting.isArray()
        ? StreamSupport.stream(setting.spliterator(), false)
            .map(Form::plain)
            .collect(Collectors.joining(", "))
        : setting.asText();
  }

  int schemaVersion() {
    return root.path("schemaVersion").asInt(1);
  }

  /** A field or other part of a form. */
  record Component(JsonNode json) {

    String type() {
      return json.path("type").asText("");
    }

    String id() {
      return json.path("id").asText("");
    }

    Optional<String> key() {
      return json.path("key").isTextual()
          ? Optional.of(json.path("key").asText())
          : Optional.empty();
    }

    String label() {
      return json.path("label").isTextual()
          ? json.path("label").asText()
          : key().orElse(type());
    }

    boolean isReadOnly() {
      return json.path("readonly").asBoolean() || json.path("disabled").asBoolean();
    }

    boolean isRequired() {
      return json.path("validate").path("required").asBoolean();
    }

    /** The values of a choice that are written out. */
    List<String> values() {
      return json.path("values").findValuesAsText("value");
    }
  }

  /** All parts, those in groups too. */
  List<Component> components() {
    var all = new ArrayList<Component>();
    collect(root.path("components"), all);
    return all;
  }

  private static void collect(JsonNode components, List<Component> all) {
    for (var component : components) {
      all.add(new Component(component));
      collect(component.path("components"), all);
    }
  }

  /** All parts by what they are known by in another version: their id, otherwise the answer that they write, otherwise their type. */
  Map<String, Component> named() {
    var named = new LinkedHashMap<String, Component>();
    for (var component : components()) {
      var name =
          component.id().isEmpty() ? component.key().orElse(component.type()) : component.id();
      named.put(Table.unique(name, named.keySet()), component);
    }
    return named;
  }

  Optional<Component> field(String key) {
    return components().stream()
        .filter(each -> each.key().filter(key::equals).isPresent())
        .findFirst();
  }

  /** All texts in it, for what they may hide. */
  List<String> texts() {
    var all = new ArrayList<String>();
    collectTexts(root, all);
    return all;
  }

  private static void collectTexts(JsonNode node, List<String> all) {
    if (node.isTextual()) {
      all.add(node.asText());
    }
    node.forEach(child -> collectTexts(child, all));
  }

  Finding finding(Rule rule, Component component, Object... facts) {
    return Finding.of(rule, file, component.id(), component.label(), facts);
  }

  Finding finding(Rule rule, Object... facts) {
    return Finding.of(rule, file, null, "The form " + id(), facts);
  }
}
