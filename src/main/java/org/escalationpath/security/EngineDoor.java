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
  private static final Pattern FOR_ADMINISTRATORS = Pattern.compile(ENGINE
      + "/(?:process-definition/.*/start|message|signal|condition|identity/verify|execution/[^/]+/.*"
      + "|process-instance/(?!count$)[^/]+/.*|external-task/.*|modification/.*|migration/.*"
      + "|task/create|task/[^/]+/(?:resolve|delegate|variables|localVariables|bpmn.*)(?:/.*)?)/?");
  private static final Pattern OF_A_TASK =
      Pattern.compile(ENGINE + "/task/(?!count$|report)[^/]+(?:/.*)?");

  private EngineDoor() {}

  /** Changes that only an administrator may make by hand. */
  static boolean isForAdministrators(HttpServletRequest request) {
    return isChange(request)
        && FOR_ADMINISTRATORS.matcher(request.getRequestURI()).matches();
  }

  /** Anything done to a task, comments and attachments included. */
  static boolean isWorkOnATask(HttpServletRequest request) {
    return isChange(request) && OF_A_TASK.matcher(request.getRequestURI()).matches();
  }

  private static boolean isChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }
}
