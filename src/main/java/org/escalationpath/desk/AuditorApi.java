package org.escalationpath.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Finding;
import org.escalationpath.auditor.Findings;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FreeText;
import org.escalationpath.escalation.EscalationProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the escalation auditor found, its repair, and putting running clocks under a new policy or calendar. */
@RestController
@RequestMapping("/api")
@Tag(
    name = "auditor",
    description = "Whether each open case waits where it should and its next deadline is armed")
class AuditorApi {

  private static final Logger log = LoggerFactory.getLogger(AuditorApi.class);
  private static final int PAGE = 500;

  private final EscalationAuditor auditor;
  private final Findings findings;
  private final EscalationProcess escalation;
  private final Cases cases;
  private final Rights rights;

  AuditorApi(
      EscalationAuditor auditor,
      Findings findings,
      EscalationProcess escalation,
      Cases cases,
      Rights rights) {
    this.auditor = auditor;
    this.findings = findings;
    this.escalation = escalation;
    this.cases = cases;
    this.rights = rights;
  }

  record FindingView(
      @Nullable String caseNumber,
      String kind,
      String text,
      Instant foundAt,
      @Nullable Instant goneAt,
      @Nullable String incidentId) {

    static FindingView of(Finding finding) {
      return new FindingView(
          finding.caseNumber() == null ? null : finding.caseNumber().value(),
          finding.kind(),
          finding.text(),
          finding.foundAt(),
          finding.goneAt(),
          finding.incidentId());
    }
  }

  record AuditorView(Findings.@Nullable Run lastRun, List<FindingView> findings) {}

  @GetMapping("/auditor")
  @Operation(summary = "What the escalation auditor found and still lasts, and its last run")
  AuditorView state() {
    rights.mustBeStaff();
    return new AuditorView(
        findings.lastRun().orElse(null),
        findings.lasting().stream().map(FindingView::of).toList());
  }

  @PostMapping("/auditor/run")
  @Operation(summary = "Check all open cases now instead of within the next minute")
  AuditorView run() {
    rights.mustPlan();
    auditor.run();
    return state();
  }

  record Why(@Nullable String why) {}

  record Repaired(List<FindingView> stillWrong) {}

  @PostMapping("/cases/{number}/repair")
  @Operation(
      summary = "Put the timers and the task of a case where its clocks say",
      description =
          "Answers what is still wrong after that; the ledger says what was done, by whom and why")
  Repaired repair(@PathVariable String number, @RequestBody Why request) {
    rights.mustPlan();
    var of = cases.require(CaseNumber.of(number)).number();
    return new Repaired(
        auditor.repair(of, request.why()).stream().map(FindingView::of).toList());
  }

  record Replanning(@Nullable String why, @Nullable List<String> cases) {}

  record Replanned(int replanned, List<String> failed) {}

  @PostMapping("/replanning")
  @Operation(
      summary = "Put running clocks under the policy and the calendars of now",
      description =
          "Of the cases named, or of all that have not ended. What the clocks have used is kept, their timers move with them, and"
              + " each case's ledger says so. Each case is a transaction of its own; those that failed are listed")
  Replanned replan(@RequestBody Replanning request) {
    rights.mustPlan();
    var why = FreeText.require("why", request.why(), 2_000);
    var failed = new ArrayList<String>();
    var done = 0;
    for (var number : request.cases() == null ? notEnded() : named(request.cases())) {
      try {
        escalation.replan(number, why);
        done++;
      } catch (RuntimeException e) {
        log.warn("The clocks of case {} were not replanned", number, e);
        failed.add(number.value());
      }
    }
    return new Replanned(done, failed);
  }

  private List<CaseNumber> named(List<String> numbers) {
    return numbers.stream()
        .map(CaseNumber::of)
        .map(number -> cases.require(number).number())
        .toList();
  }

  private List<CaseNumber> notEnded() {
    var numbers = new ArrayList<CaseNumber>();
    for (var page = cases.notEnded(null, PAGE); !page.isEmpty(); ) {
      page.stream().map(CustomerCase::number).forEach(numbers::add);
      page = cases.notEnded(page.get(page.size() - 1).number(), PAGE);
    }
    return numbers;
  }
}
