package org.escalationpath.review;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.Published;

/** Keeps what a review concluded; the text leaves the process. */
@Published(
    does = "keeps what a review concluded",
    reads = {"reviewId", "conclusion", "debriefId"})
class RecordConclusion implements JavaDelegate {

  private final Reviews reviews;
  private final Journal journal;

  RecordConclusion(Reviews reviews, Journal journal) {
    this.reviews = reviews;
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var review = ReviewModel.REVIEW.from(execution);
    reviews.held(
        review, ReviewModel.CONCLUSION.from(execution), ReviewModel.DEBRIEF.from(execution));
    journal.append("reviewed", Map.of("review", review));
    execution.removeVariable(ReviewModel.CONCLUSION.name());
  }
}
