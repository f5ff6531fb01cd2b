package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * The facts of all cases, in memory, so that every question about them is one walk through them. What other nodes keep is noticed
 * by its version.
 */
@Component
class Facts {

  /** So many versions back a transaction of another node may still have been under way. */
  private static final int OVERLAP = 2_000;

  private static final int CHUNK = 1_000;

  private final FactStore store;
  private final Map<Long, Block> blocks = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
  private final Set<Long> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean isLoaded;
  private volatile boolean isComplete;

  Facts(FactStore store) {
    this.store = store;
  }

  /** The latest first. */
  Collection<Block> blocks() {
    return blocks.values();
  }

  private Block block(CaseFacts facts) {
    return blocks.computeIfAbsent(Block.of(facts.openedAt()), each -> new Block());
  }

  private int size() {
    return blocks.values().stream().mapToInt(block -> block.all().size()).sum();
  }

  /** Whether everything that was kept when the application started has been read. */
  boolean isLoaded() {
    return isLoaded;
  }

  /** Whether nothing was left to be computed, once since the application started; numbers are too small before. */
  boolean isComplete() {
    return isComplete;
  }

  void areComplete() {
    isComplete = true;
  }

  /** Raised by each change, so that whoever has shown something knows whether it still holds. */
  long changes() {
    return changes.get();
  }

  /** What there is of a category, product or import, in order. */
  Set<String> values(Dimension dimension) {
    var values = new TreeSet<String>();
    blocks
        .values()
        .forEach(block -> values.addAll(block.answer(dimension, () -> values(block, dimension))));
    return values;
  }

  private static Set<String> values(Block block, Dimension dimension) {
    var values = new HashSet<String>();
    for (var each : block.all()) {
      var value = switch (dimension) {
        case CATEGORY -> each.category();
        case PRODUCT -> each.product();
        case IMPORT -> each.imported() == null ? Dimension.OWN : each.imported();
        default -> throw new IllegalArgumentException(dimension + " is not chosen from a list");
      };
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** When the first case came under each version of a model, in seconds since 1970-01-01T00:00Z. */
  Map<String, Long> versions() {
    var versions = new HashMap<String, Long>();
    blocks
        .values()
        .forEach(block -> block
            .answer("versions", () -> versions(block))
            .forEach((version, at) -> versions.merge(version, at, Math::min)));
    return versions;
  }

  private static Map<String, Long> versions(Block block) {
    var versions = new HashMap<String, Long>();
    for (var each : block.all()) {
      if (each.model() != null) {
        versions.merge(each.model(), each.openedAt(), Math::min);
      }
    }
    return versions;
  }

  void put(Collection<CaseFacts> facts) {
    facts.forEach(each -> block(each).put(each));
    changes.addAndGet(facts.size());
  }

  /** Reads everything that is kept. */
  synchronized void load() {
    var present = new HashSet<String>();
    seen.clear();
    store.readAll((version, facts) -> {
      block(facts).replace(facts);
      present.add(facts.number());
      last.accumulateAndGet(version, Math::max);
    });
    remove(each -> !present.contains(each.number()));
    isLoaded = true;
    changes.incrementAndGet();
  }

  /** Reads what was kept since, by whichever node; answers how many changed. */
  synchronized int catchUp() {
    var known = last.get();
    var fresh = store.versionsAfter(Math.max(0, known - OVERLAP));
    seen.retainAll(fresh.keySet());
    fresh.keySet().removeAll(seen);
    seen.addAll(fresh.keySet());
    fresh.keySet().forEach(version -> last.accumulateAndGet(version, Math::max));
    var numbers = new ArrayList<>(new HashSet<>(fresh.values()));
    for (var begin = 0; begin < numbers.size(); begin += CHUNK) {
      put(store.of(numbers.subList(begin, Math.min(begin + CHUNK, numbers.size()))));
    }
    return numbers.size();
  }

  private void remove(Predicate<CaseFacts> isGone) {
    blocks.values().forEach(block -> block.removeIf(isGone));
  }

  void forgetImport(String id) {
    remove(each -> id.equals(each.imported()));
    changes.incrementAndGet();
  }

  /** Forgets what is kept no more; what is not known yet comes by itself. */
  synchronized void forgetWhatIsGone() {
    catchUp();
    if (store.count() < size()) {
      var kept = store.allNumbers();
      catchUp();
      remove(each -> !kept.contains(each.number()) && !store.isKept(each.number()));
      changes.incrementAndGet();
    }
  }
}
