package org.escalationpath.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that no honest client writes, like {@code /engine-rest;x/engine} or {@code /%65ngine-rest}, before anybody has to
 * decide which rule they fall under. Spring's own rules would end in a server error for those that lead to Jersey.
 */
class StraightPaths extends OncePerRequestFilter {

  private final StrictHttpFirewall firewall = new StrictHttpFirewall();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isStraight(request)) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private boolean isStraight(HttpServletRequest request) {
    try {
      firewall.getFirewalledRequest(request);
      return request
          .getRequestURI()
          .startsWith(request.getContextPath() + request.getServletPath());
    } catch (RequestRejectedException e) {
      return false;
    }
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return true;
  }
}
