package org.escalationpath.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the rows of a case say as our ledgers tell it. From rows that say how a case stood, what happened between them is told:
 * a later tier is an escalation, an earlier one a return; a move out of a wait ends it; work after a solution is a rejection, after
 * the end a reopening.
 */
final class Retelling {

  private static final String SOMEBODY = "imported";
  private static final String CUSTOMER = "customer";
  private static final String SYSTEM = "system";

  private final Mapping mapping;
  private final List<String> tiers;
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private String tier;
  private boolean isWaiting;
  private boolean isSolved;
  private boolean isEnded;

  private Retelling(Mapping mapping, List<String> tiers, String tier) {
    this.mapping = mapping;
    this.tiers = tiers;
    this.tier = tier;
  }

  /**
   * @param rows at least one, in any order; those of one instant keep theirs
   * @param tiers the groups of the tiers, from the lowest to the highest
   */
  static List<LedgerEntry> of(List<LogRow> rows, Mapping mapping, List<String> tiers) {
    var ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(LogRow::at));
    var first = ordered.get(0);
    var opened =
        first.opened() == null || first.opened().isAfter(first.at()) ? first.at() : first.opened();
    var firstTier = ordered.stream()
        .map(LogRow::tier)
        .filter(each -> !each.isEmpty())
        .findFirst()
        .orElse(tiers.get(0));
    var retelling = new Retelling(mapping, tiers, firstTier);
    retelling.tell(What.OPENED, opened, CUSTOMER, null, null, null, null);
    retelling.tell(What.TRIAGED, opened, SYSTEM, null, firstTier, null, Trigger.TRIAGE);
    for (var row : ordered) {
      if (mapping.activity() == null) {
        retelling.stood(row);
      } else {
        retelling.happened(row);
      }
    }
    return List.copyOf(retelling.ledger);
  }

  private void stood(LogRow row) {
    var isEnd = row.meaning().equals("closed") || row.meaning().equals("withdrawn");
    var isOver = isEnd || row.meaning().equals("resolved");
    if ((isSolved || isEnded) && !isOver) {
      goesOn(row);
    }
    var isMoved = !isSolved && !isEnded && !row.tier().equals(tier);
    if (isWaiting && (!row.meaning().equals("waiting") || isMoved)) {
      tell(What.MESSAGE_RECEIVED, row.at(), CUSTOMER, null, null, null, null);
      tell(What.RESUMED, row.at(), SYSTEM, null, null, null, null);
      isWaiting = false;
    }
    if (isMoved) {
      move(row.at(), row.tier());
    }
    if (row.isClaimed() && !isOver) {
      tell(What.CLAIMED, row.at(), SOMEBODY, null, tier, null, null);
    }
    if (row.meaning().equals("waiting") && !isWaiting) {
      tell(What.PAUSED, row.at(), SOMEBODY, null, null, null, null);
      isWaiting = true;
    }
    if (row.meaning().equals("withdrawn") && !isEnded) {
      tell(What.WITHDRAWN, row.at(), CUSTOMER, tier, tier, null, null);
      isEnded = true;
      return;
    }
    if (isOver && !isSolved && !isEnded) {
      tell(What.SOLUTION_PROPOSED, row.at(), SOMEBODY, tier, tier, null, null);
      isSolved = true;
    }
    if (isEnd && !isEnded) {
      tell(What.CLOSED, row.at(), SYSTEM, tier, tier, null, null);
      isEnded = true;
    }
  }

  private void goesOn(LogRow row) {
    tell(
        isEnded ? What.REOPENED : What.REJECTED,
        row.at(),
        CUSTOMER,
        tier,
        row.tier(),
        null,
        Trigger.CUSTOMER);
    tier = row.tier();
    isSolved = false;
    isEnded = false;
  }

  private void move(Instant at, String to) {
    var isUp = tiers.indexOf(to) > tiers.indexOf(tier);
    tell(
        isUp ? What.ESCALATED : What.RETURNED,
        at,
        SOMEBODY,
        tier,
        to,
        isUp && mapping.reason() != null ? Reason.of(mapping.reason()) : null,
        Trigger.AGENT);
    tier = to;
  }

  private void happened(LogRow row) {
    var what = What.of(row.meaning());
    var to = row.tier().isEmpty() ? tier : row.tier();
    switch (what) {
      // told from the first row
      case OPENED, TRIAGED -> {}
      case ESCALATED, RETURNED -> {
        if (!to.equals(tier)) {
          move(row.at(), to);
        }
      }
      case REJECTED, REOPENED -> {
        tell(what, row.at(), CUSTOMER, tier, to, null, Trigger.CUSTOMER);
        tier = to;
      }
      default ->
        tell(what, row.at(), row.isAutomatic() ? SYSTEM : who(what), tier, tier, null, null);
    }
  }

  private static String who(What what) {
    return switch (what) {
      case MESSAGE_RECEIVED, WITHDRAWN -> CUSTOMER;
      case CLOSED, CLOSED_UNRESOLVED, RESUMED -> SYSTEM;
      default -> SOMEBODY;
    };
  }

  private void tell(
      What what,
      Instant at,
      String who,
      @Nullable String from,
      @Nullable String to,
      @Nullable Reason reason,
      @Nullable Trigger trigger) {
    ledger.add(new LedgerEntry(
        ledger.size() + 1,
        at,
        who,
        what,
        from == null ? null : Tier.of(from),
        to == null ? null : Tier.of(Objects.requireNonNull(to)),
        reason,
        trigger,
        null,
        null,
        Map.of()));
  }
}
