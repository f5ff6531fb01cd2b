package org.escalationpath.engine;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who acts now: the person signed in on this thread, or the system where nobody is. */
@Component
public class Actor {

  /** How ledgers name the engine's timers and jobs. */
  public static final String SYSTEM = "system";

  private final IdentityService identities;

  Actor(@Lazy IdentityService identities) {
    this.identities = identities;
  }

  /** The user id of the person signed in, or {@link #SYSTEM}. */
  public String name() {
    return person().orElse(SYSTEM);
  }

  public Optional<String> person() {
    return Optional.ofNullable(identities.getCurrentAuthentication()).map(each -> each.getUserId());
  }

  /** The groups of the person signed in; none for the system. */
  public List<String> groups() {
    var authentication = identities.getCurrentAuthentication();
    return authentication == null || authentication.getGroupIds() == null
        ? List.of()
        : authentication.getGroupIds();
  }
}
