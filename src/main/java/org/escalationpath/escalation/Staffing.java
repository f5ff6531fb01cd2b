package org.escalationpath.escalation;

import org.camunda.bpm.engine.IdentityService;
import org.escalationpath.cases.Tier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who works at a tier: the members of its group. */
@Component
class Staffing {

  private final IdentityService identities;

  Staffing(@Lazy IdentityService identities) {
    this.identities = identities;
  }

  boolean isStaffed(Tier tier) {
    return identities.createUserQuery().memberOfGroup(tier.group()).count() > 0;
  }
}
