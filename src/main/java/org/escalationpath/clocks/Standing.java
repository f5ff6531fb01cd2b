package org.escalationpath.clocks;

import java.util.List;
import org.escalationpath.cases.ThirdPartyWait;
import org.jspecify.annotations.Nullable;

/**
 * How the clocks of a case stand, for whoever compares them with the engine's timers.
 *
 * @param tier null before the first tier
 * @param reminded how many reminders of the visit have gone out
 * @param alarms how many alarms of the visit have rung
 * @param thirdParty the wait for a third party that lasts, whether or not the policy lets a clock stand still for that; null for none
 * @param isConverted whether the tier's clock was converted by an upgrade and may be a second off
 */
public record Standing(
    @Nullable Deadlines tier,
    int reminded,
    int alarms,
    @Nullable ThirdPartyWait thirdParty,
    boolean isConverted,
    List<PauseFinding> badPauses) {

  public static final Standing NONE = new Standing(null, 0, 0, null, false, List.of());
}
