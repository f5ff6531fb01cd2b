package org.escalationpath.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When somebody works, and the arithmetic of working time. An instant is working time if its local time lies in the hours of its
 * local day; durations are elapsed time on the time line. So a day of 24 working hours on which clocks go forward has 23, and one
 * on which they go back has 25.
 *
 * <p>The time line is compiled block by block when it is first asked for; a question is then a binary search.
 */
public final class WorkingCalendar {

  /** The calendar by which every instant counts. */
  public static final WorkingCalendar ALWAYS = new CalendarDefinition(
          "UTC", "mon-sun 00:00-24:00", null, List.of(), List.of())
      .compile("always", 1);

  private static final Duration LONGEST_REST = Duration.ofDays(366);
  private static final Duration FARTHEST = Duration.ofDays(50 * 366);

  private final String id;
  private final int version;
  private final CalendarDefinition definition;
  private final LocalDays days;
  private final Map<Long, Block> blocks = new ConcurrentHashMap<>();

  WorkingCalendar(String id, int version, CalendarDefinition definition, LocalDays days) {
    this.id = id;
    this.version = version;
    this.definition = definition;
    this.days = days;
  }

  public String id() {
    return id;
  }

  /** From 1; a version never changes. */
  public int version() {
    return version;
  }

  public CalendarDefinition definition() {
    return definition;
  }

  /** The working time between two instants; zero if {@code end} is not after {@code start}. */
  public Duration workingTime(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      return Duration.ZERO;
    }
    var last = Block.indexOf(end);
    var sum = Duration.ofNanos(-block(Block.indexOf(start)).workedUntil(start));
    for (var index = Block.indexOf(start); index < last; index++) {
      sum = sum.plusNanos(block(index).worked());
    }
    return sum.plusNanos(block(last).workedUntil(end));
  }

  /** As {@link #workingTime(Instant, Instant)}, without what lies in breaks. */
  public Duration workingTime(Instant start, Instant end, Breaks breaks) {
    var sum = Duration.ZERO;
    var cursor = start;
    for (var each : breaks.all()) {
      sum = sum.plus(workingTime(cursor, earlier(each.from(), end)));
      cursor = later(cursor, each.to() == null ? end : each.to());
    }
    return sum.plus(workingTime(cursor, end));
  }

  /**
   * The earliest instant by which {@code duration} of working time has passed since {@code start}. For a duration of zero it
   * is the start itself, or the next opening.
   *
   * @throws IllegalArgumentException if the duration is negative, or more than people work in 50 years
   * @throws NoWorkingTime if there is no working time for a year
   */
  public Instant deadline(Instant start, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("A limit of " + duration + " is negative");
    }
    var index = Block.indexOf(start);
    var left = duration.plusNanos(block(index).workedUntil(start));
    var idleSince = start;
    for (; ; index++) {
      var block = block(index);
      var found = duration.isZero() ? block.openAt(start) : block.reach(left);
      var opens = block.firstOpening(idleSince);
      if (Duration.between(idleSince, opens.orElse(block.end())).compareTo(LONGEST_REST) > 0) {
        throw new NoWorkingTime(id, idleSince);
      }
      if (found.isPresent()) {
        return found.get();
      }
      if (Duration.between(start, block.end()).compareTo(FARTHEST) > 0) {
        throw new IllegalArgumentException(
            "By the calendar '%s' a limit of %s is over in more than 50 years; make it shorter"
                .formatted(id, duration));
      }
      left = left.minusNanos(block.worked());
      idleSince = later(idleSince, block.lastClosing().orElse(idleSince));
    }
  }

  /** As {@link #deadline(Instant, Duration)}, with breaks that do not count; nothing while one lasts that begins before. */
  public Optional<Instant> deadline(Instant start, Duration duration, Breaks breaks) {
    var left = duration;
    var cursor = start;
    for (var each : breaks.all()) {
      var until = workingTime(cursor, each.from());
      if (!until.isZero() && until.compareTo(left) >= 0) {
        return Optional.of(deadline(cursor, left));
      }
      if (each.to() == null) {
        return Optional.empty();
      }
      left = left.minus(until);
      cursor = later(cursor, each.to());
    }
    return Optional.of(deadline(cursor, left));
  }

  /** The time line from {@code start} to {@code end} in stretches that are worked or closed for one reason, in order, without a gap. */
  public List<Stretch> stretches(Instant start, Instant end) {
    var stretches = new ArrayList<Stretch>();
    for (var index = Block.indexOf(start);
        start.isBefore(end) && index <= Block.indexOf(end);
        index++) {
      for (var piece : Block.pieces(index, days)) {
        var from = later(start, piece.from());
        var to = earlier(end, piece.to());
        if (from.isBefore(to)) {
          add(new Stretch(from, to, piece.isWorking(), piece.reason()), stretches);
        }
      }
    }
    return stretches;
  }

  private static void add(Stretch next, List<Stretch> stretches) {
    var last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (last != null && last.reason().equals(next.reason())) {
      stretches.set(
          stretches.size() - 1,
          new Stretch(last.from(), next.to(), next.isWorking(), next.reason()));
    } else {
      stretches.add(next);
    }
  }

  private Block block(long index) {
    var known = blocks.get(index);
    return known != null ? known : blocks.computeIfAbsent(index, each -> Block.compile(each, days));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public String toString() {
    return id + ":" + version;
  }
}
