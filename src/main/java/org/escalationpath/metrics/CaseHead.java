package org.escalationpath.metrics;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a case besides its ledger.
 *
 * @param imported the import that it came with; null for our own
 * @param customer whose case it is, as a number that says nothing else; 0 where nobody knows
 * @param contactedAgainAt when the same customer next opened a case of the same category after the first solution; null where that
 *     has not happened
 * @param knowsMessages whether the ledger says what was written to the customer; of our own cases it does
 * @param knowsClaims whether the ledger says who took the case; of our own cases it does
 */
record CaseHead(
    String number,
    @Nullable String imported,
    long customer,
    Priority priority,
    @Nullable String category,
    @Nullable String product,
    String channel,
    String segment,
    Instant openedAt,
    @Nullable Instant contactedAgainAt,
    List<SurveyState> surveys,
    boolean knowsMessages,
    boolean knowsClaims) {

  /**
   * A survey about a closing of the case, or whether its customer would recommend us.
   *
   * @param kind {@link org.escalationpath.survey.Survey#FOLLOW_UP} or {@link org.escalationpath.survey.Survey#NPS}
   * @param state as {@link org.escalationpath.survey.Survey#state}
   * @param askAt when the invitation leaves; null where none does
   * @param endedAt when it was cancelled or expired; null otherwise
   */
  record SurveyState(
      String kind,
      String state,
      @Nullable String suppressed,
      Instant createdAt,
      @Nullable Instant askAt,
      @Nullable Instant endedAt) {}
}
