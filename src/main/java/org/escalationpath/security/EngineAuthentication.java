package org.escalationpath.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine on this thread who is signed in, with the groups of now, so that its rights and records are theirs. */
@Component
class EngineAuthentication extends OncePerRequestFilter {

  private final IdentityService identities;
  private final EngineUsers users;

  EngineAuthentication(@Lazy IdentityService identities, EngineUsers users) {
    this.identities = identities;
    this.users = users;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var person = SecurityContextHolder.getContext().getAuthentication();
    var isSignedIn = person != null
        && person.isAuthenticated()
        && !(person instanceof AnonymousAuthenticationToken);
    try {
      if (isSignedIn) {
        identities.setAuthentication(person.getName(), users.groupsOf(person.getName()));
      }
      chain.doFilter(request, response);
    } finally {
      identities.clearAuthentication();
    }
  }
}
