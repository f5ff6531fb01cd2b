package org.escalationpath.engine;

import java.util.Map;

/** As {@link TaskCheck}, for a form that starts a process. */
public interface StartCheck {

  /**
   * @param processKey the process about to be started
   * @param submitted what the form or the client sends, by variable name
   * @throws IllegalArgumentException saying what to change; REST and Tasklist answer 400 with it
   */
  void check(String processKey, Map<String, Object> submitted);
}
