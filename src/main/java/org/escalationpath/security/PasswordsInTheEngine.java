package org.escalationpath.security;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the engine's identity service store passwords with {@link PasswordHash}. */
@Component
class PasswordsInTheEngine extends AbstractProcessEnginePlugin {

  private final int strength;

  PasswordsInTheEngine(@Value("${escalation.security.bcrypt-strength:12}") int strength) {
    this.strength = strength;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setPasswordEncryptor(new PasswordHash(strength));
  }
}
