package org.escalationpath.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stretches that a clock does not count, whatever the calendar says. Those that overlap or touch are one. */
public final class Breaks {

  public static final Breaks NONE = new Breaks(List.of());

  private final List<Break> all;

  private Breaks(List<Break> all) {
    this.all = all;
  }

  /**
   * From {@code from} until before {@code to}.
   *
   * @param to null while it lasts
   */
  public record Break(Instant from, @Nullable Instant to) {

    public Break {
      if (to != null && to.isBefore(from)) {
        throw new IllegalArgumentException(
            "The pause from %s to %s ends before it starts".formatted(from, to));
      }
    }
  }

  public static Breaks of(List<Break> breaks) {
    var merged = new ArrayList<Break>();
    var ordered = breaks.stream()
        .filter(each -> !each.from().equals(each.to()))
        .sorted(Comparator.comparing(Break::from))
        .toList();
    for (var each : ordered) {
      var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || last.to() != null && last.to().isBefore(each.from())) {
        merged.add(each);
      } else if (last.to() != null) {
        merged.set(merged.size() - 1, new Break(last.from(), later(last.to(), each.to())));
      }
    }
    return new Breaks(List.copyOf(merged));
  }

  private static @Nullable Instant later(Instant one, @Nullable Instant other) {
    return other == null || other.isAfter(one) ? other : one;
  }

  /** In order and apart from each other. */
  public List<Break> all() {
    return all;
  }

  /** The first instant from {@code instant} on that lies in no break; nothing if that break lasts. */
  public Optional<Instant> firstInstantOutside(Instant instant) {
    for (var each : all) {
      if (!each.from().isAfter(instant) && (each.to() == null || each.to().isAfter(instant))) {
        return Optional.ofNullable(each.to());
      }
    }
    return Optional.of(instant);
  }
}
