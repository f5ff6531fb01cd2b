package org.escalationpath.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What the people of the desk are called; a new name is known within a minute. */
@Component
public class People {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 1_000;

  private final IdentityService identities;
  private final Commands commands;
  private final Clock clock;

  /** A list names the same few people on each line. */
  private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
      return size() > MOST;
    }
  });

  People(@Lazy IdentityService identities, Commands commands, Clock clock) {
    this.identities = identities;
    this.commands = commands;
    this.clock = clock;
  }

  private record Known(Optional<User> user, Instant at) {}

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
    var now = clock.instant();
    var read = known.get(person);
    if (read == null || Duration.between(read.at(), now).abs().compareTo(KEPT) > 0) {
      read = new Known(
          Optional.ofNullable(
              commands.run(() -> identities.createUserQuery().userId(person).singleResult())),
          now);
      known.put(person, read);
    }
    return read.user();
  }

  private static String text(@org.jspecify.annotations.Nullable String name) {
    return name == null ? "" : name;
  }
}
