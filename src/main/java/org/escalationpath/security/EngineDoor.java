package org.escalationpath.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which calls of the engine's HTTP interface change something past our checks and the ledger. The engine's own authorizations
 * are too coarse for them: who may start a case by its form may also start it in the middle.
 */
final class EngineDoor {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final String ENGINE = "/(?:engine-rest|camunda/api/engine)(?:/engine/[^/]+)?";

  /**
   * What the engine's operation log does not note, or notes once for many cases, so that no ledger could say who did it; and what
   * takes away what it noted. {@code docs/auditor.md} says what to do instead.
   */
  private static final Pattern FOR_NOBODY = Pattern.compile(ENGINE
      + "/(?:message|signal|condition|execution/[^/]+/(?:signal|messageSubscriptions/.*)"
      + "|external-task/(?:fetchAndLock|retries|[^/]+/(?:bpmnError|complete|extendLock|failure|lock|unlock))"
      + "|[^?]*-async|batch/.*|migration/execute.*|modification/.*|process-definition/.*/restart"
      + "|process-instance/(?:delete|delete-historic-query-based|job-retries.*|suspended)|job/(?:suspended|retries)"
      + "|(?:process-definition|job-definition)/(?:.*/)?(?:suspended|retries|jobPriority)"
      + "|process-instance/[^/]+/comment.*|incident/[^/]+/annotation|task/create|task/[^/]+/(?:resolve|delegate|bpmn.*|attachment/.*|comment/.*|comment)"
      + "|history/(?:cleanup|user-operation/.*|.*/(?:delete|set-removal-time))"
      + "|case-(?:definition|instance|execution)/.*|tenant/.*|telemetry/.*|metrics/.*)/?");

  /** What is never taken away over HTTP: history, and models with all that ran under them. */
  private static final Pattern KEPT =
      Pattern.compile(ENGINE + "/(?:history|deployment|process-definition)/.*");

  private static final Pattern OF_THE_HISTORY = Pattern.compile(ENGINE + "/history/.*");

  private static final Pattern FOR_ADMINISTRATORS = Pattern.compile(ENGINE
      + "/(?:process-definition/.*/start|identity/verify|execution/[^/]+/.*"
      + "|process-instance/(?!count$)[^/]+/.*|external-task/.*|migration/.*"
      + "|task/[^/]+/(?:variables|localVariables)(?:/.*)?)/?");
  private static final Pattern OF_THE_ENGINE = Pattern.compile(ENGINE + "/.*");

  /** What is asked with a body because it has many parts. */
  private static final Pattern QUERY = Pattern.compile(ENGINE
      + "/(?:(?:history/)?[a-z-]+(?:/count)?|filter/[^/]+/(?:list|count|singleResult)"
      + "|migration/(?:generate|validate)|identity/password-policy|schema/log)/?");

  private EngineDoor() {}

  /** Changes that nobody makes over HTTP. */
  static boolean isClosed(HttpServletRequest request) {
    var path = request.getRequestURI();
    var isQuery = path.endsWith("/count");
    return isChange(request) && !isQuery && FOR_NOBODY.matcher(path).matches()
        || request.getMethod().equals("DELETE") && KEPT.matcher(path).matches()
        || request.getMethod().equals("PUT") && OF_THE_HISTORY.matcher(path).matches();
  }

  /** Changes that only an administrator may make by hand. */
  static boolean isForAdministrators(HttpServletRequest request) {
    return isChange(request)
        && FOR_ADMINISTRATORS.matcher(request.getRequestURI()).matches();
  }

  /** Doing a task that the engine gives to whoever asks; to auditors it gives their worksheets. */
  private static final Pattern DOING =
      Pattern.compile(ENGINE + "/task/[^/]+/(?:claim|unclaim|complete|submit-form)/?");

  /** Anything that changes something in the engine, but for doing a task of one's own. */
  static boolean isWork(HttpServletRequest request) {
    var path = request.getRequestURI();
    var isQuery = request.getMethod().equals("POST") && QUERY.matcher(path).matches();
    return isChange(request)
        && !isQuery
        && !DOING.matcher(path).matches()
        && OF_THE_ENGINE.matcher(path).matches();
  }

  private static boolean isChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }
}
