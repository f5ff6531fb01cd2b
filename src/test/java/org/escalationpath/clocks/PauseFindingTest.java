package org.escalationpath.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.cases.What.MESSAGE_RECEIVED;
import static org.escalationpath.cases.What.MESSAGE_SENT;
import static org.escalationpath.cases.What.OPENED;
import static org.escalationpath.cases.What.PAUSED;
import static org.escalationpath.cases.What.RESUMED;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pauses that are not what they should be are found in the ledger. */
class PauseFindingTest {

  private static final Map<String, Object> QUESTION = Map.of("question", true);
  private static final Map<String, Object> AUTOMATIC = Map.of("automatic", true);

  private static Story asked() {
    return new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .at("2026-11-23T10:00:00Z", MESSAGE_SENT, "agent", null, QUESTION)
        .at("2026-11-23T10:00:00Z", PAUSED);
  }

  @Test
  void aPauseWithItsQuestionAndItsAnswerIsFine() {
    var story = asked()
        .at("2026-11-23T11:00:00Z", MESSAGE_RECEIVED, "customer", null, AUTOMATIC)
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        // the two entries of one command may lie on both sides of a second
        .at("2026-11-23T12:00:01.2Z", RESUMED)
        .at("2026-11-23T13:00:00Z", MESSAGE_RECEIVED, "customer");

    assertThat(PauseFinding.of(story.ledger())).isEmpty();
  }

  @Test
  void aPauseWithoutAQuestionIsFound() {
    var story = new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .at("2026-11-23T09:30:00Z", MESSAGE_SENT, "agent", null, Map.of("question", false))
        .at("2026-11-23T10:00:00Z", PAUSED, "agent");

    assertThat(PauseFinding.of(story.ledger())).singleElement().satisfies(finding -> {
      assertThat(finding.kind()).isEqualTo("pause-without-question");
      assertThat(finding.from()).isEqualTo("2026-11-23T10:00:00Z");
      assertThat(finding.text()).contains("agent stopped the clocks on 2026-11-23T10:00:00Z");
    });
  }

  @Test
  void theAnswerToAnEarlierQuestionAsksForNothing() {
    var story = asked()
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T12:00:00Z", RESUMED)
        .at("2026-11-23T14:00:00Z", PAUSED);

    assertThat(PauseFinding.of(story.ledger()))
        .extracting(PauseFinding::kind)
        .containsExactly("pause-without-question");
  }

  @Test
  void aPauseThatGoesOnAfterTheAnswerIsFoundWhetherOrNotItEnded() {
    var lasting = asked().at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer");
    assertThat(PauseFinding.of(lasting.ledger())).singleElement().satisfies(finding -> {
      assertThat(finding.kind()).isEqualTo("pause-after-answer");
      assertThat(finding.isLasting()).isTrue();
      assertThat(finding.from()).isEqualTo("2026-11-23T10:00:00Z");
      assertThat(finding.text()).contains("2026-11-23T12:00:00Z");
    });

    var ended = asked()
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        .at("2026-11-23T13:00:00Z", RESUMED);
    assertThat(PauseFinding.of(ended.ledger()))
        .extracting(PauseFinding::kind, PauseFinding::isLasting)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("pause-after-answer", false));
  }

  @Test
  void aSecondQuestionDuringTheWaitChangesNothing() {
    var story = asked()
        .at("2026-11-23T11:00:00Z", MESSAGE_SENT, "agent", null, QUESTION)
        .at("2026-11-23T11:00:00Z", PAUSED);

    assertThat(PauseFinding.of(story.ledger())).isEmpty();
  }

  @Test
  void aWaitForAThirdPartyNeedsNoQuestionToTheCustomerAndNoAnswerOfTheirs() {
    var story = new Story()
        .at("2026-11-23T09:00:00Z", OPENED)
        .thirdParty("2026-11-23T10:00:00Z", PAUSED)
        .at("2026-11-23T11:00:00Z", MESSAGE_RECEIVED, "customer");
    assertThat(PauseFinding.of(story.ledger())).isEmpty();

    var both = asked()
        .thirdParty("2026-11-23T10:30:00Z", PAUSED)
        .at("2026-11-23T12:00:00Z", MESSAGE_RECEIVED, "customer")
        .thirdParty("2026-11-23T12:00:00Z", RESUMED)
        .at("2026-11-23T14:00:00Z", RESUMED);
    assertThat(PauseFinding.of(both.ledger()))
        .extracting(PauseFinding::kind)
        .containsExactly("pause-after-answer");
  }
}
