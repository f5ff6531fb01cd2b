package org.escalationpath.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.engine.Heat;
import org.escalationpath.engine.Models;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where cases have been, how long, and how often the time limit ended it: of one version of a model, or of two beside each other. */
@Page
@RequestMapping("/audit/heat")
class HeatPages {

  private static final String PATH = "escalation-path";

  private final Heat heat;
  private final Models models;
  private final Rights rights;
  private final ObjectMapper json;

  HeatPages(Heat heat, Models models, Rights rights, ObjectMapper json) {
    this.heat = heat;
    this.models = models;
    this.rights = rights;
    this.json = json;
  }

  /**
   * An element in one version and, where two are looked at, in the other.
   *
   * @param one null where the element has not been reached in the first version
   */
  record Line(String name, Heat.@Nullable ElementHeat one, Heat.@Nullable ElementHeat other) {}

  /**
   * A version's diagram.
   *
   * @param heat of its elements, as JSON
   */
  record Drawn(Models.Model model, String heat) {}

  @GetMapping
  String show(
      @RequestParam(defaultValue = "") String model,
      @RequestParam(defaultValue = "") String other,
      ModelMap page) {
    rights.mustReadHistory();
    var all = models.all();
    var first = find(all, model)
        .orElseGet(() ->
            all.stream().filter(each -> each.key().equals(PATH)).findFirst().orElse(null));
    var second = find(all, other).filter(each -> !each.equals(first)).orElse(null);
    var ofFirst = first == null ? List.<Heat.ElementHeat>of() : heat.of(first.id());
    var ofSecond = second == null ? List.<Heat.ElementHeat>of() : heat.of(second.id());
    var drawn = new ArrayList<Drawn>();
    if (first != null) {
      drawn.add(new Drawn(first, json(ofFirst)));
    }
    if (second != null) {
      drawn.add(new Drawn(second, json(ofSecond)));
    }
    page.addAttribute("models", all);
    page.addAttribute("first", first);
    page.addAttribute("second", second);
    page.addAttribute("drawn", drawn);
    page.addAttribute("lines", lines(ofFirst, ofSecond));
    return "heat";
  }

  private static Optional<Models.Model> find(List<Models.Model> all, String id) {
    return all.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static List<Line> lines(List<Heat.ElementHeat> one, List<Heat.ElementHeat> other) {
    var others = other.stream()
        .collect(Collectors.toMap(
            Heat.ElementHeat::element, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    var lines = new ArrayList<Line>();
    one.forEach(each -> lines.add(new Line(each.name(), each, others.remove(each.element()))));
    others.values().forEach(each -> lines.add(new Line(each.name(), null, each)));
    return lines;
  }

  private String json(List<Heat.ElementHeat> elements) {
    try {
      return json.writeValueAsString(elements);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Heat cannot be written", e);
    }
  }
}
