package org.escalationpath.security;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.escalationpath.engine.BeforeOpening;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start in production on an insecure setting, and says which and what to do about it. */
@Component
@Profile("production")
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class ProductionChecks implements BeforeOpening {

  private static final int SHORTEST_PASSWORD = 12;

  private final Environment settings;
  private final IdentityService identities;

  ProductionChecks(Environment settings, IdentityService identities) {
    this.settings = settings;
    this.identities = identities;
  }

  @Override
  public void prepare() {
    var findings = findings();
    if (!findings.isEmpty()) {
      throw new IllegalStateException(
          "Not safe for production:\n  - " + String.join("\n  - ", findings));
    }
  }

  private List<String> findings() {
    var findings = new ArrayList<String>();
    if (!setting("spring.datasource.url").startsWith("jdbc:postgresql:")) {
      findings.add("spring.datasource.url is not PostgreSQL; H2 is for the demo only");
    }
    if (setting("spring.datasource.password").isBlank()) {
      findings.add("spring.datasource.password is empty; give the database user a password");
    }
    if (!setting("escalation.base-url").startsWith("https://")) {
      findings.add(
          "escalation.base-url must start with https://, since private links are made of it");
    }
    if (setting("spring.mail.host").isBlank()) {
      findings.add("spring.mail.host is missing; customers would hear nothing");
    }
    if (!"true".equals(setting("server.servlet.session.cookie.secure"))) {
      findings.add("server.servlet.session.cookie.secure must be true");
    }
    if ("true".equals(setting("escalation.demo.people"))) {
      findings.add("escalation.demo.people must be false");
    }
    checkPeople(findings);
    return findings;
  }

  private void checkPeople(List<String> findings) {
    if (identities.createUserQuery().memberOfGroup(Groups.ADMINISTRATOR).count() == 0) {
      findings.add(
          "nobody is in the group " + Groups.ADMINISTRATOR
              + "; set escalation.administrator.user and escalation.administrator.password for the first start");
    }
    var password = setting("escalation.administrator.password");
    if (!password.isBlank() && password.length() < SHORTEST_PASSWORD) {
      findings.add(
          "escalation.administrator.password has fewer than " + SHORTEST_PASSWORD + " characters");
    }
    for (var person : PeopleAndGroups.DEMO_PEOPLE) {
      if (identities.checkPassword(person.id(), PeopleAndGroups.DEMO_PASSWORD)) {
        findings.add("the demo person '" + person.id()
            + "' can still sign in with the demo password; remove them");
      }
    }
  }

  private String setting(String name) {
    return settings.getProperty(name, "");
  }
}
