package org.escalationpath.cases;

/** Whom a case waits for: its customer, or somebody outside both the customer and us - a supplier, a carrier, an authority. */
public enum AwaitedParty {
  CUSTOMER,
  THIRD_PARTY;

  /** @throws IllegalArgumentException naming what is allowed */
  public static AwaitedParty of(String code) {
    return Codes.parse(AwaitedParty.class, code);
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
