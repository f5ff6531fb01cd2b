package org.escalationpath.cases;

/** Why a case moves. */
public enum Reason {
  COMPLEX_PROBLEM,
  CUSTOMER_DISSATISFACTION,
  POLICY_EXCEPTION,
  TIME_SENSITIVITY,
  CUSTOMER_REQUEST;

  /** @throws IllegalArgumentException naming what is allowed */
  public static Reason of(String code) {
    return Codes.parse(Reason.class, code);
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
