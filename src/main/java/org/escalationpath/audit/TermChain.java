package org.escalationpath.audit;

import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;

/**
 * The chains of the terms of cases. Nothing but the seals holds their hashes; until the next seal there is nothing to compare a term
 * with.
 */
final class TermChain {

  private @Nullable String before;

  /** In the order of their chains and places. */
  Verifier.Row row(TermRow term, @Nullable Integer seal, @Nullable String sealedHash) {
    var hash = term.hashAfter(term.seq() == 1 ? null : before);
    before = sealedHash == null ? hash : sealedHash;
    return new Verifier.Row(term.chain(), term.seq(), hash, ignored -> hash, seal, sealedHash);
  }
}
