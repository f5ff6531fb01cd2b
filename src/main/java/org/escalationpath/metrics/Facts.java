package org.escalationpath.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Map<String, CaseFacts> all = new ConcurrentHashMap<>();
  private final Set<Long> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean isLoaded;
  private volatile boolean isComplete;

  Facts(FactStore store) {
    this.store = store;
  }

  Collection<CaseFacts> all() {
    return all.values();
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

  void put(Collection<CaseFacts> facts) {
    // whoever has computed later may know less
    facts.forEach(each -> all.merge(
        each.number(), each, (known, fresh) -> fresh.seq() >= known.seq() ? fresh : known));
    changes.addAndGet(facts.size());
  }

  /** Reads everything that is kept. */
  synchronized void load() {
    var present = new HashSet<String>();
    seen.clear();
    store.readAll((version, facts) -> {
      all.put(facts.number(), facts);
      present.add(facts.number());
      last.accumulateAndGet(version, Math::max);
    });
    all.keySet().retainAll(present);
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

  void forgetImport(String id) {
    all.values().removeIf(each -> id.equals(each.imported()));
    changes.incrementAndGet();
  }

  /** Forgets what is kept no more; what is not known yet comes by itself. */
  synchronized void forgetWhatIsGone() {
    catchUp();
    if (store.count() < all.size()) {
      var kept = store.allNumbers();
      catchUp();
      all.keySet().removeIf(number -> !kept.contains(number) && !store.isKept(number));
      changes.incrementAndGet();
    }
  }
}
