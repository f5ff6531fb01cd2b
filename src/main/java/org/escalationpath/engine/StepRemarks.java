package org.escalationpath.engine;

/** Where remarks on steps are kept. */
public interface StepRemarks {

  /**
   * Keeps it, in the transaction that completes the step.
   *
   * @throws IllegalArgumentException saying what to change in its text
   */
  void keep(StepRemark remark);
}
