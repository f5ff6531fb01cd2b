package org.escalationpath.clocks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;

/**
 * A run of a clock, explained: intervals that add up to the used time and to the deadline, to the second.
 *
 * @param clock {@code first-response}, {@code next-response}, {@code update}, {@code tier} or {@code resolution}
 * @param run from 1; for a tier, the visit
 * @param tier of a visit; null for the other clocks
 * @param state {@code running}, {@code paused} or {@code stopped}
 * @param stoppedBy what stopped it, as the ledger says
 * @param usedSeconds working time used until it stopped, or until now
 * @param pausedSeconds elapsed time inside pauses
 * @param unclaimedSeconds of a visit: working time before somebody claimed the case; null for the other clocks
 * @param reminders when the policy's reminders are due
 * @param limitAt when the limit passes, or passed; null while the clock is paused
 * @param isMet whether the clock stopped within its limit, by something else than the limit itself; null while it runs within it
 * @param afterSeq the last row of the ledger when it started
 * @param terms the service levels that it counted by, the last one being that of its limit
 */
public record Explanation(
    String clock,
    int run,
    @Nullable String tier,
    String state,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable String stoppedBy,
    long limitSeconds,
    long usedSeconds,
    long pausedSeconds,
    @Nullable Long unclaimedSeconds,
    List<Instant> reminders,
    @Nullable Instant limitAt,
    @JsonProperty("met") @Nullable Boolean isMet,
    @JsonIgnore int afterSeq,
    List<TermView> terms,
    List<Interval> intervals) {

  /**
   * A service level that the clock counted by.
   *
   * @param policy the row of the decision table: {@code service-levels:3 rule_service-levels_12}
   * @param calendar with its version: {@code office:2}
   * @param pausesForThirdParty whether it stands still while the case waits for a third party
   * @param why {@code start}, {@code priority-changed}, {@code replanned} or {@code catch-up}
   */
  public record TermView(
      Instant since,
      String priority,
      long limitSeconds,
      String reminders,
      String policy,
      String calendar,
      boolean pausesForThirdParty,
      String why) {}

  @JsonIgnore
  public boolean isRunning() {
    return !state.equals("stopped");
  }

  static Explanation of(RunningClock clock, List<LedgerEntry> ledger, Instant now) {
    var run = clock.run();
    var used = clock.used(now);
    var limitAt = clock.limitAt().orElse(null);
    var isWithin = clock.isWithinLimit(ledger, now);
    return new Explanation(
        run.kind().toString(),
        run.number(),
        run.tier() == null ? null : run.tier().group(),
        run.isRunning() ? clock.isPaused(now) ? "paused" : "running" : "stopped",
        run.startedAt(),
        run.stoppedAt(),
        run.stoppedBy(),
        clock.limit().toSeconds(),
        used.toSeconds(),
        clock.paused(now).toSeconds(),
        run.kind() == ClockKind.TIER ? unclaimed(clock, ledger, now) : null,
        clock.remindersAt(),
        limitAt,
        run.isRunning() && isWithin && (limitAt == null || limitAt.isAfter(now)) ? null : isWithin,
        clock.terms().get(0).afterSeq(),
        clock.terms().stream().map(Explanation::view).toList(),
        clock.intervals(now));
  }

  private static TermView view(Term term) {
    return new TermView(
        term.since(),
        term.priority().toString(),
        term.level().limit().toSeconds(),
        term.level().reminders().text(),
        term.level().policy(),
        term.level().calendar().toString(),
        term.level().pausesForThirdParty(),
        term.why());
  }

  private static long unclaimed(RunningClock clock, List<LedgerEntry> ledger, Instant now) {
    var since = clock.terms().get(0).afterSeq();
    return ledger.stream()
        .filter(entry -> entry.seq() > since && entry.what() == What.CLAIMED)
        .map(Timeline::at)
        .filter(at -> clock.run().isRunning() || !at.isAfter(clock.run().stoppedAt()))
        .findFirst()
        .map(clock::used)
        .orElseGet(() -> clock.used(now))
        .toSeconds();
  }
}
