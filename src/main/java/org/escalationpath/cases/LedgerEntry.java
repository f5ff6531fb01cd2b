package org.escalationpath.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a case.
 *
 * @param seq its place in the case's ledger, from 1
 * @param who a user id, {@code customer} or {@code system}
 * @param trigger what moved the case, where it moved
 * @param note what the person wrote; null where it has been erased
 * @param modelVersion the process and its version that did it, {@code escalation-path:7}; null where no process did
 * @param details small facts: a rating, a theme
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LedgerEntry(
    int seq,
    Instant at,
    String who,
    What what,
    @Nullable Tier fromTier,
    @Nullable Tier toTier,
    @Nullable Reason reason,
    @Nullable Trigger trigger,
    @Nullable String note,
    @Nullable String modelVersion,
    Map<String, Object> details) {

  /** The detail of {@code paused} and {@code resumed} that says whom the wait is for, where that is not the customer. */
  public static final String AWAITED = "awaited";

  /** Whom a wait that this entry begins or ends is for; most wait for the customer. */
  public AwaitedParty awaited() {
    return details.get(AWAITED) instanceof String code
        ? AwaitedParty.of(code)
        : AwaitedParty.CUSTOMER;
  }

  /** Begins an entry that is yet to be written. */
  public static Draft of(What what, String who) {
    return new Draft(what, who);
  }

  /** An entry yet to be written; the ledger gives it its place and its instant. */
  public static final class Draft {

    final What what;
    final String who;

    @Nullable
    Tier fromTier;

    @Nullable
    Tier toTier;

    @Nullable
    Reason reason;

    @Nullable
    Trigger trigger;

    @Nullable
    String note;

    @Nullable
    String modelVersion;

    Map<String, Object> details = Map.of();

    private Draft(What what, String who) {
      this.what = what;
      this.who = who;
    }

    public Draft from(@Nullable Tier tier) {
      this.fromTier = tier;
      return this;
    }

    public Draft to(@Nullable Tier tier) {
      this.toTier = tier;
      return this;
    }

    public Draft because(@Nullable Reason reason) {
      this.reason = reason;
      return this;
    }

    public Draft triggeredBy(@Nullable Trigger trigger) {
      this.trigger = trigger;
      return this;
    }

    /** What the person wrote, at most 2,000 characters; kept apart from the ledger so that it can be erased. */
    public Draft noting(@Nullable String note) {
      this.note = note;
      return this;
    }

    /** @param processDefinitionId the engine's id, {@code escalation-path:7:0192…} */
    public Draft under(@Nullable String processDefinitionId) {
      this.modelVersion = processDefinitionId == null || processDefinitionId.indexOf(':') < 0
          ? processDefinitionId
          : processDefinitionId.substring(0, processDefinitionId.lastIndexOf(':'));
      return this;
    }

    public Draft detailing(Map<String, Object> details) {
      this.details = details;
      return this;
    }

    /** The entry as it reads once it is written. */
    LedgerEntry written(int seq, Instant at, Map<String, Object> details) {
      return new LedgerEntry(
          seq, at, who, what, fromTier, toTier, reason, trigger, note, modelVersion, details);
    }
  }
}
