package org.escalationpath.engine;

import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What the people of the desk are called. */
@Component
public class People {

  private final IdentityService identities;
  private final Commands commands;

  People(@Lazy IdentityService identities, Commands commands) {
    this.identities = identities;
    this.commands = commands;
  }

  /** First and last name, {@code Ada Agent}; the user id where nobody has entered them, or the person is gone. */
  public String name(String person) {
    return find(person)
        .map(user -> (text(user.getFirstName()) + " " + text(user.getLastName())).strip())
        .filter(name -> !name.isEmpty())
        .orElse(person);
  }

  /** The first name; the user id where there is none. */
  public String firstName(String person) {
    return find(person).map(User::getFirstName).filter(name -> !name.isBlank()).orElse(person);
  }

  private Optional<User> find(String person) {
    return Optional.ofNullable(
        commands.run(() -> identities.createUserQuery().userId(person).singleResult()));
  }

  private static String text(@org.jspecify.annotations.Nullable String name) {
    return name == null ? "" : name;
  }
}
