package org.escalationpath.survey;

import java.time.Instant;
import org.escalationpath.cases.CaseNumber;
import org.jspecify.annotations.Nullable;

/**
 * One survey: about one closing of a case, or whether its customer would recommend us.
 *
 * @param kind {@link #FOLLOW_UP} or {@link #NPS}
 * @param state {@code planned}, {@code suppressed}, {@code answered}, {@code final}, {@code expired} or {@code cancelled}
 * @param recommendation how likely the customer is to recommend us, 0 (not at all) to 10 (extremely)
 * @param csat satisfaction, 1 (very dissatisfied) to 5 (very satisfied)
 * @param ces "made it easy for me to handle my issue", 1 (strongly disagree) to 7 (strongly agree)
 * @param solved whether the customer says the problem was solved
 * @param contacts how often the customer says that they had to contact us, 1 to 4, where 4 is four times or more
 */
public record Survey(
    String id,
    CaseNumber caseNumber,
    String kind,
    String state,
    @Nullable Instant answeredAt,
    @Nullable Integer recommendation,
    @Nullable Integer csat,
    @Nullable Integer ces,
    @Nullable Boolean solved,
    @Nullable Integer contacts,
    @Nullable String comment) {

  /** About the case that has just been closed. */
  public static final String FOLLOW_UP = "follow-up";

  /** Whether they would recommend us, asked quarter by quarter. */
  public static final String NPS = "nps";

  public boolean isNps() {
    return kind.equals(NPS);
  }

  /** Whether the customer may answer, or change the answer. */
  public boolean isOpen() {
    return state.equals("planned") || isAnswered();
  }

  public boolean isAnswered() {
    return state.equals("answered");
  }
}
