package org.escalationpath.engine;

import org.camunda.bpm.engine.exception.NotValidException;

/** A deployment cannot be taken; the message says all that is wrong and what to change. The engine's REST API answers 400 with it. */
public class DeploymentRefused extends NotValidException {

  public DeploymentRefused(String message) {
    super(message);
  }
}
