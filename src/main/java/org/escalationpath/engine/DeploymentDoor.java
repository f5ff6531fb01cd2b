package org.escalationpath.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The first of the engine's deployers: whatever way a deployment comes, it passes here before anything of it takes effect, in the
 * transaction and under the lock of the deployment. The checks are found late because the engine is built before them.
 */
@Component
class DeploymentDoor implements Deployer {

  private final ObjectProvider<DeploymentCheck> checks;

  DeploymentDoor(ObjectProvider<DeploymentCheck> checks) {
    this.checks = checks;
  }

  /** Deployments of before are given to deployers, too, whenever a node reads a model for the first time. */
  @Override
  public void deploy(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      Map<String, byte[]> files = new HashMap<>();
      deployment.getResources().forEach((name, resource) -> files.put(name, resource.getBytes()));
      checks.forEach(check -> check.check(files));
    }
  }
}
