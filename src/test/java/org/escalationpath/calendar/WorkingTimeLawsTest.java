package org.escalationpath.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * The laws of working time on random calendars over 50 years, in zones that change their clocks by an hour, by half an hour and not
 * at all; and the same answers as an oracle that asks each minute whether somebody works.
 */
class WorkingTimeLawsTest {

  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");

  /** A calendar twice: as text for the product, as a yes or no for each minute for the oracle. */
  record Sample(
      ZoneId zone,
      Map<DayOfWeek, List<int[]>> week,
      Map<LocalDate, int[]> holidays,
      Map<LocalDate, int[]> extraDays,
      List<Instant[]> breaks) {

    WorkingCalendar calendar() {
      var hours = week.entrySet().stream()
          .map(day -> day.getKey().name().substring(0, 3).toLowerCase(Locale.ROOT) + " "
              + day.getValue().stream().map(Sample::text).collect(Collectors.joining(",")))
          .collect(Collectors.joining("; "));
      return new CalendarDefinition(zone.getId(), hours, null, days(holidays), days(extraDays))
          .compile("sample", 1);
    }

    Breaks pauses() {
      return Breaks.of(
          breaks.stream().map(each -> new Breaks.Break(each[0], each[1])).toList());
    }

    private static List<String> days(Map<LocalDate, int[]> days) {
      return days.entrySet().stream()
          .map(day -> day.getKey() + " " + text(day.getValue()))
          .toList();
    }

    private static String text(int[] span) {
      return "%02d:%02d-%02d:%02d"
          .formatted(span[0] / 60, span[0] % 60, span[1] / 60, span[1] % 60);
    }

    boolean isWorked(Instant minute) {
      var local = minute.atZone(zone);
      var day = local.toLocalDate();
      var at = local.getHour() * 60 + local.getMinute();
      if (extraDays.containsKey(day) && isIn(at, extraDays.get(day))) {
        return true;
      }
      return !(holidays.containsKey(day) && isIn(at, holidays.get(day)))
          && week.getOrDefault(day.getDayOfWeek(), List.of()).stream()
              .anyMatch(span -> isIn(at, span));
    }

    boolean isCounted(Instant minute) {
      return isWorked(minute)
          && breaks.stream()
              .noneMatch(each -> !minute.isBefore(each[0]) && minute.isBefore(each[1]));
    }

    private static boolean isIn(int minute, int[] span) {
      return span[0] <= minute && minute < span[1];
    }

    /** Working time in seconds, minute by minute; the ends may lie within a minute. */
    long oracle(Instant from, Instant to) {
      var sum = 0L;
      for (var minute = from.truncatedTo(ChronoUnit.MINUTES);
          minute.isBefore(to);
          minute = minute.plusSeconds(60)) {
        if (isCounted(minute)) {
          var begins = minute.isBefore(from) ? from : minute;
          var ends = minute.plusSeconds(60).isAfter(to) ? to : minute.plusSeconds(60);
          sum += Duration.between(begins, ends).toSeconds();
        }
      }
      return sum;
    }

    /** The earliest instant by which {@code seconds} are worked, minute by minute; nothing within 40 days. */
    Optional<Instant> oracleDeadline(Instant from, long seconds) {
      var left = seconds;
      for (var minute = from.truncatedTo(ChronoUnit.MINUTES);
          minute.isBefore(from.plus(Duration.ofDays(40)));
          minute = minute.plusSeconds(60)) {
        if (isCounted(minute)) {
          var begins = minute.isBefore(from) ? from : minute;
          var here = Duration.between(begins, minute.plusSeconds(60)).toSeconds();
          if (left <= here) {
            return Optional.of(begins.plusSeconds(left));
          }
          left -= here;
        }
      }
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<Tuple2<Sample, Instant>> samples() {
    return Combinators.combine(
            Arbitraries.of(ZONES),
            Arbitraries.longs(),
            Arbitraries.longs().between(FIRST.getEpochSecond(), LAST.getEpochSecond()),
            Arbitraries.of(true, false))
        .as((zone, seed, start, isNearAChange) -> {
          var random = new Random(seed);
          var at = Instant.ofEpochSecond(start);
          var change = ZoneId.of(zone).getRules().nextTransition(at);
          var from = isNearAChange && change != null
              ? change.getInstant().minusSeconds(random.nextInt(3 * 86_400))
              : at;
          return Tuple.of(sample(ZoneId.of(zone), from, random), from);
        });
  }

  private static Sample sample(ZoneId zone, Instant around, Random random) {
    var week = new EnumMap<DayOfWeek, List<int[]>>(DayOfWeek.class);
    week.put(DayOfWeek.of(1 + random.nextInt(7)), spans(random));
    for (var day : DayOfWeek.values()) {
      if (random.nextInt(3) > 0) {
        week.put(day, spans(random));
      }
    }
    if (week.values().stream()
            .flatMap(List::stream)
            .mapToInt(each -> each[1] - each[0])
            .sum()
        < 60) {
      // a limit of 2,000 hours would not be over within 50 years
      week.put(DayOfWeek.MONDAY, List.of(new int[] {0, 1440}));
    }
    var holidays = new java.util.TreeMap<LocalDate, int[]>();
    var extraDays = new java.util.TreeMap<LocalDate, int[]>();
    var breaks = new ArrayList<Instant[]>();
    var today = around.atZone(zone).toLocalDate();
    for (var i = random.nextInt(4); i > 0; i--) {
      holidays.put(
          today.plusDays(random.nextInt(20)),
          random.nextBoolean() ? new int[] {0, 1440} : spans(random).get(0));
      extraDays.put(today.plusDays(random.nextInt(20)), spans(random).get(0));
      var from = around.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60L * random.nextInt(20_000));
      breaks.add(new Instant[] {from, from.plusSeconds(60L * random.nextInt(5_000))});
    }
    return new Sample(zone, week, holidays, extraDays, breaks);
  }

  /** One to three stretches of a day, some of the whole day, some that touch midnight or the hours in which clocks change. */
  private static List<int[]> spans(Random random) {
    if (random.nextInt(8) == 0) {
      return List.of(new int[] {0, 1440});
    }
    var borders = new TreeSet<Integer>();
    var wanted = 2 * (1 + random.nextInt(3));
    while (borders.size() < wanted) {
      borders.add(random.nextInt(4) == 0 ? random.nextInt(13) * 15 : random.nextInt(1_441));
    }
    var list = new ArrayList<>(borders);
    var spans = new ArrayList<int[]>();
    for (var i = 0; i < list.size(); i += 2) {
      spans.add(new int[] {list.get(i), list.get(i + 1)});
    }
    return spans;
  }

  @Property(tries = 1_500)
  void workingTimeIsWhatTheOracleCountsMinuteByMinute(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var start = sample.get2();
    var end = start.plusSeconds(random.nextInt(12 * 86_400));

    assertThat(sample.get1().calendar().workingTime(start, end, sample.get1().pauses()))
        .hasSeconds(sample.get1().oracle(start, end));
  }

  @Property(tries = 1_500)
  void aDeadlineIsWhereTheOracleHasCountedEnough(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var seconds = random.nextInt(10) == 0 ? 0 : random.nextInt(40 * 3_600);

    sample
        .get1()
        .oracleDeadline(sample.get2(), seconds)
        .ifPresent(expected -> assertThat(sample
                .get1()
                .calendar()
                .deadline(
                    sample.get2(), Duration.ofSeconds(seconds), sample.get1().pauses()))
            .contains(expected));
  }

  @Property(tries = 3_000)
  void theWorkingTimeUntilADeadlineIsTheLimitAndNoEarlierInstantHasIt(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var calendar = sample.get1().calendar();
    var start = sample.get2().plusNanos(random.nextInt(1_000_000_000));
    var limit = Duration.ofSeconds(random.nextInt(2_000 * 3_600), random.nextInt(1_000_000_000));
    var deadline = calendar.deadline(start, limit);

    assertThat(calendar.workingTime(start, deadline)).isEqualTo(limit);
    if (!limit.isZero()) {
      assertThat(calendar.workingTime(start, deadline.minusNanos(1))).isLessThan(limit);
    }
  }

  @Property(tries = 3_000)
  void workingTimeAddsUpOverASplitAndIsNeverLongerThanTheTimeThatPassed(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var calendar = sample.get1().calendar();
    var breaks = sample.get1().pauses();
    var a = sample.get2();
    var b = a.plusSeconds(random.nextInt(700 * 86_400));
    var middle =
        a.plusSeconds((long) (random.nextDouble() * Duration.between(a, b).toSeconds()));

    var whole = calendar.workingTime(a, b, breaks);
    assertThat(whole)
        .isEqualTo(
            calendar.workingTime(a, middle, breaks).plus(calendar.workingTime(middle, b, breaks)))
        .isBetween(Duration.ZERO, Duration.between(a, b));
    assertThat(calendar.workingTime(b, a)).isZero();
  }

  @Property(tries = 3_000)
  void aDeadlineIsNoEarlierForALaterStartOrALongerLimit(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var calendar = sample.get1().calendar();
    var start = sample.get2();
    var limit = Duration.ofSeconds(random.nextInt(300 * 3_600));
    var more = Duration.ofSeconds(random.nextInt(100_000));
    var deadline = calendar.deadline(start, limit);

    assertThat(calendar.deadline(start.plus(more), limit)).isAfterOrEqualTo(deadline);
    assertThat(calendar.deadline(start, limit.plus(more))).isAfterOrEqualTo(deadline);
  }

  @Property(tries = 500)
  void stretchesCoverTheTimeLineWithoutAGapAndTheirWorkingOnesAddUp(
      @ForAll("samples") Tuple2<Sample, Instant> sample, @ForAll Random random) {
    var calendar = sample.get1().calendar();
    var start = sample.get2();
    var end = start.plusSeconds(1 + random.nextInt(300 * 86_400));
    var stretches = calendar.stretches(start, end);

    var cursor = start;
    var worked = Duration.ZERO;
    for (var stretch : stretches) {
      assertThat(stretch.from()).isEqualTo(cursor);
      assertThat(stretch.length()).isPositive();
      assertThat(stretch.reason().isEmpty()).isEqualTo(stretch.isWorking());
      cursor = stretch.to();
      worked = stretch.isWorking() ? worked.plus(stretch.length()) : worked;
    }
    assertThat(cursor).isEqualTo(end);
    assertThat(worked).isEqualTo(calendar.workingTime(start, end));
  }
}
