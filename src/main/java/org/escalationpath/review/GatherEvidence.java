package org.escalationpath.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Keeps the evidence of a period that ends with yesterday, as it is now. */
@Published(
    does =
        "gathers the numbers of a period beside those of the one before, and what people found and said",
    inputs =
        @Published.Input(
            name = "period",
            label = "Period",
            does = "how long the period is that ends with yesterday, like P1M for a month",
            isRequired = true),
    writes = "reviewId")
class GatherEvidence implements JavaDelegate {

  private final EvidenceRoom room;
  private final Reviews reviews;

  GatherEvidence(EvidenceRoom room, Reviews reviews) {
    this.room = room;
    this.reviews = reviews;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ReviewModel.REVIEW.set(execution, reviews.keep(room.of(ReviewModel.PERIOD.from(execution))));
  }
}
