package org.escalationpath.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.repository.Deployment;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Models, decisions and forms that have been deployed, in all versions; read without the engine's authorizations. */
@Component
public class DeployedFiles {

  private final RepositoryService repository;
  private final HistoryService history;
  private final Commands commands;
  private final DeployedForms forms;
  private final RunningPaths running;

  DeployedFiles(
      @Lazy RepositoryService repository,
      @Lazy HistoryService history,
      Commands commands,
      DeployedForms forms,
      RunningPaths running) {
    this.repository = repository;
    this.history = history;
    this.commands = commands;
    this.forms = forms;
    this.running = running;
  }

  /** What kind of file it is. */
  public enum Kind {
    MODEL,
    DECISION,
    FORM
  }

  /**
   * A version of a file.
   *
   * @param id the engine's id of it
   * @param name null where it has none
   * @param resource the name of its file
   * @param tag what the owner calls the version; null where it has no version tag
   * @param deployedBy null where it came with a release, or nobody was signed in
   * @param running how many process instances run under it
   */
  public record Version(
      Kind kind,
      String id,
      String key,
      @Nullable String name,
      int version,
      String deployment,
      String resource,
      @Nullable String tag,
      Instant deployedAt,
      @Nullable String deployedBy,
      int running) {

    /** {@code escalation-path:7}. */
    public String label() {
      return key + ":" + version;
    }
  }

  /** All versions of all files: models, then decisions, then forms; by key, the newest first. */
  public List<Version> versions() {
    return commands.run(() -> {
      var deployments = new HashMap<String, Deployment>();
      repository
          .createDeploymentQuery()
          .list()
          .forEach(each -> deployments.put(each.getId(), each));
      var people = people();
      var counts = running.counts();
      var all = new ArrayList<Version>();
      repository
          .createProcessDefinitionQuery()
          .orderByProcessDefinitionKey()
          .asc()
          .orderByProcessDefinitionVersion()
          .desc()
          .list()
          .forEach(each -> all.add(new Version(
              Kind.MODEL,
              each.getId(),
              each.getKey(),
              each.getName(),
              each.getVersion(),
              each.getDeploymentId(),
              each.getResourceName(),
              each.getVersionTag(),
              at(deployments, each.getDeploymentId()),
              people.get(each.getDeploymentId()),
              counts.getOrDefault(each.getId(), 0))));
      repository
          .createDecisionDefinitionQuery()
          .orderByDecisionDefinitionKey()
          .asc()
          .orderByDecisionDefinitionVersion()
          .desc()
          .list()
          .forEach(each -> all.add(new Version(
              Kind.DECISION,
              each.getId(),
              each.getKey(),
              each.getName(),
              each.getVersion(),
              each.getDeploymentId(),
              each.getResourceName(),
              each.getVersionTag(),
              at(deployments, each.getDeploymentId()),
              people.get(each.getDeploymentId()),
              0)));
      forms
          .all()
          .forEach(each -> all.add(new Version(
              Kind.FORM,
              each.id(),
              each.key(),
              null,
              each.version(),
              each.deployment(),
              each.resource(),
              null,
              at(deployments, each.deployment()),
              people.get(each.deployment()),
              0)));
      return all;
    });
  }

  private static Instant at(Map<String, Deployment> deployments, String id) {
    return deployments.get(id).getDeploymentTime().toInstant();
  }

  /** Who deployed what, by the deployment's id, as the engine's operation log has it. */
  private Map<String, String> people() {
    var people = new HashMap<String, String>();
    history
        .createUserOperationLogQuery()
        .entityType(EntityTypes.DEPLOYMENT)
        .operationType(UserOperationLogEntry.OPERATION_TYPE_CREATE)
        .list()
        .stream()
        .filter(each -> each.getUserId() != null)
        .forEach(each -> people.put(each.getDeploymentId(), each.getUserId()));
    return people;
  }

  /** The version with this id. */
  public Optional<Version> find(String id) {
    return versions().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Its file. */
  public byte[] content(Version version) {
    return commands.run(() -> content(version.deployment(), version.resource()));
  }

  /** The files of the latest versions of all, by the names with which they were deployed. */
  public Map<String, byte[]> latest() {
    return commands.run(() -> {
      var files = new LinkedHashMap<String, byte[]>();
      repository
          .createProcessDefinitionQuery()
          .latestVersion()
          .list()
          .forEach(each -> files.put(
              each.getResourceName(), content(each.getDeploymentId(), each.getResourceName())));
      repository
          .createDecisionDefinitionQuery()
          .latestVersion()
          .list()
          .forEach(each -> files.put(
              each.getResourceName(), content(each.getDeploymentId(), each.getResourceName())));
      forms
          .all()
          .forEach(each ->
              files.computeIfAbsent(each.resource(), name -> content(each.deployment(), name)));
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
