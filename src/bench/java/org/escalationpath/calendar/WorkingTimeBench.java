package org.escalationpath.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Deadlines and working times a second on one core, by a calendar with lunch breaks, public holidays and clocks that change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorkingTimeBench {

  private static final int QUESTIONS = 1_000;

  private final WorkingCalendar calendar = new CalendarDefinition(
          "Europe/Berlin",
          "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00",
          "de",
          List.of("--12-24 12:00-24:00", "--12-31"),
          List.of("2026-12-20 10:00-14:00"))
      .compile("bench", 1);
  private final Instant[] starts = new Instant[QUESTIONS];
  private final Duration[] limits = new Duration[QUESTIONS];
  private final Breaks[] pauses = new Breaks[QUESTIONS];

  public WorkingTimeBench() {
    var random = new Random(1);
    for (var i = 0; i < QUESTIONS; i++) {
      starts[i] = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(random.nextInt(10 * 365 * 86_400));
      limits[i] = Duration.ofSeconds(random.nextInt(80 * 3_600));
      var from = starts[i].plusSeconds(random.nextInt(86_400));
      pauses[i] = Breaks.of(List.of(new Breaks.Break(from, from.plusSeconds(100_000))));
    }
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public void deadlines(Blackhole blackhole) {
    for (var i = 0; i < QUESTIONS; i++) {
      blackhole.consume(calendar.deadline(starts[i], limits[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public void deadlinesWithAPause(Blackhole blackhole) {
    for (var i = 0; i < QUESTIONS; i++) {
      blackhole.consume(calendar.deadline(starts[i], limits[i], pauses[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public void workingTimes(Blackhole blackhole) {
    for (var i = 0; i < QUESTIONS; i++) {
      blackhole.consume(calendar.workingTime(starts[i], starts[i].plus(limits[i])));
    }
  }
}
