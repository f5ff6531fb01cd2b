package org.escalationpath.metrics;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the cases that were opened within the same seven days. While nothing of them changes it knows what was asked of them,
 * so that a question about years is the sum of its weeks; memory that is needed elsewhere is given back.
 */
final class Block {

  private static final long LENGTH = Duration.ofDays(7).toSeconds();
  private static final int MOST_ANSWERS = 64;

  private final Map<String, CaseFacts> facts = new ConcurrentHashMap<>();

  /** Raised behind each change, so that an answer that was worked out meanwhile is not taken for one of now. */
  private final AtomicLong changes = new AtomicLong();

  private final Map<Object, Answer> answers =
      Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Answer> eldest) {
          return size() > MOST_ANSWERS;
        }
      });

  private volatile @Nullable Span span;

  private record Answer(long changes, SoftReference<Object> value) {}

  /**
   * Between which instants everything lies that is measured of its cases, in seconds since 1970-01-01T00:00Z.
   *
   * @param settledBy {@link Long#MAX_VALUE} while anything is open
   */
  record Span(long changes, long from, long settledBy) {}

  /** In which block a case is that was opened then. */
  static long of(long openedAt) {
    return Math.floorDiv(openedAt, LENGTH);
  }

  void put(CaseFacts fresh) {
    // whoever has computed later may know less
    facts.merge(
        fresh.number(), fresh, (known, other) -> other.seq() >= known.seq() ? other : known);
    changes.incrementAndGet();
  }

  /** As {@link #put}, of what is kept: that holds, whatever is known. */
  void replace(CaseFacts kept) {
    facts.put(kept.number(), kept);
    changes.incrementAndGet();
  }

  boolean removeIf(Predicate<CaseFacts> isGone) {
    var hasRemoved = facts.values().removeIf(isGone);
    if (hasRemoved) {
      changes.incrementAndGet();
    }
    return hasRemoved;
  }

  Collection<CaseFacts> all() {
    return facts.values();
  }

  Span span() {
    var known = span;
    var now = changes.get();
    if (known == null || known.changes() != now) {
      var from = Long.MAX_VALUE;
      var settledBy = Long.MIN_VALUE;
      for (var each : facts.values()) {
        from = Math.min(from, each.openedAt());
        var settledAt = each.settledAt();
        settledBy = Math.max(
            settledBy,
            settledAt == Integer.MAX_VALUE ? Long.MAX_VALUE : each.openedAt() + settledAt);
      }
      known = new Span(now, from, settledBy);
      span = known;
    }
    return known;
  }

  /** As {@link #answer(Object, long, Supplier)}, of how it is now. */
  <S> S answer(Object question, Supplier<S> find) {
    return answer(question, changes.get(), find);
  }

  /**
   * What was found before, or is found now and remembered. It must not be changed.
   *
   * @param now how often it had changed before anything of it was looked at
   */
  @SuppressWarnings("unchecked")
  <S> S answer(Object question, long now, Supplier<S> find) {
    var known = answers.get(question);
    var value =
        known == null || known.changes() != now ? null : (S) known.value().get();
    if (value == null) {
      value = find.get();
      answers.put(question, new Answer(now, new SoftReference<>(value)));
    }
    return value;
  }
}
