package org.escalationpath.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.escalationpath.cases.Chain;
import org.jspecify.annotations.Nullable;

/**
 * Checks chains and seals: first it is told of all seals, then of all rows, sorted by chain and place, and holds neither. Knows
 * no database, so that an export is checked by the same rules.
 */
final class Verifier {

  /** So that a database full of nonsense does not fill the memory. */
  private static final int MOST_PROBLEMS = 1_000;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<Integer, Seal> seals = new HashMap<>();
  private final Map<Integer, MessageDigest> roots = new HashMap<>();
  private final Map<Integer, Integer> counted = new HashMap<>();
  private final Set<Integer> missingSeals = new HashSet<>();
  private final boolean isWhole;

  private @Nullable Seal lastSeal;
  private @Nullable String chain;
  private int lastSeq;
  private @Nullable String lastHash;
  private long rows;
  private long unsealed;

  /** @param isWhole whether all rows of all chains will come, without which roots cannot be computed */
  Verifier(boolean isWhole) {
    this.isWhole = isWhole;
  }

  /** @param hashAfter the hash that the row must have behind one with the given hash */
  record Row(
      String chain,
      int seq,
      @Nullable String hash,
      UnaryOperator<@Nullable String> hashAfter,
      @Nullable Integer seal,
      @Nullable String sealedHash) {}

  /** In the order of their numbers. */
  void seal(Seal seal) {
    var expected = lastSeal == null ? 1 : lastSeal.no() + 1;
    if (isWhole && seal.no() != expected) {
      add("seals", expected, "seal-missing", "Seal %d is missing".formatted(expected));
    }
    seals.put(seal.no(), seal);
    roots.put(
        seal.no(),
        Seal.begin(
            lastSeal == null ? null : lastSeal.root(), seal.no(), seal.sealedAt(), seal.rows()));
    lastSeal = seal;
  }

  void row(Row row) {
    if (!row.chain().equals(chain)) {
      begin(row.chain());
    }
    rows++;
    var expected = lastSeq + 1;
    if (row.seq() < expected) {
      add(
          row.chain(),
          row.seq(),
          "out-of-order",
          "Row %d comes behind row %d".formatted(row.seq(), lastSeq));
    } else if (row.seq() > expected) {
      add(
          row.chain(),
          expected,
          "missing",
          expected == row.seq() - 1
              ? "Row %d is missing".formatted(expected)
              : "Rows %d to %d are missing".formatted(expected, row.seq() - 1));
    }
    check(row, row.seq() == expected);
    seal(row);
    lastSeq = row.seq();
    lastHash = row.hash();
  }

  private void check(Row row, boolean followsTheLast) {
    if (row.sealedHash() != null && !row.sealedHash().equals(row.hash())) {
      add(
          row.chain(),
          row.seq(),
          "changed",
          "Row %d is not the one that seal %d sealed".formatted(row.seq(), row.seal()));
    } else if (row.hash() != null
        && followsTheLast
        && !row.hash().equals(row.hashAfter().apply(lastHash))) {
      add(
          row.chain(),
          row.seq(),
          "changed",
          "Row %d does not fit its own hash and the row before it".formatted(row.seq()));
    }
  }

  private void seal(Row row) {
    if (row.seal() == null) {
      unsealed++;
      return;
    }
    var root = roots.get(row.seal());
    if (isWhole && root == null && missingSeals.add(row.seal())) {
      add(
          "seals",
          row.seal(),
          "seal-missing",
          "Seal %d is missing, though rows are sealed by it".formatted(row.seal()));
    }
    if (root != null && row.hash() != null) {
      Seal.add(root, row.chain(), row.seq(), row.hash());
      counted.merge(row.seal(), 1, Integer::sum);
    }
  }

  private void begin(String next) {
    chain = next;
    lastSeq = 0;
    lastHash = null;
  }

  /** The chain was known to be this long; to be called behind its last row, or where it has none. */
  void mustReach(String ofChain, int seq) {
    var reached = ofChain.equals(chain) ? lastSeq : 0;
    if (reached < seq) {
      add(
          ofChain,
          reached + 1,
          "missing",
          reached + 1 == seq
              ? "Row %d, the last, is missing".formatted(seq)
              : "Rows %d to %d, the last, are missing".formatted(reached + 1, seq));
    }
  }

  void add(String ofChain, @Nullable Integer seq, String kind, String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(ofChain, seq, kind, text));
    }
  }

  /**
   * Compares what somebody outside has kept; to be called behind the last seal.
   *
   * @param upTo roots of later seals are not looked for
   */
  void witness(Map<Integer, String> kept, int upTo) {
    kept.forEach((no, root) -> {
      var ours = seals.get(no);
      if (no > upTo) {
        return;
      }
      if (ours == null) {
        add(
            "seals",
            no,
            "seal-missing",
            "Seal %d was written outside, but is missing here".formatted(no));
      } else if (!ours.root().equals(root)) {
        add(
            "seals",
            no,
            "witness-differs",
            "Seal %d has another root than the one written outside".formatted(no));
      }
    });
  }

  /** To be called behind the last row. */
  Verification.Report report(java.time.Instant at) {
    if (isWhole) {
      roots.keySet().stream().sorted().forEach(this::checkRoot);
    }
    return new Verification.Report(
        at, rows, unsealed, seals.size(), lastSeal, List.copyOf(problems));
  }

  private void checkRoot(int no) {
    var seal = seals.get(no);
    var count = counted.getOrDefault(no, 0);
    if (seal != null && count != seal.rows()) {
      add(
          "seals",
          no,
          "seal-changed",
          "Seal %d of %s covered %d rows; %d are there"
              .formatted(no, seal.day(), seal.rows(), count));
    } else if (seal != null && !Chain.hex(roots.get(no)).equals(seal.root())) {
      add(
          "seals",
          no,
          "seal-changed",
          "Seal %d of %s does not fit its rows: they or it have been changed"
              .formatted(no, seal.day()));
    }
  }
}
