package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.SavedViews;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of cases: searched, kept as a view, or taken away as a CSV file. */
@Page
class CasesPage {

  private static final int PAGE = 50;

  /** What people count exactly; beyond that the page says "more than". */
  private static final int COUNTED = 1_000;

  private static final List<String> ASKED =
      List.of("text", "state", "tier", "priority", "reason", "due", "owner", "customer", "order");

  private final CaseSearch search;
  private final CaseQuery query;
  private final CaseFile file;
  private final SavedViews views;
  private final Tiers tiers;
  private final Rights rights;
  private final Actor actor;
  private final Troubles troubles;

  CasesPage(
      CaseSearch search,
      CaseQuery query,
      CaseFile file,
      SavedViews views,
      Tiers tiers,
      Rights rights,
      Actor actor,
      Troubles troubles) {
    this.search = search;
    this.query = query;
    this.file = file;
    this.views = views;
    this.tiers = tiers;
    this.rights = rights;
    this.actor = actor;
    this.troubles = troubles;
  }

  @GetMapping("/cases")
  String cases(
      @RequestParam Map<String, String> parameters,
      @RequestHeader(value = "HX-Target", required = false) String target,
      HttpServletResponse response,
      Model model) {
    rights.mustBeStaff();
    var asked = asked(parameters);
    model.addAttribute("asked", asked);
    model.addAttribute("csv", "/cases.csv" + (asked.isEmpty() ? "" : "?" + queryOf(asked)));
    model.addAttribute("states", CaseState.values());
    model.addAttribute("tiers", tiers.all());
    model.addAttribute("priorities", Priority.values());
    model.addAttribute("reasons", Reason.values());
    model.addAttribute("views", views.of(actor.name()));
    model.addAttribute("counted", COUNTED);
    var trouble = troubles.ofCustomer(() -> find(parameters, model));
    var isPart = "found".equals(target);
    if (trouble != null) {
      // in a part of a page htmx shows only what is no mistake
      response.setStatus(isPart ? 200 : trouble.status().value());
      model.addAttribute("trouble", trouble);
      model.addAttribute("cases", List.of());
      model.addAttribute("count", 0);
    }
    return isPart ? "cases :: found" : "cases";
  }

  private void find(Map<String, String> parameters, Model model) {
    var filter = query.filter(parameters);
    var page = search.page(filter, query.order(parameters), query.after(parameters), PAGE);
    var link = UriComponentsBuilder.fromPath("/cases").query(queryOf(asked(parameters)));
    model.addAttribute("cases", page.cases());
    model.addAttribute("count", count(filter, parameters, page));
    model.addAttribute(
        "next",
        page.next() == null
            ? null
            : link.queryParam("after", page.next().toString()).build().toUriString());
  }

  private int count(CaseFilter filter, Map<String, String> parameters, CaseSearch.Page page) {
    var isFirstAndOnly = !parameters.containsKey("after") && page.next() == null;
    return isFirstAndOnly ? page.cases().size() : search.count(filter, COUNTED + 1);
  }

  /** What was asked for, without what nobody filled in. */
  private static Map<String, String> asked(Map<String, String> parameters) {
    var asked = new LinkedHashMap<String, String>();
    for (var name : ASKED) {
      var value = parameters.get(name);
      if (value != null && !value.isBlank()) {
        asked.put(name, value);
      }
    }
    return asked;
  }

  private static String queryOf(Map<String, String> asked) {
    var uri = UriComponentsBuilder.newInstance();
    asked.forEach((name, value) -> uri.queryParam(name, "{" + name + "}"));
    var query = uri.encode().buildAndExpand(Map.copyOf(asked)).getQuery();
    return query == null ? "" : query;
  }

  @GetMapping("/cases.csv")
  void csv(@RequestParam Map<String, String> parameters, HttpServletResponse response)
      throws IOException {
    rights.mustBeStaff();
    var filter = query.filter(parameters);
    var order = query.order(parameters);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("cases.csv", StandardCharsets.UTF_8)
            .build()
            .toString());
    file.write(filter, order, response.getWriter());
  }

  @PostMapping("/cases/views")
  String save(
      @RequestParam String name,
      @RequestParam Map<String, String> parameters,
      RedirectAttributes done) {
    rights.mustBeStaff();
    var asked = asked(parameters);
    var trouble = troubles.ofCustomer(() -> {
      query.filter(asked);
      query.order(asked);
      views.save(actor.name(), name, "?" + queryOf(asked));
    });
    if (trouble == null) {
      done.addFlashAttribute("done", "cases.view.saved");
    } else {
      done.addFlashAttribute("trouble", trouble);
    }
    return "redirect:/cases?" + queryOf(asked);
  }

  @PostMapping("/cases/views/deletion")
  String delete(@RequestParam String name, RedirectAttributes done) {
    rights.mustBeStaff();
    views.delete(actor.name(), name);
    done.addFlashAttribute("done", "cases.view.deleted");
    return "redirect:/cases";
  }
}
