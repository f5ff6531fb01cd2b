package org.escalationpath.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Terms that came with what the ledger says are no findings, and those that somebody put in are. */
class TermChainTest {

  private static final String CASE = "C-000017";

  private final TermChain chain = new TermChain();
  private final Verifier verifier = new Verifier(false);
  private int place;

  private void term(
      String kind, int run, int number, int afterSeq, String why, @Nullable Integer seal) {
    var values = new ArrayList<@Nullable String>();
    for (var name : TermRow.NAMES) {
      values.add(
          switch (name) {
            case "kind" -> kind;
            case "run" -> String.valueOf(run);
            case "term" -> String.valueOf(number);
            case "afterSeq" -> String.valueOf(afterSeq);
            case "why" -> why;
            default -> "x";
          });
    }
    place++;
    var row = new TermRow(TermRow.chainOf(CASE), place, values);
    chain.check(row, seal, seal == null ? null : "the hash that was sealed", verifier);
  }

  private List<Integer> added() {
    return verifier.report(Instant.EPOCH).problems().stream()
        .filter(each -> each.kind().equals("term-added"))
        .map(Problem::seq)
        .toList();
  }

  @Test
  void whatTheLedgerSaysIsNoFinding() {
    chain.ledgerRow(CASE, 1, "opened", true);
    chain.ledgerRow(CASE, 5, "priority-changed", true);
    chain.ledgerRow(CASE, 8, "replanned", false);

    term("first-response", 1, 1, 1, "start", null);
    term("tier", 1, 1, 2, "start", null);
    term("tier", 1, 2, 2, "catch-up", null);
    term("tier", 1, 3, 5, "priority-changed", null);
    term("tier", 1, 4, 7, "replanned", null);

    assertThat(added()).isEmpty();
  }

  @Test
  void whatNothingInTheLedgerSaysIsOne() {
    chain.ledgerRow(CASE, 5, "escalated", false);

    term("tier", 1, 1, 2, "start", null);
    term("tier", 1, 2, 5, "priority-changed", null);
    term("tier", 1, 3, 4, "replanned", null);
    term("tier", 1, 4, 4, "start", null);
    term("tier", 1, 5, 4, "because", null);

    assertThat(added()).containsExactly(2, 3, 4, 5);
  }

  @Test
  void aFairLimitComesWithTheStartOfItsClockAndNeverLater() {
    chain.ledgerRow(CASE, 5, "escalated", true);

    term("tier", 1, 1, 2, "start", 3);
    term("tier", 1, 2, 2, "catch-up", 4);
    term("tier", 2, 1, 4, "start", 4);
    term("tier", 2, 2, 4, "catch-up", 4);
    term("tier", 1, 3, 4, "catch-up", 4);

    assertThat(added()).containsExactly(2, 5);
  }

  @Test
  void behindTheLastRowThatIsSealedThereIsNoOther() {
    chain.ledgerRow(CASE, 5, "escalated", true);

    term("tier", 1, 1, 2, "start", 3);
    term("tier", 2, 1, 5, "start", null);

    assertThat(added()).containsExactly(2);
  }
}
