package org.escalationpath.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request to the web apps a place of its own for its content-security-policy nonce. They keep it in the servlet
 * context, which all requests share, so that of two pages loaded at once one had the other's nonce and did not run.
 */
class OwnNoncePerRequest extends OncePerRequestFilter {

  private static final String NONCE = "org.camunda.bpm.csp.nonce";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var context = contextWithOwnNonce(request.getServletContext());
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public ServletContext getServletContext() {
            return context;
          }
        },
        response);
  }

  private static ServletContext contextWithOwnNonce(ServletContext shared) {
    var nonce = new Object() {
      @Nullable
      Object value;
    };
    return (ServletContext) Proxy.newProxyInstance(
        OwnNoncePerRequest.class.getClassLoader(),
        new Class<?>[] {ServletContext.class},
        (proxy, method, arguments) -> {
          if (isAbout(NONCE, arguments) && method.getName().equals("setAttribute")) {
            nonce.value = arguments[1];
            return null;
          }
          if (isAbout(NONCE, arguments) && method.getName().equals("getAttribute")) {
            return nonce.value;
          }
          return call(shared, method, arguments);
        });
  }

  private static boolean isAbout(String attribute, Object @Nullable [] arguments) {
    return arguments != null && arguments.length > 0 && attribute.equals(arguments[0]);
  }

  private static Object call(ServletContext shared, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(shared, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
