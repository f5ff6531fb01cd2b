package org.escalationpath.auditor;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What the auditor found, as a detail of health. It never makes health go down: the node answers, and taking it out of service would
 * help no case.
 */
@Component("escalationAuditorHealthIndicator")
class AuditorHealthIndicator implements HealthIndicator {

  private final Findings findings;
  private final RuntimeService runtime;

  AuditorHealthIndicator(Findings findings, @Lazy RuntimeService runtime) {
    this.findings = findings;
    this.runtime = runtime;
  }

  @Override
  public Health health() {
    try {
      return told();
    } catch (RuntimeException e) {
      return Health.up().withDetail("findings", "unknown: " + e.getMessage()).build();
    }
  }

  private Health told() {
    var health = Health.up()
        .withDetail("findings", findings.counts())
        .withDetail("incidents", runtime.createIncidentQuery().count());
    findings
        .lastRun()
        .ifPresentOrElse(
            run -> health
                .withDetail("lastRunAt", run.finishedAt())
                .withDetail("lastRunCases", run.cases())
                .withDetail("lastRunMillis", run.millis()),
            () -> health.withDetail("lastRunAt", "not yet"));
    return health.build();
  }
}
