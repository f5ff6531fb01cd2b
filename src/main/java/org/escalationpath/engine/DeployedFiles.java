package org.escalationpath.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The files of all that is deployed, in its latest version; read without the engine's authorizations. */
@Component
public class DeployedFiles {

  private final RepositoryService repository;
  private final Commands commands;
  private final DeployedForms forms;

  DeployedFiles(@Lazy RepositoryService repository, Commands commands, DeployedForms forms) {
    this.repository = repository;
    this.commands = commands;
    this.forms = forms;
  }

  /** The content of the latest versions of all processes, decisions and forms, by the name with which they were deployed. */
  public Map<String, byte[]> latest() {
    return commands.run(() -> {
      var files = new LinkedHashMap<String, byte[]>();
      repository
          .createProcessDefinitionQuery()
          .latestVersion()
          .list()
          .forEach(process -> files.put(
              process.getResourceName(),
              content(process.getDeploymentId(), process.getResourceName())));
      repository
          .createDecisionDefinitionQuery()
          .latestVersion()
          .list()
          .forEach(decision -> files.put(
              decision.getResourceName(),
              content(decision.getDeploymentId(), decision.getResourceName())));
      forms
          .latest()
          .forEach(form -> files.put(form.resource(), content(form.deployment(), form.resource())));
      return files;
    });
  }

  private byte[] content(String deployment, String resource) {
    try (InputStream content = repository.getResourceAsStream(deployment, resource)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
