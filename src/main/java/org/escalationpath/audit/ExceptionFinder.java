package org.escalationpath.audit;

import static org.escalationpath.audit.ExceptionKind.CHANGED_BY_HAND;
import static org.escalationpath.audit.ExceptionKind.CLOSED_WITHOUT_ANSWER;
import static org.escalationpath.audit.ExceptionKind.ESCALATED_AND_DECIDED_BY_THE_SAME;
import static org.escalationpath.audit.ExceptionKind.ESCALATION_WITHOUT_NOTE;
import static org.escalationpath.audit.ExceptionKind.LATE_ACKNOWLEDGEMENT;
import static org.escalationpath.audit.ExceptionKind.PAUSE_WITHOUT_QUESTION;
import static org.escalationpath.audit.ExceptionKind.PRIORITY_LOWERED_BEFORE_LIMIT;
import static org.escalationpath.audit.ExceptionKind.SKIPPED_TIER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.Actor;
import org.jspecify.annotations.Nullable;

/** Reads the exceptions of a case out of its ledger, from its first row to its last; told again, a ledger tells the same. */
final class ExceptionFinder {

  private static final Set<String> ARRIVALS =
      Set.of("triaged", "escalated", "returned", "rejected", "reopened");

  /** @param seq the row of the ledger that is the exception */
  record Found(ExceptionKind kind, LedgerRow row) {}

  private final List<Tier> tiers;
  private final List<Found> found = new ArrayList<>();

  /** Who brought the case to a tier, by the tier. */
  private final Map<String, String> broughtBy = new HashMap<>();

  private boolean isClaimed;
  private boolean isReminded;
  private boolean isAsked;
  private boolean isAnswered;

  /** Tiers that were skipped because they had nobody, since the last move. */
  private int skipped;

  private ExceptionFinder(List<Tier> tiers) {
    this.tiers = tiers;
  }

  /** @param tiers from the lowest to the highest */
  static List<Found> find(List<LedgerRow> ledger, List<Tier> tiers) {
    var finder = new ExceptionFinder(tiers);
    ledger.forEach(finder::read);
    return finder.found;
  }

  private void read(LedgerRow row) {
    switch (row.what()) {
      case "claimed" -> isClaimed = true;
      case "reminded" -> reminded(row);
      case "escalated" -> escalated(row);
      case "tier-skipped" -> {
        add(SKIPPED_TIER, row);
        skipped++;
      }
      // behind its limit no more time is gained
      case "limit-alarm" -> isReminded = false;
      case "message-sent" -> sent(row);
      case "message-received" -> isAsked = isAsked && isAutomatic(row);
      case "paused" -> paused(row);
      case "priority-changed" -> priorityChanged(row);
      case "solution-proposed" -> {
        isAnswered = true;
        decided(row);
      }
      case "returned" -> decided(row);
      case "closed", "closed-unresolved" -> closed(row);
      case "reopened" -> {
        isAnswered = false;
        isAsked = false;
      }
      case "engine-changed", "repaired" -> byHand(row);
      default -> {}
    }
    if (ARRIVALS.contains(row.what())) {
      isClaimed = false;
      isReminded = false;
    }
  }

  /** Of the tier's limit; a reminder of a promise to the customer names no visit. */
  private void reminded(LedgerRow row) {
    if (row.facts().get("visit") == null) {
      return;
    }
    if (!isClaimed && !isReminded) {
      add(LATE_ACKNOWLEDGEMENT, row);
    }
    isReminded = true;
  }

  private void escalated(LedgerRow row) {
    var isByAPerson = isPerson(row.who());
    if (isByAPerson && row.noteId() == null) {
      add(ESCALATION_WITHOUT_NOTE, row);
    }
    var from = place(row.fromTier());
    var to = place(row.toTier());
    // a tier with nobody has its own row
    if (isByAPerson && from >= 0 && to - from - skipped > 1) {
      add(SKIPPED_TIER, row);
    }
    skipped = 0;
    if (row.toTier() != null) {
      broughtBy.put(row.toTier(), isByAPerson ? row.who() : "");
    }
  }

  private int place(@Nullable String tier) {
    for (var i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).group().equals(tier)) {
        return i;
      }
    }
    return -1;
  }

  private void sent(LedgerRow row) {
    if (isPerson(row.who())) {
      isAnswered = true;
      isAsked = isAsked || Boolean.TRUE.equals(row.facts().get("question"));
    }
  }

  private static boolean isAutomatic(LedgerRow row) {
    return Boolean.TRUE.equals(row.facts().get("automatic"));
  }

  private void paused(LedgerRow row) {
    var isForCustomer = row.facts().get(LedgerEntry.AWAITED) == null;
    if (isForCustomer && !isAsked) {
      add(PAUSE_WITHOUT_QUESTION, row);
    }
  }

  private void priorityChanged(LedgerRow row) {
    var from = priority(row.facts().get("from"));
    var to = priority(row.facts().get("to"));
    if (from != null && to != null && to.compareTo(from) < 0 && isReminded) {
      add(PRIORITY_LOWERED_BEFORE_LIMIT, row);
    }
  }

  private static @Nullable Priority priority(@Nullable Object code) {
    return code == null ? null : Priority.of(code.toString());
  }

  private void decided(LedgerRow row) {
    if (row.fromTier() != null && Objects.equals(broughtBy.get(row.fromTier()), row.who())) {
      add(ESCALATED_AND_DECIDED_BY_THE_SAME, row);
    }
  }

  private void closed(LedgerRow row) {
    if (!isAnswered) {
      add(CLOSED_WITHOUT_ANSWER, row);
    }
  }

  private void byHand(LedgerRow row) {
    if (isPerson(row.who())) {
      add(CHANGED_BY_HAND, row);
    }
  }

  private static boolean isPerson(String who) {
    return !who.equals(Actor.SYSTEM) && !who.equals(Message.CUSTOMER);
  }

  private void add(ExceptionKind kind, LedgerRow row) {
    found.add(new Found(kind, row));
  }
}
