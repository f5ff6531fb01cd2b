package org.escalationpath.security;

import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Tells the web apps who is signed in. Made by the web apps' filter from its class name. */
public class SignedInPerson extends ContainerBasedAuthenticationProvider {

  @Override
  public AuthenticationResult extractAuthenticatedUser(
      HttpServletRequest request, ProcessEngine engine) {
    var person = SecurityContextHolder.getContext().getAuthentication();
    if (person == null
        || !person.isAuthenticated()
        || person instanceof AnonymousAuthenticationToken) {
      return AuthenticationResult.unsuccessful();
    }
    var result = AuthenticationResult.successful(person.getName());
    result.setGroups(
        engine.getIdentityService().createGroupQuery().groupMember(person.getName()).list().stream()
            .map(Group::getId)
            .toList());
    return result;
  }
}
