package org.escalationpath.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.metrics.ImportedCase;
import org.jspecify.annotations.Nullable;

/** Makes cases of the rows of a log, a chunk at a time, so that not all ledgers are in memory at once. */
final class Assembly {

  private static final int CHUNK = 1_000;

  private final String id;
  private final Mapping mapping;
  private final List<String> tiers;
  private final Map<String, List<LogRow>> rows;
  private final Map<String, TreeSet<Instant>> openings = new HashMap<>();

  Assembly(String id, Mapping mapping, List<String> tiers, Map<String, List<LogRow>> rows) {
    this.id = id;
    this.mapping = mapping;
    this.tiers = tiers;
    this.rows = rows;
    if (mapping.customer() != null) {
      rows.values().forEach(this::noteOpening);
    }
  }

  private void noteOpening(List<LogRow> all) {
    var last = last(all);
    if (last.customer() != 0 && last.category() != null) {
      openings.computeIfAbsent(key(last), key -> new TreeSet<>()).add(opened(all));
    }
  }

  private static String key(LogRow row) {
    return row.customer() + " " + row.category();
  }

  /** How it stood in the end. */
  private static LogRow last(List<LogRow> all) {
    var last = all.get(0);
    for (var row : all) {
      last = row.at().isBefore(last.at()) ? last : row;
    }
    return last;
  }

  private static Instant opened(List<LogRow> all) {
    var first = all.get(0);
    for (var row : all) {
      first = row.at().isBefore(first.at()) ? row : first;
    }
    return first.opened() == null || first.opened().isAfter(first.at())
        ? first.at()
        : first.opened();
  }

  /** @param without the numbers of those that are there already */
  Iterable<List<ImportedCase>> chunks(Set<String> without) {
    var keys = rows.keySet().stream().filter(key -> !without.contains(key)).iterator();
    return () -> new Iterator<>() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public List<ImportedCase> next() {
        var chunk = new ArrayList<ImportedCase>();
        while (keys.hasNext() && chunk.size() < CHUNK) {
          var key = keys.next();
          chunk.add(assemble(key, rows.get(key)));
        }
        return chunk;
      }
    };
  }

  private ImportedCase assemble(String key, List<LogRow> all) {
    var last = last(all);
    var ledger = Retelling.of(all, mapping, tiers);
    return new ImportedCase(
        id,
        key,
        last.customer(),
        last.priority(),
        last.category(),
        last.product(),
        last.channel(),
        last.segment(),
        ledger.get(0).at(),
        ledger,
        contactedAgainAt(last, ledger),
        mapping.tellsOfMessages(),
        mapping.tellsOfClaims());
  }

  private @Nullable Instant contactedAgainAt(LogRow last, List<LedgerEntry> ledger) {
    var others = openings.get(key(last));
    return others == null
        ? null
        : ledger.stream()
            .filter(entry -> entry.what() == What.SOLUTION_PROPOSED)
            .findFirst()
            // its own opening is no other case, even if it was solved in that instant
            .map(solved -> solved.at().equals(ledger.get(0).at())
                ? others.higher(solved.at())
                : others.ceiling(solved.at()))
            .orElse(null);
  }
}
