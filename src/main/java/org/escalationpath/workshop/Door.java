package org.escalationpath.workshop;

import java.util.Map;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.DeploymentCheck;
import org.escalationpath.engine.DeploymentRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets through what may be deployed, with its warnings in the log, and refuses the rest with all that is wrong. */
@Component
class Door implements DeploymentCheck {

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final Workshop workshop;
  private final Actor actor;

  Door(Workshop workshop, Actor actor) {
    this.actor = actor;
    this.workshop = workshop;
  }

  /** Nobody is signed in when the program deploys what it brings. */
  @Override
  public void check(Map<String, byte[]> files) {
    if (actor.person().isPresent() && !workshop.isDirectDeploymentAllowed()) {
      throw new DeploymentRefused(
          "Here a second person approves what is deployed. Propose the change on the page Models; nothing was deployed.");
    }
    var report = workshop.inspect(files);
    if (!report.isFine()) {
      throw new DeploymentRefused("""
          The deployment was refused, nothing of it took effect. %d things to change:

          %s""".formatted(report.errors().size(), report.text()));
    }
    report.warnings().forEach(warning -> log.info("Deployed with a warning: {}", warning));
  }
}
