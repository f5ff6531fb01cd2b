package org.escalationpath.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.audit.CaseHistory;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.audit.Paper;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Holds;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.engine.Models;
import org.escalationpath.engine.PastPaths;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What happened to a case, why, under which rules, and whether anybody has altered that; on one page, with the way that it took. */
@Page
@RequestMapping("/audit")
class AuditPages {

  /** What the timeline shows unless asked for more. */
  private static final Set<String> SHOWN =
      Set.of("ledger", "task", "operation", "message", "decision", "process", "trouble");

  private static final CaseHistory.History NOTHING =
      new CaseHistory.History(List.of(), List.of(), List.of());
  private static final int RECENT = 100;
  private static final List<String> MORE = List.of("step", "variable");

  private final Cases cases;
  private final CaseHistory histories;
  private final Verification verification;
  private final Exceptions exceptions;
  private final Holds holds;
  private final Clocks clocks;
  private final Ledger ledger;
  private final Models models;
  private final PastPaths paths;
  private final Paper paper;
  private final Sheets sheets;
  private final Clock clock;
  private final Rights rights;

  AuditPages(
      Cases cases,
      CaseHistory histories,
      Verification verification,
      Exceptions exceptions,
      Holds holds,
      Clocks clocks,
      Ledger ledger,
      Models models,
      PastPaths paths,
      Paper paper,
      Sheets sheets,
      Clock clock,
      Rights rights) {
    this.cases = cases;
    this.histories = histories;
    this.verification = verification;
    this.exceptions = exceptions;
    this.holds = holds;
    this.clocks = clocks;
    this.ledger = ledger;
    this.models = models;
    this.paths = paths;
    this.paper = paper;
    this.sheets = sheets;
    this.clock = clock;
    this.rights = rights;
  }

  /**
   * A visit of a tier.
   *
   * @param clock its time limit, explained
   * @param arrival how the case came there; null where the ledger has no entry of its own for it
   */
  record Visit(Explanation clock, @Nullable LedgerEntry arrival) {}

  @GetMapping("/cases/{number}")
  String ofCase(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String process,
      @RequestParam(required = false) @Nullable List<String> show,
      ModelMap model) {
    rights.mustReadHistory();
    fill(cases.require(CaseNumber.of(number)), process, show, model);
    return "audit-case";
  }

  /** The same on paper, with the way drawn into a picture. */
  @GetMapping("/cases/{number}.pdf")
  ResponseEntity<byte[]> onPaper(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String process,
      @RequestParam(required = false) @Nullable List<String> show,
      ModelMap model,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    rights.mustAudit();
    var customerCase = cases.require(CaseNumber.of(number));
    var history = fill(customerCase, process, show, model);
    var rows = ledger.rows(customerCase.number());
    model.addAttribute("head", rows.get(rows.size() - 1));
    model.addAttribute("madeAt", clock.instant());
    model.addAttribute("picture", picture(history, shown(history, process)));
    return sheets.pdf(
        "audit-paper",
        model,
        Map.of("case", customerCase.number().value()),
        number + ".pdf",
        request,
        response);
  }

  private @Nullable String picture(CaseHistory.History history, PastPaths.@Nullable Process shown) {
    if (shown == null) {
      return null;
    }
    var png = paper.picture(shown, history.stepsOf(shown.id()));
    return png.length == 0
        ? null
        : "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private CaseHistory.History fill(
      CustomerCase customerCase,
      @Nullable String process,
      @Nullable List<String> show,
      ModelMap model) {
    var verified = verification.of(customerCase.number());
    var isReadable = verified.isUnaltered() || isReadable(customerCase.number());
    var history = isReadable ? histories.of(customerCase.number()) : NOTHING;
    List<Explanation> explained = isReadable ? clocks.explain(customerCase.number()) : List.of();
    var more = show == null ? Set.<String>of() : Set.copyOf(show);
    model.addAttribute("case", customerCase);
    model.addAttribute(
        "processes",
        history.processes().stream().filter(each -> !each.isDelivery()).toList());
    model.addAttribute(
        "deliveries",
        history.processes().stream().filter(PastPaths.Process::isDelivery).toList());
    model.addAttribute("shownProcess", shown(history, process));
    model.addAttribute("more", more);
    model.addAttribute("kinds", MORE);
    model.addAttribute(
        "happenings",
        history.happenings().stream()
            .filter(each -> SHOWN.contains(each.kind()) || more.contains(each.kind()))
            .toList());
    model.addAttribute(
        "visits", isReadable ? visits(explained, ledger.of(customerCase.number())) : List.of());
    model.addAttribute("clocks", explained);
    model.addAttribute(
        "badPauses", isReadable ? clocks.badPauses(customerCase.number()) : List.of());
    model.addAttribute("isHeld", isReadable && holds.isHeld(customerCase.number()));
    model.addAttribute("exceptions", exceptions.of(customerCase.number()));
    model.addAttribute("verified", verified);
    return history;
  }

  /** Whether what somebody has altered still reads as a ledger; if not, the page shows that it was altered and nothing else. */
  private boolean isReadable(CaseNumber number) {
    try {
      ledger.of(number);
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      return false;
    }
  }

  /** The one that was asked for, or the path that ran last. */
  private static PastPaths.@Nullable Process shown(
      CaseHistory.History history, @Nullable String asked) {
    return history.processes().stream()
        .filter(each -> each.id().equals(asked))
        .findFirst()
        .or(() -> history.processes().stream()
            .filter(each -> each.key().equals("escalation-path"))
            .reduce((earlier, later) -> later))
        .or(() -> history.processes().stream().findFirst())
        .orElse(null);
  }

  private static List<Visit> visits(List<Explanation> explained, List<LedgerEntry> entries) {
    return explained.stream()
        .filter(each -> each.tier() != null)
        .sorted(Comparator.comparing(Explanation::run))
        .map(clock -> new Visit(clock, arrival(clock, entries)))
        .toList();
  }

  /** The last that had brought it there when the visit's clock started; a tier that was passed has the row that says so. */
  private static @Nullable LedgerEntry arrival(Explanation clock, List<LedgerEntry> entries) {
    return entries.stream()
        .filter(each -> each.seq() <= clock.afterSeq() && isArrival(each, clock))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private static boolean isArrival(LedgerEntry entry, Explanation clock) {
    var tier = switch (entry.what()) {
      case TRIAGED, ESCALATED, RETURNED, REJECTED, REOPENED -> entry.toTier();
      case TIER_PASSED -> entry.fromTier();
      default -> null;
    };
    return tier != null && tier.group().equals(clock.tier());
  }

  // ---- the diagram

  /** A step as the diagram shows it; {@code to} is null while it lasts. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WayStep(
      String element,
      String name,
      Instant from,
      @Nullable Instant to,
      @JsonProperty("cancelled") boolean isCancelled) {}

  record Way(String process, String model, List<WayStep> steps) {}

  @GetMapping(value = "/cases/{number}/way", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  ResponseEntity<Way> way(@PathVariable String number, @RequestParam String process) {
    rights.mustReadHistory();
    var history = histories.of(cases.require(CaseNumber.of(number)).number());
    return history.processes().stream()
        .filter(each -> each.id().equals(process))
        .findFirst()
        .map(each -> ResponseEntity.ok(new Way(
            each.id(),
            "/audit/models/" + each.definition(),
            history.stepsOf(each.id()).stream()
                .map(step -> new WayStep(
                    step.element(),
                    step.name(),
                    step.startedAt(),
                    step.endedAt(),
                    step.isCancelled()))
                .toList())))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  /** For the tab in Cockpit, whose community edition forgets what has ended. */
  @GetMapping(value = "/recent", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  List<PastPaths.Instance> recent(@RequestParam String definition) {
    rights.mustReadHistory();
    return paths.latest(definition, RECENT);
  }

  @GetMapping("/models/{id}")
  @ResponseBody
  ResponseEntity<byte[]> bpmn(@PathVariable String id) {
    rights.mustReadHistory();
    return models
        .bpmn(id)
        .map(bpmn -> ResponseEntity.ok()
            .cacheControl(CacheControl.noCache().cachePrivate())
            .contentType(MediaType.APPLICATION_XML)
            .body(bpmn))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }
}
