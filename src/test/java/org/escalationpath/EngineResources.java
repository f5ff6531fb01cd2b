package org.escalationpath;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.jspecify.annotations.Nullable;

/** All that the engine's REST API offers, read from its own resources, so that no list of ours can forget any. */
final class EngineResources {

  /**
   * @param path with its variables, {@code /task/{id}/claim}
   */
  record Resource(String method, String path) implements Comparable<Resource> {

    boolean isReading() {
      return method.equals("GET")
          || method.equals("POST") && QUERY.matcher(path).matches();
    }

    @Override
    public int compareTo(Resource other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Asked with a body because the question has many parts. */
  private static final Pattern QUERY = Pattern.compile(
      "/(?:history/)?[a-z-]+/count|/(?:task|execution|process-instance|variable-instance|job|job-definition|external-task|group|case-instance"
          + "|case-execution)|/history/(?:activity-instance|case-instance|detail|external-task-log|job-log|process-instance|task"
          + "|variable-instance)|/filter/\\{id}/(?:list|count|singleResult)|/migration/(?:generate|validate)|/identity/(?:password-policy|verify)"
          + "|/schema/log");

  private EngineResources() {}

  static List<Resource> all() {
    var found = new TreeSet<Resource>();
    for (var type : CamundaRestResources.getResourceClasses()) {
      walk(type, path(type), found, 0);
    }
    // the same again, for an engine by its name
    return found.stream().filter(each -> !each.path().startsWith("/engine")).toList();
  }

  private static void walk(Class<?> type, String base, TreeSet<Resource> found, int depth) {
    if (depth > 6) {
      return;
    }
    for (var each : type.getMethods()) {
      var method = annotated(each);
      if (method == null) {
        continue;
      }
      var path = base + path(method);
      var verb = verb(method);
      if (verb != null) {
        if (!verb.equals("OPTIONS") && !verb.equals("HEAD")) {
          found.add(new Resource(verb, path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "")));
        }
      } else {
        walk(method.getReturnType(), path, found, depth + 1);
      }
    }
  }

  private static @Nullable String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst()
        .orElse(null);
  }

  private static String path(AnnotatedElement element) {
    var path = element.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value();
  }

  /** The method, or the one that it implements, whichever says where it is reached. */
  private static @Nullable Method annotated(Method method) {
    if (isAnnotated(method)) {
      return method;
    }
    for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
      for (var implemented : type.getInterfaces()) {
        try {
          var declared = implemented.getMethod(method.getName(), method.getParameterTypes());
          if (isAnnotated(declared)) {
            return declared;
          }
        } catch (NoSuchMethodException e) {
          continue;
        }
      }
    }
    return null;
  }

  private static boolean isAnnotated(Method method) {
    return method.isAnnotationPresent(Path.class) || verb(method) != null;
  }
}
