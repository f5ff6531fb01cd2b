package org.escalationpath.desk;

import java.util.Set;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.escalationpath.security.Groups;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Who may do what with a case. All staff may read; the tiers work; the tier whose turn it is decides. */
@Component
class Rights {

  private static final Set<String> READERS =
      Set.of(Groups.AUDITOR, Groups.PROCESS_OWNER, Groups.ADMINISTRATOR);

  private final Actor actor;
  private final Tiers tiers;

  Rights(Actor actor, Tiers tiers) {
    this.actor = actor;
    this.tiers = tiers;
  }

  void mustBeStaff() {
    if (!isOfATier() && actor.groups().stream().noneMatch(READERS::contains)) {
      throw new AccessDeniedException(
          "Cases are for the people of the tiers, process owners and auditors");
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
      throw new AccessDeniedException("Case %s is with %s now; only its people can do this"
          .formatted(customerCase.number(), customerCase.tier()));
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
