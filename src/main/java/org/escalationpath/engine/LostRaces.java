package org.escalationpath.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Turns what the engine's REST API answers to the loser of a race, a server error, into 409 with a sentence. A task that is gone
 * has been completed by somebody else, or its time limit has passed.
 */
class LostRaces extends OncePerRequestFilter {

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "DELETE");
  private static final Pattern LOST = Pattern.compile(
      "OptimisticLockingException|ENGINE-03005|Cannot find task with id"
          + "|task is null|No matching task with id|MismatchingMessageCorrelationException|ENGINE-13031");
  private static final String ANSWER = """
      {"type":"LostRace","message":"Somebody else was faster: the task was completed or taken over, or its time limit passed. \
      Look at the case again."}""";

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !CHANGES.contains(request.getMethod())
        || !(request.getRequestURI().contains("/task/")
            || request.getRequestURI().contains("/message"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var cached = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, cached);
    var body = new String(cached.getContentAsByteArray(), StandardCharsets.UTF_8);
    if (cached.getStatus() >= 400 && LOST.matcher(body).find()) {
      cached.resetBuffer();
      cached.setStatus(HttpServletResponse.SC_CONFLICT);
      cached.setContentType("application/json");
      cached.getOutputStream().write(ANSWER.getBytes(StandardCharsets.UTF_8));
    }
    cached.copyBodyToResponse();
  }
}
