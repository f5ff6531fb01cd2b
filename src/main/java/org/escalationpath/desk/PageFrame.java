package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.People;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/** What every page shows around its content: who is signed in, where they may go, and how it looks. */
@ControllerAdvice(annotations = Page.class)
class PageFrame {

  private static final String THEME = "theme";
  private static final Set<String> THEMES = Set.of("system", "light", "dark");

  private final Actor actor;
  private final People people;
  private final Rights rights;
  private final boolean isDemo;

  PageFrame(
      Actor actor,
      People people,
      Rights rights,
      @Value("${escalation.demo.people}") boolean isDemo) {
    this.actor = actor;
    this.people = people;
    this.rights = rights;
    this.isDemo = isDemo;
  }

  @ModelAttribute
  void fill(ModelMap model) {
    var request = request();
    var person = actor.person().orElse(null);
    model.addAttribute("person", person);
    model.addAttribute("personName", person == null ? null : people.name(person));
    model.addAttribute("isStaff", rights.isStaff());
    model.addAttribute("isOfATier", rights.isOfATier());
    model.addAttribute("mayPlan", rights.mayPlan());
    model.addAttribute("isAdministrator", rights.isAdministrator());
    model.addAttribute("mayReadHistory", rights.mayReadHistory());
    model.addAttribute("mayAudit", rights.mayAudit());
    model.addAttribute("isDemo", isDemo);
    model.addAttribute("theme", theme(request));
    // where a choice of language or look leads back to; forms are answered on other paths
    model.addAttribute("address", request.getMethod().equals("GET") ? address(request) : "/");
    if (!model.containsAttribute("typed")) {
      model.addAttribute("typed", Map.of());
    }
  }

  /** With what was asked for, and without what the links of the footer ask for. */
  private static String address(HttpServletRequest request) {
    return UriComponentsBuilder.fromPath(request.getRequestURI())
        .query(request.getQueryString())
        .replaceQueryParam(THEME)
        .replaceQueryParam("lang")
        .build()
        .toUriString();
  }

  private static HttpServletRequest request() {
    return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
        .getRequest();
  }

  /** The look that the reader has chosen, {@code light} or {@code dark}, or {@code system} for that of their machine. */
  private static String theme(HttpServletRequest request) {
    var asked = request.getParameter(THEME);
    if (asked != null && THEMES.contains(asked)) {
      keep(asked, request);
      return asked;
    }
    var kept = WebUtils.getCookie(request, THEME);
    return kept != null && THEMES.contains(kept.getValue()) ? kept.getValue() : "system";
  }

  private static void keep(String theme, HttpServletRequest request) {
    var response =
        ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getResponse();
    if (response != null) {
      response.addHeader(
          HttpHeaders.SET_COOKIE,
          ResponseCookie.from(THEME, theme)
              .path("/")
              .maxAge(Duration.ofDays(365))
              .httpOnly(true)
              .secure(request.isSecure())
              .sameSite("Lax")
              .build()
              .toString());
    }
  }
}
