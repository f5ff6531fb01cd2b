package org.escalationpath.cases;

/** Where a case stands: worked on, waiting for the customer, awaiting acceptance of a solution, or at one of its ends. */
public enum CaseState {
  OPEN,
  WAITING,
  RESOLVED,
  CLOSED,
  CLOSED_UNRESOLVED,
  WITHDRAWN;

  /** @throws IllegalArgumentException naming what is allowed */
  public static CaseState of(String code) {
    return Codes.parse(CaseState.class, code);
  }

  /** Whether the case has come to one of its ends; a closed case may be reopened. */
  public boolean isEnded() {
    return this == CLOSED || this == CLOSED_UNRESOLVED || this == WITHDRAWN;
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
