package org.escalationpath.review;

import java.time.Period;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/effectiveness-review.bpmn}. */
@ModelInterface(process = ReviewModel.KEY)
final class ReviewModel {

  static final String KEY = "effectiveness-review";
  static final String TASK = "userTask_holdReview";

  static final Variable<Period> PERIOD = Variable.text("period", Period::parse);
  static final Variable<String> REVIEW = Variable.text("reviewId");
  static final Variable<String> DEBRIEF = Variable.text("debriefId");
  static final Variable<String> CONCLUSION = Variable.text("conclusion");

  private ReviewModel() {}
}
