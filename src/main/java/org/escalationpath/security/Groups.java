package org.escalationpath.security;

/** The groups that are roles and not tiers; a tier is a group of its own, listed in the decision table {@code tiers}. */
public final class Groups {

  public static final String PROCESS_OWNER = "process-owner";
  public static final String AUDITOR = "auditor";
  public static final String ADMINISTRATOR = "camunda-admin";

  /** Whose people, or programs, read meters and nothing else. */
  public static final String MONITORING = "monitoring";

  private Groups() {}
}
