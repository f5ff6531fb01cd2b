package org.escalationpath.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.engine.Heat;
import org.escalationpath.engine.Models;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where cases have been, how long, and how often the time limit ended it: of one version of a model, or of two beside each other. */
@Page
@RequestMapping("/audit/heat")
class HeatPages {

  private static final String PATH = "escalation-path";

  private final Heat heat;
  private final Models models;
  private final Rights rights;

  HeatPages(Heat heat, Models models, Rights rights) {
    this.heat = heat;
    this.models = models;
    this.rights = rights;
  }

  /**
   * An element in one version and, where two are looked at, in the other.
   *
   * @param one null where the element has not been reached in the first version
   */
  record Line(String name, Heat.@Nullable ElementHeat one, Heat.@Nullable ElementHeat other) {}

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
    var second = find(all, other).orElse(null);
    page.addAttribute("models", all);
    page.addAttribute("first", first);
    page.addAttribute("second", second);
    page.addAttribute(
        "lines",
        first == null
            ? List.of()
            : lines(heat.of(first.id()), second == null ? List.of() : heat.of(second.id())));
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

  @GetMapping(value = "/elements", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  List<Heat.ElementHeat> elements(@RequestParam String model) {
    rights.mustReadHistory();
    return heat.of(model);
  }
}
