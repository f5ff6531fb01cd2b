package org.escalationpath.desk;

import java.util.Set;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.escalation.WrongState;
import org.escalationpath.security.Groups;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Who may do what with a case. All staff may read; the tiers work; the tier whose turn it is decides. */
@Component
class Rights {

  private static final Set<String> READERS =
      Set.of(Groups.AUDITOR, Groups.PROCESS_OWNER, Groups.ADMINISTRATOR);

  private static final Set<String> AUDITORS = Set.of(Groups.AUDITOR, Groups.ADMINISTRATOR);

  private static final Set<String> PLANNERS = Set.of(Groups.PROCESS_OWNER, Groups.ADMINISTRATOR);

  private final Actor actor;
  private final Tiers tiers;
  private final Ledger ledger;

  Rights(Actor actor, Tiers tiers, Ledger ledger) {
    this.actor = actor;
    this.tiers = tiers;
    this.ledger = ledger;
  }

  boolean isStaff() {
    return isOfATier() || actor.groups().stream().anyMatch(READERS::contains);
  }

  boolean isAdministrator() {
    return actor.groups().contains(Groups.ADMINISTRATOR);
  }

  void mustAdminister() {
    if (!isAdministrator()) {
      throw new AccessDeniedException(
          "Personal data is erased, and cases are held, by administrators");
    }
  }

  void mustBeStaff() {
    if (!isStaff()) {
      throw new AccessDeniedException(
          "Cases are for the people of the tiers, process owners and auditors");
    }
  }

  /** Whether the person plans how the desk works: its calendars, and what running clocks count by. */
  boolean mayPlan() {
    return actor.groups().stream().anyMatch(PLANNERS::contains);
  }

  void mustPlan() {
    if (!mayPlan()) {
      throw new AccessDeniedException(
          "Calendars, models and running clocks are changed by process owners and administrators");
    }
  }

  /** Whether the person may see what the engine has recorded, beyond the page of a case. */
  boolean mayReadHistory() {
    return actor.groups().stream().anyMatch(READERS::contains);
  }

  void mustReadHistory() {
    if (!mayReadHistory()) {
      throw new AccessDeniedException(
          "The history of cases is for auditors, process owners and administrators");
    }
  }

  /** Whether the person may read what is recorded about everybody, and take it out of the system. */
  boolean mayAudit() {
    return actor.groups().stream().anyMatch(AUDITORS::contains);
  }

  void mustAudit() {
    if (!mayAudit()) {
      throw new AccessDeniedException(
          "What was recorded is verified and taken out by auditors and administrators");
    }
  }

  void mustBeOfATier() {
    if (!isOfATier()) {
      throw new AccessDeniedException("Only the people of the tiers work on cases");
    }
  }

  /** @throws AccessDeniedException if the case is another tier's turn */
  void mustWorkOn(CustomerCase customerCase) {
    mustBeOfATier();
    if (!worksOn(customerCase)) {
      refuseLatecomers(customerCase);
      throw new AccessDeniedException("Case %s is with %s now; only its people can do this"
          .formatted(customerCase.number(), customerCase.tier()));
    }
  }

  /** Whose case it was until a moment ago is told that it has moved on, not that they have no right. */
  private void refuseLatecomers(CustomerCase customerCase) {
    var moves = ledger.of(customerCase.number()).stream()
        .filter(entry -> entry.what() == What.ESCALATED || entry.what() == What.RETURNED)
        .toList();
    if (!moves.isEmpty()) {
      var from = moves.get(moves.size() - 1).fromTier();
      if (from != null && actor.groups().contains(from.group())) {
        throw new WrongState(customerCase.number(), "it has moved on to " + customerCase.tier());
      }
    }
  }

  boolean isOfATier() {
    return tiers.all().stream().map(Tier::group).anyMatch(actor.groups()::contains);
  }

  boolean worksOn(CustomerCase customerCase) {
    return customerCase.tier() != null
        && actor.groups().contains(customerCase.tier().group());
  }
}
