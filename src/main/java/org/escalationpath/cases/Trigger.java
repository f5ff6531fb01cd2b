package org.escalationpath.cases;

/** What moved a case. */
public enum Trigger {
  TRIAGE,
  TIMER,
  AGENT,
  CUSTOMER,
  RISK;

  /** @throws IllegalArgumentException naming what is allowed */
  public static Trigger of(String code) {
    return Codes.parse(Trigger.class, code);
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
