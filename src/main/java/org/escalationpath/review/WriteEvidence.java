package org.escalationpath.review;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.TaskTexts;
import org.escalationpath.metrics.Estimate.Verdict;

/** Tells who holds the review what stands out, and where the evidence is. */
@Published(
    does = "writes what stands out in the evidence of a review (create)",
    reads = "reviewId",
    writes = {"brief", "caseLink"})
class WriteEvidence implements TaskListener {

  private final Reviews reviews;
  private final Links links;

  WriteEvidence(Reviews reviews, Links links) {
    this.reviews = reviews;
    this.links = links;
  }

  @Override
  public void notify(DelegateTask task) {
    var review = reviews.find(ReviewModel.REVIEW.from(task)).orElseThrow();
    var evidence = review.evidence();
    TaskTexts.show(
        task,
        brief(evidence),
        "%s to %s".formatted(evidence.from(), evidence.to()),
        null,
        links.to("/metrics/reviews/" + review.id()));
  }

  static String brief(Evidence evidence) {
    var text = new StringBuilder(
        "From %s to %s, beside the period before. What differs by more than chance:"
            .formatted(evidence.from(), evidence.to()));
    var differing = evidence.byDistinguishable().get(true);
    for (var line : differing) {
      text.append("\n- %s is %s"
          .formatted(
              line.metric().code().replace('-', ' '),
              line.verdict() == Verdict.HIGHER ? "higher" : "lower"));
    }
    if (differing.isEmpty()) {
      text.append("\n- nothing");
    }
    text.append(
        "\n\nOverdue improvement actions: %d. Exceptions that auditors look for: %d. Remarks of staff: %d."
            .formatted(
                evidence.overdue().size(),
                evidence.exceptions().stream()
                    .mapToLong(Evidence.ExceptionCount::now)
                    .sum(),
                evidence.remarks().size()));
    evidence.themes().stream()
        .findFirst()
        .ifPresent(theme -> text.append(
            " Most debriefs found: %s (%d).".formatted(theme.theme(), theme.debriefs())));
    return text.toString();
  }
}
