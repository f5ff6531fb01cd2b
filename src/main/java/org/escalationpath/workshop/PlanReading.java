package org.escalationpath.workshop;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Published;

/** Counts the tiers that are to read what changed. */
@Published(does = "counts the tiers that are to read what changed", writes = "tierCount")
class PlanReading implements JavaDelegate {

  private final Tiers tiers;

  PlanReading(Tiers tiers) {
    this.tiers = tiers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ChangeModel.TIER_COUNT.set(execution, tiers.all().size());
  }
}
