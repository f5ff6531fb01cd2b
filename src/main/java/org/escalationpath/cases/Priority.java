package org.escalationpath.cases;

/** How soon a case must be solved. */
public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT;

  /** @throws IllegalArgumentException naming what is allowed */
  public static Priority of(String code) {
    return Codes.parse(Priority.class, code);
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
