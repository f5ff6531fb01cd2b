package org.escalationpath.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What seals hold of the terms of some cases. */
final class SealedTerms {

  /** @param hash that the term had when it was sealed */
  private record Entry(int seal, String hash) {}

  private record Place(String chain, int seq) {}

  private final Map<Place, Entry> entries = new HashMap<>();
  private final Map<String, Integer> last = new HashMap<>();
  private final TermChain chain = new TermChain();

  SealedTerms(JdbcClient jdbc, List<String> cases) {
    if (!cases.isEmpty()) {
      jdbc.sql("select chain, seq, hash, seal from seal_entry where chain in (:chains)")
          .param("chains", cases.stream().map(TermRow::chainOf).toList())
          .query(row -> {
            var place = new Place(row.getString("chain"), row.getInt("seq"));
            entries.put(place, new Entry(row.getInt("seal"), row.getString("hash")));
            last.merge(place.chain(), place.seq(), Math::max);
          });
    }
  }

  /** A row of the ledger of one of the cases, as {@link TermChain#ledgerRow}. */
  void ledgerRow(String caseNumber, int seq, String what, boolean isSealed) {
    chain.ledgerRow(caseNumber, seq, what, isSealed);
  }

  /** As {@link TermChain#check}. */
  void check(TermRow term, Verifier verifier) {
    var entry = entry(term);
    chain.check(
        term, entry == null ? null : entry.seal(), entry == null ? null : entry.hash(), verifier);
  }

  /** In the order of their chains and places. */
  Verifier.Row row(TermRow term) {
    var entry = entry(term);
    return chain.row(
        term, entry == null ? null : entry.seal(), entry == null ? null : entry.hash());
  }

  private @Nullable Entry entry(TermRow term) {
    return entries.get(new Place(term.chain(), term.seq()));
  }

  /** The place of the last term of the case that is sealed; 0 where none is. */
  int last(String chain) {
    return last.getOrDefault(chain, 0);
  }
}
