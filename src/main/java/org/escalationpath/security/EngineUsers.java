package org.escalationpath.security;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Signs people in against the engine's identity service, so that Camunda Admin manages them. */
@Component
class EngineUsers implements AuthenticationProvider {

  static final String ROLE = "ROLE_";

  private final IdentityService identities;
  private final SignInThrottle throttle;

  EngineUsers(@Lazy IdentityService identities, SignInThrottle throttle) {
    this.identities = identities;
    this.throttle = throttle;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    var user = attempt.getName();
    var password = String.valueOf(attempt.getCredentials());
    if (!throttle.allows(attempt)) {
      throw new LockedException("Too many wrong passwords from this address; wait a minute");
    }
    if (!isKnown(user, password) || !identities.checkPassword(user, password)) {
      throttle.failed(attempt);
      throw new BadCredentialsException("Wrong user name or password");
    }
    var authorities = groupsOf(user).stream()
        .map(group -> new SimpleGrantedAuthority(ROLE + group))
        .toList();
    var signedIn = UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
    signedIn.setDetails(attempt.getDetails());
    return signedIn;
  }

  private static boolean isKnown(String user, String password) {
    return !user.isBlank() && !password.isBlank() && user.indexOf('\0') < 0 && user.length() <= 64;
  }

  /** The groups of {@code user} as they are now. */
  List<String> groupsOf(String user) {
    return identities.createGroupQuery().groupMember(user).list().stream()
        .map(Group::getId)
        .toList();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
