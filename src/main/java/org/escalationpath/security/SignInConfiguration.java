package org.escalationpath.security;

import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.TRACE;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Three doors: the engine's REST API (Basic only), our own API (Basic, or the session with its CSRF token), and pages with the
 * web apps (session). What no rule names is refused.
 */
@Configuration
class SignInConfiguration {

  private static final String OUR_PAGES =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String SCRAPED = "/actuator/prometheus";

  /** Without it, matchers in text form see only Spring's own servlet and miss the paths of Jersey. */
  @Bean
  static PathPatternRequestMatcherBuilderFactoryBean pathPatterns() {
    return new PathPatternRequestMatcherBuilderFactoryBean();
  }

  @Bean
  @Order(1)
  SecurityFilterChain engineRest(
      HttpSecurity http, EngineUsers users, EngineAuthentication engineAuthentication)
      throws Exception {
    http.securityMatcher("/engine-rest", "/engine-rest/**")
        .authenticationManager(only(users))
        .csrf(csrf -> csrf.ignoringRequestMatchers(SignInConfiguration::isFromAProgram))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // OPTIONS would list the whole API and the name of its server
        .authorizeHttpRequests(
            rules -> withEngineDoor(rules.requestMatchers(OPTIONS, "/**").denyAll())
                .anyRequest()
                .authenticated())
        .httpBasic(basic -> basic.authenticationEntryPoint(basicChallenge()))
        .addFilterAfter(engineAuthentication, AuthorizationFilter.class)
        .headers(this::strictHeaders);
    return http.build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain api(
      HttpSecurity http,
      EngineUsers users,
      EngineAuthentication engineAuthentication,
      CsrfTokenRepository tokens)
      throws Exception {
    http.securityMatcher("/api/**", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml", SCRAPED)
        .authenticationManager(only(users))
        .csrf(csrf -> csrf.csrfTokenRepository(tokens)
            .ignoringRequestMatchers(SignInConfiguration::isFromAProgram))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .authorizeHttpRequests(rules -> rules
            .requestMatchers(SCRAPED)
            .hasAnyRole(Groups.ADMINISTRATOR, Groups.MONITORING)
            .anyRequest()
            .authenticated())
        .httpBasic(basic -> basic.authenticationEntryPoint(basicChallenge()))
        .addFilterAfter(engineAuthentication, AuthorizationFilter.class)
        .headers(this::strictHeaders);
    return http.build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(
      HttpSecurity http,
      EngineUsers users,
      EngineAuthentication engineAuthentication,
      CsrfTokenRepository tokens)
      throws Exception {
    http.authenticationManager(only(users))
        .authorizeHttpRequests(rules -> rules
            .requestMatchers(OPTIONS, "/**")
            .denyAll()
            .requestMatchers(TRACE, "/**")
            .denyAll()
            // CVE-2026-77226: makes an administrator without a sign-in while the group has no
            // member
            .requestMatchers("/camunda/api/admin/setup/**", "/camunda/app/admin/*/setup/**")
            .denyAll()
            // the web apps' own sign-in would pass by ours and its throttle
            .requestMatchers("/camunda/api/admin/auth/user/*/login/**")
            .denyAll()
            .requestMatchers(EngineDoor::isClosed)
            .denyAll()
            .requestMatchers(EngineDoor::isForAdministrators)
            .hasRole(Groups.ADMINISTRATOR)
            .requestMatchers(EngineDoor::isWork)
            .access(SignInConfiguration::isNoAuditor)
            .requestMatchers(
                "/",
                "/login",
                "/error",
                "/open",
                "/status/**",
                "/survey/**",
                "/css/**",
                "/js/**",
                "/vendor/**",
                "/images/**",
                "/favicon.ico")
            .permitAll()
            .requestMatchers("/actuator/health", "/actuator/health/**")
            .permitAll()
            .requestMatchers("/actuator/**")
            .hasRole(Groups.ADMINISTRATOR)
            .anyRequest()
            .authenticated())
        // the web apps check a token of their own
        .csrf(csrf -> csrf.csrfTokenRepository(tokens).ignoringRequestMatchers("/camunda/api/**"))
        .requestCache(cache -> cache.requestCache(onlyPages()))
        .exceptionHandling(answers -> answers.authenticationEntryPoint(signInFirst()))
        .formLogin(form -> form.loginPage("/login")
            .failureHandler((request, response, failure) ->
                response.sendRedirect(request.getContextPath() + "/login?" + reason(failure))))
        .logout(logout -> logout.logoutSuccessUrl("/"))
        .addFilterAfter(engineAuthentication, AuthorizationFilter.class)
        .headers(headers -> headers
            .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
            .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                request -> !request.getRequestURI().startsWith("/camunda/"),
                new ContentSecurityPolicyHeaderWriter(OUR_PAGES))));
    return http.build();
  }

  /** After signing in one goes on where one was, if that was a page of its own. */
  private static RequestCache onlyPages() {
    var cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(request -> request.getMethod().equals("GET")
        && !isForAPartOfAPage(request)
        && !String.valueOf(request.getHeader("Accept")).contains("text/event-stream"));
    return cache;
  }

  /** A part of a page cannot show the sign-in; the whole page goes there. */
  private static AuthenticationEntryPoint signInFirst() {
    var page = new LoginUrlAuthenticationEntryPoint("/login");
    return (request, response, failure) -> {
      if (isForAPartOfAPage(request)) {
        response.setHeader("HX-Redirect", request.getContextPath() + "/login");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      } else {
        page.commence(request, response, failure);
      }
    };
  }

  private static boolean isForAPartOfAPage(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null;
  }

  /** In a cookie, so that nobody who only looks at a public page gets a session. */
  @Bean
  CsrfTokenRepository tokens(
      @Value("${server.servlet.session.cookie.secure:false}") boolean isSecure) {
    var tokens = new CookieCsrfTokenRepository();
    // the web apps have one of the usual name
    tokens.setCookieName("PAGE-TOKEN");
    tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Lax").secure(isSecure));
    return tokens;
  }

  private static AuthorizeHttpRequestsConfigurer<HttpSecurity>
          .AuthorizationManagerRequestMatcherRegistry
      withEngineDoor(
          AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
              rules) {
    return rules
        .requestMatchers(EngineDoor::isClosed)
        .denyAll()
        .requestMatchers(EngineDoor::isForAdministrators)
        .hasRole(Groups.ADMINISTRATOR)
        .requestMatchers(EngineDoor::isWork)
        .access(SignInConfiguration::isNoAuditor);
  }

  /** An auditor changes nothing in the engine, not even by a comment, for which the engine asks no right. */
  private static AuthorizationDecision isNoAuditor(
      Supplier<Authentication> person, RequestAuthorizationContext context) {
    var isSignedIn = person.get() != null && person.get().isAuthenticated();
    return new AuthorizationDecision(isSignedIn
        && person.get().getAuthorities().stream()
            .noneMatch(each -> each.getAuthority().equals(EngineUsers.ROLE + Groups.AUDITOR)));
  }

  /** Without Spring's global manager behind it, which would ask the same provider again and count a failure twice. */
  private static AuthenticationManager only(EngineUsers users) {
    return new ProviderManager(users);
  }

  private static String reason(AuthenticationException failure) {
    return failure instanceof LockedException ? "throttled" : "error";
  }

  /** A browser sends Basic credentials by itself to other sites' forms; a program has no Sec-Fetch-Site header. */
  private static boolean isFromAProgram(HttpServletRequest request) {
    var authorization = request.getHeader("Authorization");
    var site = request.getHeader("Sec-Fetch-Site");
    return authorization != null
        && authorization.regionMatches(true, 0, "Basic ", 0, 6)
        && (site == null || site.equals("same-origin") || site.equals("none"));
  }

  private static AuthenticationEntryPoint basicChallenge() {
    var basic = new BasicAuthenticationEntryPoint();
    basic.setRealmName("Escalation Path");
    return (request, response, failure) -> {
      if (failure instanceof LockedException) {
        response.sendError(429, failure.getMessage());
      } else {
        basic.commence(request, response, failure);
      }
    };
  }

  private void strictHeaders(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(
            policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
  }

  /** Hands the signed-in person to the web apps. */
  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webAppsKnowWhoIsSignedIn() {
    var registration = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    registration.setInitParameters(
        Map.of("authentication-provider", SignedInPerson.class.getName()));
    // right behind Spring Security's chain, which stands at -100
    registration.setOrder(-99);
    registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  @Bean
  FilterRegistrationBean<OwnNoncePerRequest> ownNoncePerRequest() {
    var registration = new FilterRegistrationBean<>(new OwnNoncePerRequest());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  @Bean
  FilterRegistrationBean<StraightPaths> straightPaths() {
    var registration = new FilterRegistrationBean<>(new StraightPaths());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** Runs inside the chains only, not as a filter of its own. */
  @Bean
  FilterRegistrationBean<EngineAuthentication> engineAuthenticationIsNoFilterOfItsOwn(
      EngineAuthentication filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }
}
