package org.escalationpath.auditor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * {@code escalation.auditor.findings}: how many last. {@code escalation.auditor.cases}: how many cases its last run checked. {@code
 * escalation.auditor.age}: seconds since that ended. {@code escalation.auditor.run}: how long runs of this node take. All but the
 * last are the same on each node.
 */
@Component
class AuditorMetrics {

  private final Timer run;

  AuditorMetrics(MeterRegistry registry, Findings findings, Clock clock) {
    this.run = Timer.builder("escalation.auditor.run")
        .description("How long a check of all open cases takes")
        .register(registry);
    Gauge.builder("escalation.auditor.findings", findings, AuditorMetrics::lasting)
        .description("Open cases or nodes that are not as they should be")
        .register(registry);
    Gauge.builder("escalation.auditor.cases", findings, AuditorMetrics::cases)
        .description("Open cases that the last run checked")
        .register(registry);
    Gauge.builder("escalation.auditor.age", findings, each -> age(each, clock))
        .baseUnit("seconds")
        .description("Time since the last run ended; not a number before the first")
        .register(registry);
  }

  void ran(Duration took) {
    run.record(took);
  }

  private static double lasting(Findings findings) {
    return findings.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  private static double cases(Findings findings) {
    return findings.lastRun().map(Findings.Run::cases).orElse(0);
  }

  private static double age(Findings findings, Clock clock) {
    return findings
        .lastRun()
        .map(last ->
            (double) Duration.between(last.finishedAt(), clock.instant()).toSeconds())
        .orElse(Double.NaN);
  }
}
