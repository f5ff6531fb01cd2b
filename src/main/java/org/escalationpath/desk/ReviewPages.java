package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.improvement.Debriefs.ImprovementAction;
import org.escalationpath.improvement.Remarks;
import org.escalationpath.review.EvidenceRoom;
import org.escalationpath.review.Reviews;
import org.escalationpath.review.Reviews.Review;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Reviews of whether the path works: their evidence, on the page and on paper, and what was concluded. */
@Page
@RequestMapping("/metrics/reviews")
class ReviewPages {

  private final Reviews reviews;
  private final EvidenceRoom evidence;
  private final Debriefs debriefs;
  private final Remarks remarks;
  private final Sheets sheets;
  private final Rights rights;
  private final Clock clock;

  ReviewPages(
      Reviews reviews,
      EvidenceRoom evidence,
      Debriefs debriefs,
      Remarks remarks,
      Sheets sheets,
      Rights rights,
      Clock clock) {
    this.reviews = reviews;
    this.evidence = evidence;
    this.debriefs = debriefs;
    this.remarks = remarks;
    this.sheets = sheets;
    this.rights = rights;
    this.clock = clock;
  }

  @PostMapping
  ModelAndView begin() {
    rights.mustPlan();
    var done = !evidence.isReady()
        ? "dashboard.incomplete"
        : reviews.begin() ? "review.begun" : "review.begun-already";
    return Redirects.to("/metrics/improvement", done);
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, ModelMap page) {
    fill(id, page);
    return "review";
  }

  @GetMapping("/{id}.pdf")
  ResponseEntity<byte[]> onPaper(
      @PathVariable String id,
      ModelMap page,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    var review = fill(id, page);
    page.addAttribute("madeAt", clock.instant());
    return sheets.pdf(
        "review-paper",
        page,
        Map.of("review", id),
        "effectiveness-review-%s.pdf".formatted(review.evidence().to()),
        request,
        response);
  }

  private Review fill(String id, ModelMap page) {
    rights.mustReadHistory();
    var review = reviews.find(id).orElseThrow(NoSuchLink::new);
    var actions = debriefs.actions(Instant.EPOCH).stream()
        .collect(Collectors.toMap(ImprovementAction::id, Function.identity()));
    page.addAttribute("review", review);
    page.addAttribute("evidence", review.evidence());
    page.addAttribute("actions", actions);
    page.addAttribute(
        "overdue",
        review.evidence().overdue().stream()
            .map(actions::get)
            .filter(Objects::nonNull)
            .toList());
    page.addAttribute(
        "decided",
        actions.values().stream()
            .filter(each -> each.debrief().equals(review.debrief()))
            .sorted(Comparator.comparingInt(ImprovementAction::position))
            .toList());
    page.addAttribute("remarks", remarks.of(review.evidence().remarks()));
    return review;
  }
}
