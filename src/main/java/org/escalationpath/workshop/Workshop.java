package org.escalationpath.workshop;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.Chain;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.DeployedFiles;
import org.escalationpath.engine.DeployedFiles.Version;
import org.escalationpath.engine.Steps;
import org.escalationpath.security.Groups;
import org.escalationpath.workshop.Compared.Side;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The owners' workshop: what would happen if files were deployed here. */
@Component
public class Workshop {

  private final IdentityService identity;
  private final RepositoryService repository;
  private final DeployedFiles deployed;
  private final Commands commands;
  private final ModelMigrations migrations;
  private final Calendars calendars;
  private final String texts;
  private final boolean isDirectAllowed;
  private final ThreadLocal<Boolean> approved = new ThreadLocal<>();

  Workshop(
      @Lazy IdentityService identity,
      @Lazy RepositoryService repository,
      DeployedFiles deployed,
      Commands commands,
      ModelMigrations migrations,
      Calendars calendars,
      @Value("${escalation.texts:}") String texts,
      @Value("${escalation.models.direct-deployment}") boolean isDirectAllowed) {
    this.isDirectAllowed = isDirectAllowed;
    this.identity = identity;
    this.repository = repository;
    this.deployed = deployed;
    this.commands = commands;
    this.migrations = migrations;
    this.calendars = calendars;
    this.texts = texts;
  }

  /** All findings about {@code files}, together with what is deployed already. */
  public Report inspect(Map<String, byte[]> files) {
    return new Inspection(surroundings()).inspect(files, deployed.latest());
  }

  /**
   * Deploys files, as the person signed in.
   *
   * @throws org.escalationpath.engine.DeploymentRefused if there is an error among the findings
   */
  public void deploy(Map<String, byte[]> files, String name) {
    var deployment = repository.createDeployment().name(name);
    files.forEach(
        (file, content) -> deployment.addInputStream(file, new ByteArrayInputStream(content)));
    deployment.deploy();
  }

  /** Deploys files that a second person approved, which may be done where owners may not deploy alone. */
  void deployApproved(Map<String, byte[]> files, String name) {
    approved.set(true);
    try {
      deploy(files, name);
    } finally {
      approved.remove();
    }
  }

  /** Whether a person may deploy without a second one; always for what a second one has just approved. */
  public boolean isDirectDeploymentAllowed() {
    return isDirectAllowed || Boolean.TRUE.equals(approved.get());
  }

  /** Each of {@code files} beside what is deployed under its name. */
  public List<Compared> compared(Map<String, byte[]> files) {
    var versions = deployed.versions();
    return files.entrySet().stream()
        .map(each -> latest(versions, each.getKey())
            .map(there -> compared(there, each.getKey(), each.getValue()))
            .orElseGet(() -> alone(each.getKey(), each.getValue(), List.of())))
        .toList();
  }

  /** Two versions of one file. */
  public Compared compared(Version before, Version after) {
    return Compared.of(bare(after.resource()), side(before), side(after));
  }

  /** A file beside a deployed version of it. */
  Compared compared(Version before, String name, byte[] content) {
    return Compared.of(name, side(before), Side.of(null, name, content));
  }

  /** A deployed version by itself. */
  public Compared alone(Version version) {
    return Compared.alone(bare(version.resource()), side(version), List.of());
  }

  Compared alone(String name, byte[] content, List<Change> changes) {
    return Compared.alone(name, Side.of(null, name, content), changes);
  }

  private Side side(Version version) {
    return Side.of(version.label(), bare(version.resource()), deployed.content(version));
  }

  /** The latest version with this file name and this SHA-256 that was there at {@code moment}. */
  Optional<Version> deployed(String name, String hash, Instant moment) {
    return named(deployed.versions(), name)
        .filter(each -> !each.deployedAt().isAfter(moment))
        .filter(each -> Chain.sha256(deployed.content(each)).equals(hash))
        .findFirst();
  }

  /** The SHA-256 of what is deployed under this file name; {@code none} where nothing is. */
  String deployedHash(String name) {
    return hash(latest(deployed.versions(), name).map(deployed::content));
  }

  /** The SHA-256 of a file; {@code none} where there is none. */
  static String hash(Optional<byte[]> content) {
    return content.map(Chain::sha256).orElse("none");
  }

  private static Optional<Version> latest(List<Version> versions, String name) {
    return named(versions, name)
        .reduce((one, other) -> other.deployedAt().isAfter(one.deployedAt()) ? other : one);
  }

  private static Stream<Version> named(List<Version> versions, String name) {
    return versions.stream().filter(each -> bare(each.resource()).equals(bare(name)));
  }

  private static String bare(String name) {
    return String.valueOf(StringUtils.getFilename(name));
  }

  /** What is moved where. */
  public ModelMigrations migrations() {
    return migrations;
  }

  /** What an element of a model is for, as its owner wrote it. */
  public record Described(String element, String label, String kind, String text) {}

  /** The descriptions in a model, in the order of the file. */
  public List<Described> documentation(Version version) {
    var drawing = Drawing.read(version.resource(), deployed.content(version));
    return drawing.all(BaseElement.class).stream()
        .filter(each -> !each.getDocumentations().isEmpty())
        .sorted(Comparator.comparing(each -> drawing.place(each.getId())))
        .map(each -> new Described(
            each.getId(),
            Drawing.label(each),
            each.getElementType().getTypeName(),
            each.getDocumentations().iterator().next().getTextContent().trim()))
        .toList();
  }

  /** The elements of a model at which a case can wait, by id, with what people read on them. */
  public Map<String, String> waitingElements(Version version) {
    var elements = new LinkedHashMap<String, String>();
    Drawing.read(version.resource(), deployed.content(version)).all(FlowNode.class).stream()
        .filter(each -> each instanceof Activity
            || each instanceof CatchEvent
            || each instanceof EventBasedGateway)
        .sorted(Comparator.comparing(Drawing::label))
        .forEach(each -> elements.put(each.getId(), Drawing.label(each)));
    return elements;
  }

  private Surroundings surroundings() {
    var groups = new HashSet<String>();
    groups.add(Groups.PROCESS_OWNER);
    groups.add(Groups.AUDITOR);
    groups.add(Groups.ADMINISTRATOR);
    commands.run(() -> identity.createGroupQuery().list()).stream()
        .map(Group::getId)
        .forEach(groups::add);
    return new Surroundings(
        Steps.published(),
        groups,
        calendars.all().stream().map(WorkingCalendar::id).collect(Collectors.toSet()),
        MessageTexts.names(texts));
  }
}
