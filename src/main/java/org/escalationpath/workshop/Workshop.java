package org.escalationpath.workshop;

import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.DeployedFiles;
import org.escalationpath.engine.Steps;
import org.escalationpath.security.Groups;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The owners' workshop: what would happen if files were deployed here. */
@Component
public class Workshop {

  private final IdentityService identity;
  private final DeployedFiles deployed;
  private final Commands commands;
  private final Calendars calendars;
  private final String texts;

  Workshop(
      @Lazy IdentityService identity,
      DeployedFiles deployed,
      Commands commands,
      Calendars calendars,
      @Value("${escalation.texts:}") String texts) {
    this.identity = identity;
    this.deployed = deployed;
    this.commands = commands;
    this.calendars = calendars;
    this.texts = texts;
  }

  /** All findings about {@code files}, together with what is deployed already. */
  public Report inspect(Map<String, byte[]> files) {
    return new Inspection(surroundings()).inspect(files, deployed.latest());
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
