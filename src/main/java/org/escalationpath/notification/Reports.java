package org.escalationpath.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.User;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Links;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.People;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Sends files that are about no case to members of staff, at once: a report that comes late is made anew, so that none waits in the
 * outbox.
 */
@Component
public class Reports {

  private final Mailer mailer;
  private final Recipients recipients;
  private final People people;
  private final MessageSource texts;
  private final ITemplateEngine templates;
  private final Links links;
  private final Commands commands;
  private final ObjectProvider<JavaMailSender> mailServer;
  private final String domain;

  Reports(
      Mailer mailer,
      Recipients recipients,
      People people,
      @Qualifier("texts") MessageSource texts,
      ITemplateEngine templates,
      Links links,
      Commands commands,
      ObjectProvider<JavaMailSender> mailServer,
      @Value("${escalation.mail.from}") String from) {
    this.mailer = mailer;
    this.recipients = recipients;
    this.people = people;
    this.texts = texts;
    this.templates = templates;
    this.links = links;
    this.commands = commands;
    this.mailServer = mailServer;
    this.domain = from.substring(from.indexOf('@') + 1).replace(">", "").strip();
  }

  /** Whether anything can be sent; the demo has no mail server. */
  public boolean canSend() {
    return mailServer.getIfAvailable() != null;
  }

  /** The user ids of those in any of the groups whom something can be sent, in order, each once. */
  public List<String> people(List<String> groups) {
    if (!canSend()) {
      return List.of();
    }
    return groups.stream()
        .flatMap(group -> commands.run(() -> recipients.members(group)))
        .filter(this::hasAddress)
        .distinct()
        .sorted()
        .toList();
  }

  private boolean hasAddress(String person) {
    return address(person).findFirst().isPresent();
  }

  private Stream<User> address(String person) {
    return commands.run(() -> recipients.user(person)).stream()
        .filter(user -> user.getEmail() != null && !user.getEmail().isBlank());
  }

  /**
   * Sends the file with the words of a template, whose {@code {0}}, {@code {1}} … are the arguments.
   *
   * @param id of the message, by which one that is sent again can be recognized
   * @param page where it is shown here, {@code /metrics}
   * @throws BadInput if the person has no e-mail address
   * @throws IllegalStateException if there is no mail server
   * @throws org.springframework.mail.MailException if the mail server did not take it
   */
  public void send(
      String id,
      String person,
      String template,
      List<String> arguments,
      String page,
      Mail.File file) {
    if (!canSend()) {
      throw new IllegalStateException("There is no mail server (spring.mail.host)");
    }
    var user = address(person)
        .findFirst()
        .orElseThrow(() -> new BadInput(
            "person", "no-address", "'%s' has no e-mail address".formatted(person), person));
    var name = people.name(person);
    var context = new Context(Locale.ENGLISH);
    var subject = text(template + ".subject", arguments);
    context.setVariable("subject", subject);
    context.setVariable("greeting", text("greeting", List.of(name)));
    context.setVariable(
        "paragraphs", Arrays.asList(text(template + ".body", arguments).split("\n\n")));
    context.setVariable("quote", null);
    context.setVariable("lines", List.of());
    context.setVariable("link", links.to(page));
    context.setVariable("linkText", text(template + ".link", arguments));
    context.setVariable("footer", text(template + ".footer", arguments));
    context.setVariable("language", Locale.ENGLISH.toLanguageTag());
    mailer.send(new Mail(
        id + "@" + domain,
        user.getEmail(),
        name,
        subject,
        templates.process("mail/message.txt", context),
        templates.process("mail/message", context),
        links.to(page),
        file));
  }

  private String text(String key, List<String> arguments) {
    return texts.getMessage(key, arguments.toArray(), Locale.ENGLISH);
  }
}
