package org.escalationpath.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.Tier;
import org.junit.jupiter.api.Test;

/** Exceptions in ledgers that today's path does not write, and an older or another one may have written. */
class ExceptionFinderTest {

  private static final List<Tier> TIERS =
      List.of(Tier.of("front-line"), Tier.of("team-lead"), Tier.of("department-manager"));

  private final List<LedgerRow> ledger = new ArrayList<>();

  private void row(String who, String what, String from, String to, String noteId, String details) {
    ledger.add(new LedgerRow(
        "C-000001",
        ledger.size() + 1,
        Instant.parse("2026-11-23T09:00:00Z"),
        who,
        what,
        from,
        to,
        null,
        null,
        noteId,
        null,
        null,
        details,
        null));
  }

  private List<String> found() {
    return ExceptionFinder.find(ledger, TIERS).stream()
        .map(each -> each.row().seq() + " " + each.kind())
        .toList();
  }

  @Test
  void nothingHasNone() {
    assertThat(found()).isEmpty();
  }

  @Test
  void anEscalationWithoutANote() {
    row("agent", "escalated", "front-line", "team-lead", null, null);
    row("lead", "escalated", "team-lead", "department-manager", "a-note-that-may-be-erased", null);

    assertThat(found()).containsExactly("1 escalation-without-note");
  }

  @Test
  void timersAndCustomersNeedNoNoteAndMaySkip() {
    row("system", "escalated", "front-line", "department-manager", null, null);
    row("customer", "escalated", "front-line", "department-manager", null, null);

    assertThat(found()).isEmpty();
  }

  @Test
  void aTierWithNobody() {
    row("system", "tier-skipped", "team-lead", "department-manager", null, null);

    assertThat(found()).containsExactly("1 skipped-tier");
  }

  @Test
  void whoReturnsWhatTheyEscalated() {
    row("agent", "escalated", "front-line", "team-lead", "n", null);
    row("agent", "returned", "team-lead", "front-line", "n", null);

    assertThat(found()).containsExactly("2 escalated-and-decided-by-the-same");
  }

  @Test
  void anAutomaticReplyLeavesAQuestionOpen() {
    row("agent", "message-sent", null, null, null, "{\"question\": true}");
    row("customer", "message-received", null, null, null, "{\"automatic\": true}");
    row("agent", "paused", null, null, null, null);
    row("customer", "message-received", null, null, null, null);
    row("agent", "paused", null, null, null, null);
    row("agent", "paused", null, null, null, "{\"awaited\": \"third-party\"}");

    assertThat(found()).containsExactly("5 pause-without-question");
  }

  @Test
  void aReopenedCaseNeedsAnotherAnswer() {
    row("agent", "solution-proposed", "front-line", "front-line", null, null);
    row("system", "closed", null, null, null, null);
    row("customer", "reopened", "front-line", "front-line", "n", null);
    row("system", "closed", null, null, null, null);

    assertThat(found()).containsExactly("4 closed-without-answer");
  }

  @Test
  void aMailOfTheSystemIsNoAnswer() {
    row("system", "message-sent", null, null, null, "{\"channel\": \"email\"}");
    row("system", "closed", null, null, null, null);

    assertThat(found()).containsExactly("2 closed-without-answer");
  }

  @Test
  void aPromiseThatIsDueIsNoReminderOfTheTier() {
    row("system", "reminded", "front-line", "front-line", null, "{\"points\": \"update\"}");

    assertThat(found()).isEmpty();
  }
}
