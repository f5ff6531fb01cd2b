package org.escalationpath.survey;

import org.escalationpath.cases.FreeText;
import org.jspecify.annotations.Nullable;

/**
 * How likely the customer says they are to recommend us.
 *
 * @param score 0 (not at all) to 10 (extremely)
 * @param comment at most {@link Answer#LONGEST_COMMENT} characters; may be left out
 */
public record Recommendation(int score, @Nullable String comment) {

  public static final int HIGHEST = 10;

  public Recommendation {
    if (score < 0 || score > HIGHEST) {
      throw new IllegalArgumentException("'score' must be from 0 to " + HIGHEST);
    }
    comment = FreeText.optional("comment", comment, Answer.LONGEST_COMMENT);
  }
}
