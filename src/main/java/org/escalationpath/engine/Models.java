package org.escalationpath.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The models that have been deployed, in all versions; read without the engine's authorizations, whoever asks has been checked. */
@Component
public class Models {

  private final RepositoryService repository;
  private final Commands commands;

  Models(@Lazy RepositoryService repository, Commands commands) {
    this.repository = repository;
    this.commands = commands;
  }

  /**
   * @param id of the definition, {@code escalation-path:7:0192…}
   * @param key {@code escalation-path}
   * @param deployment the id of the deployment that it came with
   * @param resource the name of its file in that deployment
   * @param tag what the owner calls the version; null where it has no version tag
   */
  public record Model(
      String id,
      String key,
      int version,
      String deployment,
      String resource,
      @Nullable String tag) {}

  /** The BPMN of a definition, as it was deployed; nothing where there is none. */
  public Optional<byte[]> bpmn(String id) {
    return commands.run(() -> {
      if (definition(id) == null) {
        return Optional.<byte[]>empty();
      }
      try (var model = repository.getProcessModel(id)) {
        return Optional.of(model.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private ProcessDefinition definition(String id) {
    return repository.createProcessDefinitionQuery().processDefinitionId(id).singleResult();
  }

  /** All versions of all processes, by key, the newest version first. */
  public List<Model> all() {
    return commands.run(() -> repository
        .createProcessDefinitionQuery()
        .orderByProcessDefinitionKey()
        .asc()
        .orderByProcessDefinitionVersion()
        .desc()
        .list()
        .stream()
        .map(Models::model)
        .toList());
  }

  /** The version with this id. */
  public Optional<Model> find(String id) {
    return commands.run(() -> Optional.ofNullable(definition(id)).map(Models::model));
  }

  private static Model model(ProcessDefinition each) {
    return new Model(
        each.getId(),
        each.getKey(),
        each.getVersion(),
        each.getDeploymentId(),
        each.getResourceName(),
        each.getVersionTag());
  }

  /**
   * When a version of a model or of a decision table was deployed.
   *
   * @param version {@code escalation-path:7} or {@code service-levels:3}
   * @return nothing where there is none
   */
  public Optional<Instant> deployedAt(String version) {
    var colon = version.lastIndexOf(':');
    if (colon < 1 || !version.substring(colon + 1).matches("[1-9]\\d{0,8}")) {
      return Optional.empty();
    }
    var key = version.substring(0, colon);
    var number = Integer.parseInt(version.substring(colon + 1));
    return commands.run(() -> Stream.concat(
            repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .processDefinitionVersion(number)
                .list()
                .stream(),
            repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .decisionDefinitionVersion(number)
                .list()
                .stream())
        .findFirst()
        .map(each -> repository
            .createDeploymentQuery()
            .deploymentId(each.getDeploymentId())
            .singleResult()
            .getDeploymentTime()
            .toInstant()));
  }
}
