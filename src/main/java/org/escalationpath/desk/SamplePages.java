package org.escalationpath.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.escalationpath.audit.Samples;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.FreeText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Samples: drawn at random, examined with worksheets in Tasklist, and what was found. */
@Page
@RequestMapping("/audit/samples")
class SamplePages {

  private final Samples samples;
  private final Rights rights;
  private final Troubles troubles;
  private final Clock clock;

  SamplePages(Samples samples, Rights rights, Troubles troubles, Clock clock) {
    this.samples = samples;
    this.rights = rights;
    this.troubles = troubles;
    this.clock = clock;
  }

  @GetMapping
  String all(ModelMap model) {
    rights.mustReadHistory();
    model.addAttribute("samples", samples.all());
    model.addAttribute("most", Samples.MOST);
    // the month before, whole, unless somebody has typed something
    var thisMonth = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    model.addAttribute("from", thisMonth.minusMonths(1));
    model.addAttribute("to", thisMonth.minusDays(1));
    return "samples";
  }

  @PostMapping
  ModelAndView draw(@RequestParam Map<String, String> form) {
    rights.mustAudit();
    var drawn = new String[1];
    var trouble = troubles.ofCustomer(() -> drawn[0] = samples.draw(
        day(form, "from"),
        day(form, "to"),
        size(form.get("size")),
        form.get("seed"),
        FreeText.require("why", form.get("why"), 500)));
    if (trouble == null) {
      return new ModelAndView("redirect:/audit/samples/" + drawn[0]);
    }
    var page = new ModelAndView("samples");
    page.setStatus(trouble.status());
    page.addObject("trouble", trouble);
    page.addObject("typed", form);
    all(page.getModelMap());
    return page;
  }

  private static @Nullable LocalDate day(Map<String, String> form, String name) {
    var text = FreeText.require(name, form.get(name), 10);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadInput(name, "no-day", "'%s' must be a day like 2026-11-23".formatted(name));
    }
  }

  private static int size(@Nullable String text) {
    if (text == null || !text.strip().matches("\\d{1,6}")) {
      throw new BadInput("size", "out-of-range", "'size' must be a number", 1, Samples.MOST);
    }
    return Integer.parseInt(text.strip());
  }

  @GetMapping("/{id}")
  String one(@PathVariable String id, ModelMap model) {
    rights.mustReadHistory();
    var sample = samples
        .find(id)
        .orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such sample"));
    var worksheets = samples.worksheets(id);
    model.addAttribute("sample", sample);
    model.addAttribute("worksheets", worksheets);
    model.addAttribute(
        "strata",
        worksheets.stream()
            .collect(Collectors.groupingBy(
                Samples.Worksheet::stratum, TreeMap::new, Collectors.counting())));
    return "sample";
  }
}
