package org.escalationpath.desk;

import java.util.Optional;
import java.util.regex.Pattern;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.engine.StepRemark;
import org.escalationpath.engine.Worklist;
import org.escalationpath.improvement.Remarks;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What staff says at the foot of every page: this step does not fit. And what the process owner answers. */
@Page
class RemarkPages {

  /** A page of ours, with what was asked for; a browser makes another server's address of two slashes. */
  private static final Pattern PAGE = Pattern.compile("/(?![/\\\\])[!-z|~]{0,1000}");

  private static final Pattern OF_A_CASE =
      Pattern.compile("/(?:cases|audit/cases)/(C-\\d{1,12})(?:[/?].*)?");

  /** Names of cases, versions and other things: which of them it was could tell who it was. */
  private static final Pattern NAMES = Pattern.compile("(?<=/)[^/]*\\d[^/]*");

  private final Remarks remarks;
  private final Cases cases;
  private final Worklist worklist;
  private final Rights rights;

  RemarkPages(Remarks remarks, Cases cases, Worklist worklist, Rights rights) {
    this.remarks = remarks;
    this.cases = cases;
    this.worklist = worklist;
    this.rights = rights;
  }

  @PostMapping("/remarks")
  ModelAndView remark(
      @RequestParam(defaultValue = "/") String page,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(required = false) boolean anonymously) {
    rights.mustBeStaff();
    var here = PAGE.matcher(page).matches() ? page : "/";
    var number = caseOf(here);
    var step = number.flatMap(each -> worklist.onPath("escalation-path", each.value()));
    remarks.keep(new StepRemark(
        step.map(Worklist.Work::definition).orElse(null),
        step.map(Worklist.Work::element).orElse(null),
        step.map(Worklist.Work::name).orElse(null),
        NAMES.matcher(here.replaceFirst("\\?.*", "")).replaceAll("{…}"),
        number.map(CaseNumber::value).orElse(null),
        text,
        anonymously));
    return Redirects.to(here + "#told", "told", "remark.done");
  }

  private Optional<CaseNumber> caseOf(String page) {
    var matched = OF_A_CASE.matcher(page);
    return matched.matches()
        ? Optional.of(CaseNumber.of(matched.group(1)))
            .filter(number -> cases.find(number).isPresent())
        : Optional.empty();
  }

  @PostMapping("/remarks/{id}/answer")
  ModelAndView answer(
      @PathVariable String id, @RequestParam(required = false) @Nullable String answer) {
    rights.mustPlan();
    return Redirects.to(
        "/metrics/improvement",
        remarks.answer(id, answer) ? "remark.answered" : "remark.answered-already");
  }
}
