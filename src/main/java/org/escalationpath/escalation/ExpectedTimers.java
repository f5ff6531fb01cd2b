package org.escalationpath.escalation;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.escalationpath.cases.CaseState;
import org.escalationpath.clocks.Standing;

/** Which timers a case must have, by the variables that they are drawn with: what the auditor looks for and a repair restores. */
public final class ExpectedTimers {

  private ExpectedTimers() {}

  /**
   * Of the two timers of a question to the customer one is armed at a time.
   *
   * @param isAlarmUnderWay whether the path holds a date for the next alarm
   */
  public static Set<String> of(
      CaseState state, Standing standing, boolean isAlarmUnderWay, Instant now) {
    if (state == CaseState.RESOLVED) {
      return Set.of(EscalationModel.ACCEPTANCE_LIMIT_AT.name());
    }
    var expected = new LinkedHashSet<String>();
    expected.add(EscalationModel.PROMISE_REMINDER_AT.name());
    // where the limit of the last tier has fired, the alarm's timer goes on from there until the
    // alarms are over
    if (isAlarmUnderWay) {
      expected.add(EscalationModel.NEXT_ALARM_AT.name());
    } else if (standing.alarms() == 0) {
      expected.add(EscalationModel.TIER_LIMIT_AT.name());
    }
    if (isReminderToCome(standing, now)) {
      expected.add(EscalationModel.TIER_REMINDERS_AT.get(0).name());
    }
    if (state == CaseState.WAITING) {
      expected.add(EscalationModel.ANSWER_REMINDER_AT.name());
      expected.add(EscalationModel.ANSWER_LIMIT_AT.name());
    }
    if (standing.thirdParty() != null) {
      expected.add(EscalationModel.THIRD_PARTY_LIMIT_AT.name());
    }
    return expected;
  }

  private static boolean isReminderToCome(Standing standing, Instant now) {
    var tier = standing.tier();
    return tier != null
        && standing.reminded() == 0
        && tier.reminderAt().isAfter(now)
        && tier.reminderAt().isBefore(tier.limitAt());
  }
}
