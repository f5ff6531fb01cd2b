package org.escalationpath.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Deploys the shipped models, decisions and forms at start-up: only files that changed since our own last deployment of them, and
 * never over a version that somebody else deployed later. That one stays, and the log says so.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ModelsDeployment implements BeforeOpening {

  static final String SOURCE = "escalation-path";

  private static final Logger log = LoggerFactory.getLogger(ModelsDeployment.class);

  private final RepositoryService repository;

  ModelsDeployment(RepositoryService repository) {
    this.repository = repository;
  }

  @Override
  public void prepare() {
    deploy(shipped());
  }

  /** Deploys those of {@code files} (content by name, {@code processes/x.bpmn}) that are new or changed. */
  void deploy(Map<String, byte[]> files) {
    var deployments = repository
        .createDeploymentQuery()
        .orderByDeploymentTime()
        .desc()
        .orderByDeploymentId()
        .desc()
        .list();
    var changed = new LinkedHashMap<String, byte[]>();
    files.forEach((name, content) -> {
      if (isToDeploy(name, content, deployments)) {
        changed.put(name, content);
      }
    });
    if (!changed.isEmpty()) {
      deploy(changed, !deployments.isEmpty());
    }
  }

  /** Together; where an owner's models do not go with that, what goes with them, so that an upgrade starts in any case. */
  private void deploy(Map<String, byte[]> changed, boolean isUpgrade) {
    try {
      deployTogether(changed);
    } catch (DeploymentRefused e) {
      if (!isUpgrade) {
        throw e;
      }
      // forms and tables first: models lean on them
      var order = Comparator.<String>comparingInt(name -> name.endsWith(".bpmn") ? 1 : 0)
          .thenComparing(Comparator.naturalOrder());
      changed.keySet().stream().sorted(order).forEach(name -> {
        try {
          deployTogether(Map.of(name, changed.get(name)));
        } catch (DeploymentRefused alone) {
          log.error(
              "{} of this release does not go with what owners have deployed, and was left out. {}",
              name,
              alone.getMessage());
        }
      });
    }
  }

  private void deployTogether(Map<String, byte[]> changed) {
    var deployment = repository.createDeployment().name("Escalation Path").source(SOURCE);
    changed.forEach((name, content) ->
        deployment.addString(name, new String(content, java.nio.charset.StandardCharsets.UTF_8)));
    deployment.enableDuplicateFiltering(true).deploy();
    log.info("Deployed {}", changed.keySet());
  }

  private boolean isToDeploy(String name, byte[] content, List<Deployment> newestFirst) {
    var latest = latestWith(name, newestFirst);
    var ours = latestWith(
        name,
        newestFirst.stream()
            .filter(deployment -> SOURCE.equals(deployment.getSource()))
            .toList());
    var isChanged = ours.map(deployment -> !Arrays.equals(content, content(deployment, name)))
        .orElse(true);
    if (isChanged
        && latest.isPresent()
        && !Objects.equals(latest.map(Deployment::getId), ours.map(Deployment::getId))) {
      log.warn(
          "{} was deployed by somebody else on {} and stays; our changed version was not deployed over it",
          name,
          latest.get().getDeploymentTime());
      return false;
    }
    return isChanged;
  }

  private Optional<Deployment> latestWith(String name, List<Deployment> newestFirst) {
    return newestFirst.stream()
        .filter(deployment -> resource(deployment, name).isPresent())
        .findFirst();
  }

  /** Files from Camunda Modeler come without our folder, so files are the same if their bare names are. */
  private Optional<String> resource(Deployment deployment, String name) {
    return repository.getDeploymentResourceNames(deployment.getId()).stream()
        .filter(each -> StringUtils.getFilename(each).equals(StringUtils.getFilename(name)))
        .findFirst();
  }

  private byte[] content(Deployment deployment, String name) {
    try (var stream = repository.getResourceAsStream(
        deployment.getId(), resource(deployment, name).orElseThrow())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot read " + name + " of deployment " + deployment.getId(), e);
    }
  }

  private static Map<String, byte[]> shipped() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException("The shipped models cannot be read", e);
    }
  }

  private static Map<String, byte[]> read() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    for (var pattern : List.of("processes/*.bpmn", "processes/*.dmn", "forms/*.form")) {
      var folder = pattern.substring(0, pattern.indexOf('/') + 1);
      var found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
      Arrays.sort(found, Comparator.comparing(Resource::getFilename));
      for (var file : found) {
        files.putIfAbsent(folder + file.getFilename(), file.getContentAsByteArray());
      }
    }
    return files;
  }
}
