package org.escalationpath.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * 2²⁴ seconds (194 days) of a calendar's time line, compiled: when its working stretches open and close, in nanoseconds since the
 * block's start, and how much has been worked before each of them.
 */
final class Block {

  private static final int BITS = 24;
  private static final long SECONDS = 1L << BITS;
  private static final long DAY = 86_400;

  private final long start;
  private final long[] opens;
  private final long[] closes;
  private final long[] before;
  private final long worked;

  private Block(long start, List<Stretch> working) {
    this.start = start;
    this.opens = new long[working.size()];
    this.closes = new long[working.size()];
    this.before = new long[working.size()];
    var sum = 0L;
    for (var i = 0; i < opens.length; i++) {
      opens[i] = since(working.get(i).from());
      closes[i] = since(working.get(i).to());
      before[i] = sum;
      sum += closes[i] - opens[i];
    }
    this.worked = sum;
  }

  static long indexOf(Instant instant) {
    return instant.getEpochSecond() >> BITS;
  }

  static Block compile(long index, LocalDays days) {
    return new Block(
        index << BITS, pieces(index, days).stream().filter(Stretch::isWorking).toList());
  }

  /** The block's whole time line, in order. Where clocks go back, the hour that comes twice is there twice. */
  static List<Stretch> pieces(long index, LocalDays days) {
    var pieces = new ArrayList<Stretch>();
    for (var offset : offsets(index, days)) {
      var first = Math.floorDiv(offset.from() + offset.seconds(), DAY);
      var last = Math.floorDiv(offset.to() + offset.seconds() - 1, DAY);
      for (var day = first; day <= last; day++) {
        for (var piece : days.of(LocalDate.ofEpochDay(day))) {
          var from =
              Math.max(offset.from(), day * DAY + piece.fromMinute() * 60L - offset.seconds());
          var to = Math.min(offset.to(), day * DAY + piece.toMinute() * 60L - offset.seconds());
          if (from < to) {
            pieces.add(new Stretch(
                Instant.ofEpochSecond(from),
                Instant.ofEpochSecond(to),
                piece.reason().equals(LocalDays.WORKING),
                piece.reason()));
          }
        }
      }
    }
    pieces.sort(Comparator.comparing(Stretch::from));
    return pieces;
  }

  /** A part of the block in which local time is that many seconds ahead of UTC; in seconds of the epoch. */
  private record Offset(long from, long to, int seconds) {}

  private static List<Offset> offsets(long index, LocalDays days) {
    var rules = days.zone().getRules();
    var end = (index + 1) << BITS;
    var offsets = new ArrayList<Offset>();
    var from = index << BITS;
    while (from < end) {
      ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(from));
      var next = rules.nextTransition(Instant.ofEpochSecond(from));
      var to = next == null ? end : Math.min(end, next.toEpochSecond());
      offsets.add(new Offset(from, to, offset.getTotalSeconds()));
      from = to;
    }
    return offsets;
  }

  /** All working time of the block, in nanoseconds. */
  long worked() {
    return worked;
  }

  /** The working time from the block's start until {@code instant}, in nanoseconds. */
  long workedUntil(Instant instant) {
    var at = since(instant);
    var i = lastBelow(opens, at + 1);
    return i < 0 ? 0 : before[i] + Math.min(at, closes[i]) - opens[i];
  }

  /** The earliest instant by which {@code target}, more than nothing, has been worked since the block's start. */
  Optional<Instant> reach(Duration target) {
    if (target.compareTo(Duration.ofNanos(worked)) > 0) {
      return Optional.empty();
    }
    var i = lastBelow(before, target.toNanos());
    return Optional.of(at(opens[i] + target.toNanos() - before[i]));
  }

  /** The first instant at or after {@code instant} that is working time. */
  Optional<Instant> openAt(Instant instant) {
    var at = since(instant);
    var i = lastBelow(opens, at + 1);
    if (i >= 0 && at < closes[i]) {
      return Optional.of(instant);
    }
    return i + 1 < opens.length ? Optional.of(at(opens[i + 1])) : Optional.empty();
  }

  /** When the first working stretch opens that closes after {@code instant}. */
  Optional<Instant> firstOpening(Instant instant) {
    var i = lastBelow(closes, since(instant) + 1) + 1;
    return i < opens.length ? Optional.of(at(opens[i])) : Optional.empty();
  }

  Optional<Instant> lastClosing() {
    return closes.length == 0 ? Optional.empty() : Optional.of(at(closes[closes.length - 1]));
  }

  Instant end() {
    return Instant.ofEpochSecond(start + SECONDS);
  }

  /** The last index whose value is below {@code limit}, or -1. */
  private static int lastBelow(long[] values, long limit) {
    var low = 0;
    var high = values.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (values[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private long since(Instant instant) {
    return (instant.getEpochSecond() - start) * 1_000_000_000L + instant.getNano();
  }

  private Instant at(long nanos) {
    return Instant.ofEpochSecond(start, nanos);
  }
}
