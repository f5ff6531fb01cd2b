package org.escalationpath.desk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.escalationpath.audit.EventSearch;
import org.escalationpath.audit.ExceptionKind;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.NoSuchCase;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where auditors begin: is all as it was written, what is worth a look, who did what, and what happened to the system. */
@Page
@RequestMapping("/audit")
class AuditHomePages {

  private static final int PAGE = 50;
  private static final List<String> ASKED =
      List.of("case", "who", "what", "exception", "from", "to");

  private final Seals seals;
  private final Verification verification;
  private final Exceptions exceptions;
  private final EventSearch events;
  private final Journal journal;
  private final Cases cases;
  private final CaseQuery query;
  private final Rights rights;
  private final Troubles troubles;

  AuditHomePages(
      Seals seals,
      Verification verification,
      Exceptions exceptions,
      EventSearch events,
      Journal journal,
      Cases cases,
      CaseQuery query,
      Rights rights,
      Troubles troubles) {
    this.seals = seals;
    this.verification = verification;
    this.exceptions = exceptions;
    this.events = events;
    this.journal = journal;
    this.cases = cases;
    this.query = query;
    this.rights = rights;
    this.troubles = troubles;
  }

  @GetMapping
  String home(ModelMap model) {
    rights.mustReadHistory();
    model.addAttribute("lastSeal", seals.latest().orElse(null));
    model.addAttribute("lastVerified", verification.last().orElse(null));
    model.addAttribute("exceptions", ExceptionKind.values());
    model.addAttribute("counts", exceptions.counts());
    return "audit";
  }

  /** Leads to the history of the case with the number that was typed. */
  @GetMapping("/case")
  String find(@RequestParam(defaultValue = "") String number, RedirectAttributes done) {
    rights.mustReadHistory();
    var asked = number.strip();
    try {
      return "redirect:/audit/cases/" + cases.require(CaseNumber.of(asked)).number();
    } catch (NoSuchCase e) {
      done.addFlashAttribute("trouble", troubles.noSuchCase(asked));
      return "redirect:/audit";
    }
  }

  @PostMapping("/verification")
  String verify(RedirectAttributes done) {
    rights.mustAudit();
    done.addFlashAttribute("report", verification.record());
    return "redirect:/audit";
  }

  @GetMapping("/events")
  ModelAndView events(@RequestParam Map<String, String> parameters) {
    rights.mustReadHistory();
    var page = new ModelAndView("audit-events");
    var asked = new LinkedHashMap<String, String>();
    ASKED.forEach(name -> asked.put(name, parameters.getOrDefault(name, "").strip()));
    page.addObject("asked", asked);
    page.addObject("exceptions", ExceptionKind.values());
    page.addObject("whats", What.values());
    page.addObject("events", List.of());
    var trouble = troubles.ofCustomer(() -> {
      var found = events.page(
          filter(parameters),
          word(parameters, "after").map(EventSearch.Cursor::parse).orElse(null),
          PAGE);
      page.addObject("events", found.events());
      page.addObject("next", found.next());
    });
    if (trouble != null) {
      page.setStatus(trouble.status());
      page.addObject("trouble", trouble);
    }
    return page;
  }

  private EventSearch.Filter filter(Map<String, String> asked) {
    var period = query.filter(only(asked, "from", "to"));
    return new EventSearch.Filter(
        word(asked, "case").map(CaseNumber::of).orElse(null),
        word(asked, "who").orElse(null),
        word(asked, "what").map(AuditHomePages::what).orElse(null),
        word(asked, "exception").map(ExceptionKind::of).orElse(null),
        period.recordedFrom(),
        period.recordedBefore());
  }

  private static What what(String code) {
    try {
      return What.of(code);
    } catch (IllegalArgumentException e) {
      var choices =
          String.join(", ", Arrays.stream(What.values()).map(What::toString).toList());
      throw new BadInput("what", "no-choice", "'what' must be one of " + choices, choices);
    }
  }

  private static Map<String, String> only(Map<String, String> asked, String... names) {
    var some = new LinkedHashMap<String, String>();
    for (var name : names) {
      some.put(name, asked.get(name));
    }
    return some;
  }

  private static Optional<String> word(Map<String, String> asked, String name) {
    return Optional.ofNullable(FreeText.optional(name, asked.get(name), 100));
  }

  @GetMapping("/journal")
  ModelAndView journal(@RequestParam Map<String, String> parameters) {
    rights.mustReadHistory();
    var page = new ModelAndView("audit-journal");
    page.addObject("rows", List.of());
    var trouble = troubles.ofCustomer(() -> {
      var rows = journal.latest(before(word(parameters, "before").orElse(null)), PAGE);
      page.addObject("rows", rows);
      page.addObject(
          "next", rows.size() < PAGE ? null : rows.get(rows.size() - 1).seq());
    });
    if (trouble != null) {
      page.setStatus(trouble.status());
      page.addObject("trouble", trouble);
    }
    return page;
  }

  private static @Nullable Integer before(@Nullable String text) {
    if (text != null && !text.matches("\\d{1,9}")) {
      throw new BadInput("before", "no-number", "'before' must be a number");
    }
    return text == null ? null : Integer.valueOf(text);
  }
}
