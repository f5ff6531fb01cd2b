package org.escalationpath.cases;

/** What a ledger entry says has happened. */
public enum What {
  OPENED,
  TRIAGED,
  ACKNOWLEDGED,
  CLAIMED,
  MESSAGE_RECEIVED,
  MESSAGE_SENT,
  NOTE_ADDED,
  MESSAGE_RESENT,
  LINKS_REVOKED,
  REMINDED,
  ESCALATED,
  TIER_SKIPPED,
  TIER_PASSED,
  RETURNED,
  PAUSED,
  RESUMED,
  PRIORITY_CHANGED,
  SOLUTION_PROPOSED,
  ACCEPTED,
  REJECTED,
  REOPENED,
  CLOSED,
  CLOSED_UNRESOLVED,
  WITHDRAWN,
  LIMIT_ALARM,
  RATED,
  RECOMMENDED,
  DEBRIEFED,
  REPLANNED,
  MIGRATED,
  AUDIT_FINDING,
  REPAIRED,
  ENGINE_CHANGED,
  ERASED,
  HOLD_PLACED,
  HOLD_LIFTED;

  /** @throws IllegalArgumentException naming what is allowed */
  public static What of(String code) {
    return Codes.parse(What.class, code);
  }

  /** As it is written outside Java: lower case, with hyphens. */
  @Override
  public String toString() {
    return Codes.code(this);
  }
}
