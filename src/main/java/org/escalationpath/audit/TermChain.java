package org.escalationpath.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;

/**
 * The chains of the terms of cases, whose hashes only the seals hold: their rows for the {@link Verifier}, and whether each came with
 * what its case's ledger says. Rows of ledgers come first, then terms in the order of their chains and places.
 */
final class TermChain {

  /** What changes what a clock that runs is held to. */
  static final Set<String> CAUSES =
      Set.of(What.REPLANNED.toString(), What.PRIORITY_CHANGED.toString());

  private record Place(String caseNumber, int seq) {}

  private final Map<Place, String> causes = new HashMap<>();
  private final Set<String> whollySealed = new HashSet<>();

  private @Nullable TermRow last;
  private @Nullable Integer lastSeal;
  private @Nullable String lastHash;

  /** A row of a case's ledger, in order. */
  void ledgerRow(String caseNumber, int seq, String what, boolean isSealed) {
    if (CAUSES.contains(what)) {
      causes.put(new Place(caseNumber, seq), what);
    }
    if (isSealed) {
      whollySealed.add(caseNumber);
    } else {
      whollySealed.remove(caseNumber);
    }
  }

  /** The term's row, which is told to the verifier with what is wrong with it. */
  void check(TermRow term, @Nullable Integer seal, @Nullable String sealedHash, Verifier verifier) {
    var before = last != null && last.chain().equals(term.chain()) ? last : null;
    var sealBefore = lastSeal;
    verifier.row(row(term, seal, sealedHash));
    if (!hasCause(term, before, Objects.equals(seal, sealBefore))) {
      verifier.add(
          term.chain(),
          term.seq(),
          "term-added",
          "Nothing in the ledger says why there is term %d (%s)"
              .formatted(term.seq(), term.value("why")));
    } else if (seal == null
        && before != null
        && sealBefore != null
        && whollySealed.contains(term.caseNumber())) {
      verifier.add(
          term.chain(),
          term.seq(),
          "term-added",
          "Term %d came without a row of the ledger".formatted(term.seq()));
    }
  }

  /** As the verifier needs it. */
  Verifier.Row row(TermRow term, @Nullable Integer seal, @Nullable String sealedHash) {
    var follows = last != null && last.chain().equals(term.chain());
    var hash = term.hashAfter(follows ? lastHash : null);
    last = term;
    lastSeal = seal;
    lastHash = sealedHash == null ? hash : sealedHash;
    return new Verifier.Row(term.chain(), term.seq(), hash, ignored -> hash, seal, sealedHash);
  }

  /** A clock starts once; what it is held to changes with a row of the ledger, or right behind its start. */
  private boolean hasCause(TermRow term, @Nullable TermRow before, boolean isSealedTogether) {
    var afterSeq = Integer.parseInt(Objects.requireNonNullElse(term.value("afterSeq"), "0"));
    var why = String.valueOf(term.value("why"));
    return switch (why) {
      case "start" -> "1".equals(term.value("term"));
      case "catch-up" ->
        before != null
            && isSealedTogether
            && "start".equals(before.value("why"))
            && Objects.equals(before.value("kind"), term.value("kind"))
            && Objects.equals(before.value("run"), term.value("run"));
      // written before the row that says so
      case "replanned" -> why.equals(causes.get(new Place(term.caseNumber(), afterSeq + 1)));
      // and this behind it
      case "priority-changed" -> why.equals(causes.get(new Place(term.caseNumber(), afterSeq)));
      default -> false;
    };
  }
}
