package org.escalationpath.engine;

import java.util.Map;

/** Looks at what is about to be deployed, by whatever way, and may refuse it. */
public interface DeploymentCheck {

  /**
   * @param files their content by name, {@code processes/escalation-path.bpmn} or the bare name
   * @throws DeploymentRefused says what to change; nothing of the deployment takes effect
   */
  void check(Map<String, byte[]> files);
}
