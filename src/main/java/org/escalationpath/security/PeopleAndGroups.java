package org.escalationpath.security;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.BeforeOpening;
import org.escalationpath.engine.SetUpLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Makes the groups of the tiers and roles where they are absent, the demo's people in the demo, and the first administrator
 * where the settings name one. Runs right after the models are deployed, before anybody can sign in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class PeopleAndGroups implements BeforeOpening {

  static final String DEMO_PASSWORD = "demo";
  static final List<DemoPerson> DEMO_PEOPLE = List.of(
      new DemoPerson("agent", "Ada", "Agent", "front-line"),
      new DemoPerson("lead", "Leo", "Lead", "team-lead"),
      new DemoPerson("manager", "Mia", "Manager", "department-manager"),
      new DemoPerson("director", "Dora", "Director", "senior-management"),
      new DemoPerson("owner", "Otto", "Owner", Groups.PROCESS_OWNER),
      new DemoPerson("auditor", "Aude", "Auditor", Groups.AUDITOR),
      new DemoPerson("admin", "Adam", "Admin", Groups.ADMINISTRATOR));

  private final IdentityService identities;
  private final Tiers tiers;
  private final Grants grants;
  private final SetUpLock lock;
  private final boolean isDemo;
  private final String administrator;
  private final String password;

  PeopleAndGroups(
      IdentityService identities,
      Tiers tiers,
      Grants grants,
      SetUpLock lock,
      @Value("${escalation.demo.people}") boolean isDemo,
      @Value("${escalation.administrator.user:}") String administrator,
      @Value("${escalation.administrator.password:}") String password) {
    this.identities = identities;
    this.tiers = tiers;
    this.grants = grants;
    this.lock = lock;
    this.isDemo = isDemo;
    this.administrator = administrator;
    this.password = password;
  }

  record DemoPerson(String id, String firstName, String lastName, String group) {}

  @Override
  public void prepare() {
    lock.run(this::makeWhatIsMissing);
  }

  private void makeWhatIsMissing() {
    for (var tier : tiers.all()) {
      ensureGroup(tier.group(), tiers.name(tier), "WORKFLOW");
    }
    ensureGroup(Groups.PROCESS_OWNER, "process owner", "WORKFLOW");
    ensureGroup(Groups.AUDITOR, "auditor", "WORKFLOW");
    ensureGroup(Groups.ADMINISTRATOR, "administrator", "SYSTEM");
    if (isDemo) {
      DEMO_PEOPLE.forEach(this::ensureDemoPerson);
    } else if (!administrator.isBlank() && !hasAdministrator()) {
      ensurePerson(administrator, "First", "Administrator", "", password, Groups.ADMINISTRATOR);
    }
    grants.ensure(tiers.all().stream().map(Tier::group).toList());
  }

  private boolean hasAdministrator() {
    return identities.createUserQuery().memberOfGroup(Groups.ADMINISTRATOR).count() > 0;
  }

  private void ensureGroup(String id, String name, String type) {
    if (identities.createGroupQuery().groupId(id).count() == 0) {
      var group = identities.newGroup(id);
      group.setName(name);
      group.setType(type);
      identities.saveGroup(group);
    }
  }

  private void ensureDemoPerson(DemoPerson person) {
    ensurePerson(
        person.id(),
        person.firstName(),
        person.lastName(),
        person.id() + "@localhost",
        DEMO_PASSWORD,
        person.group());
  }

  private void ensurePerson(
      String id, String firstName, String lastName, String email, String secret, String group) {
    if (identities.createUserQuery().userId(id).count() > 0) {
      return;
    }
    var user = identities.newUser(id);
    user.setFirstName(firstName);
    user.setLastName(lastName);
    user.setEmail(email);
    user.setPassword(secret);
    identities.saveUser(user);
    identities.createMembership(id, group);
  }
}
