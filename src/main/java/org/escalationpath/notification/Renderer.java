package org.escalationpath.notification;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Writes messages from the texts in the recipient's language. Everything a person wrote goes in as a value, never as a text to
 * be interpreted. Each writing mints a new private link.
 */
@Component
class Renderer {

  /** The place of the date among the arguments of texts. */
  private static final int UNTIL = 4;

  private static final Set<String> STANDING =
      Set.of("staff-hand-over", "staff-tier-passed", "staff-reminder", "staff-limit-alarm");

  private final Cases cases;
  private final Notifications notifications;
  private final Tiers tiers;
  private final Conversation conversation;
  private final Links links;
  private final Recipients recipients;
  private final MessageSource texts;
  private final ITemplateEngine templates;
  private final ZoneId zone;
  private final String domain;

  Renderer(
      Cases cases,
      Notifications notifications,
      Tiers tiers,
      Conversation conversation,
      Links links,
      Recipients recipients,
      @Qualifier("texts") MessageSource texts,
      ITemplateEngine templates,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone,
      @Value("${escalation.mail.from}") String from) {
    this.cases = cases;
    this.notifications = notifications;
    this.tiers = tiers;
    this.conversation = conversation;
    this.links = links;
    this.recipients = recipients;
    this.texts = texts;
    this.templates = templates;
    this.zone = zone;
    this.domain = from.substring(from.indexOf('@') + 1).replace(">", "").strip();
  }

  /** The mail with fresh private links, or nothing where the member of staff is gone or has no e-mail address. */
  Optional<Mail> mail(Notification notification) {
    return mail(notification, this::link);
  }

  /** The mail as it would be written now, without private links; nothing as for {@link #mail}. */
  Optional<Mail> preview(Notification notification) {
    return mail(notification, this::address);
  }

  private Optional<Mail> mail(Notification notification, Function<Notification, String> link) {
    var customerCase = cases.require(notification.caseNumber());
    if (notification.isForCustomer()) {
      var customer = customerCase.customer();
      return Optional.of(write(
          notification,
          customerCase,
          customer.locale(),
          customer.email(),
          customerCase.isConfirmed() ? customer.name() : "",
          link));
    }
    return recipients
        .user(String.valueOf(notification.person()))
        .filter(user -> user.getEmail() != null && !user.getEmail().isBlank())
        .map(user -> write(
            notification,
            customerCase,
            Locale.ENGLISH,
            user.getEmail(),
            (user.getFirstName() + " " + user.getLastName()).strip(),
            link));
  }

  /** The message as somebody reads it out on the phone: without a link. */
  String spoken(Notification notification) {
    var customerCase = cases.require(notification.caseNumber());
    var arguments =
        arguments(notification, customerCase, customerCase.customer().locale(), "");
    var locale = customerCase.customer().locale();
    var lines =
        lines(notification, locale, this::address).stream().map(Line::text).toList();
    return String.join(
        "\n",
        Stream.concat(
                Stream.of(text(notification.template() + ".body", arguments, locale)),
                lines.stream())
            .toList());
  }

  /** One thing that a digest says about a case. */
  public record Line(CaseNumber number, String text, String link) {}

  /** Nothing that comes after it is more urgent. */
  private static boolean isAlarm(Notification notification) {
    return notification.template().equals("staff-limit-alarm");
  }

  /** Of what tells where a case stands, only the last counts. */
  private static boolean tellsWhereItStands(Notification notification) {
    return STANDING.contains(notification.template()) || notification.isForCustomer();
  }

  /**
   * One line for each case, about where it stands after the outage, and one for each other thing to be said about it; nothing for a
   * message that is no digest.
   */
  private List<Line> lines(
      Notification digest, Locale locale, Function<Notification, String> linkOf) {
    var latest = new LinkedHashMap<List<Object>, Notification>();
    for (var each : notifications.bundledIn(digest.id())) {
      latest.merge(
          List.of(each.caseNumber(), tellsWhereItStands(each) ? "" : each.template()),
          each,
          (one, other) -> isAlarm(one) ? one : other);
    }
    return latest.values().stream()
        .map(each -> {
          var link = linkOf.apply(each);
          var arguments = arguments(each, cases.require(each.caseNumber()), locale, link);
          var hasLine = texts.getMessage(each.template() + ".line", null, null, locale) != null;
          var key = each.template() + (hasLine ? ".line" : ".subject");
          return new Line(each.caseNumber(), text(key, arguments, locale), link);
        })
        .toList();
  }

  private Mail write(
      Notification notification,
      CustomerCase customerCase,
      Locale locale,
      String to,
      String toName,
      Function<Notification, String> linkOf) {
    var link = linkOf.apply(notification);
    var arguments = arguments(notification, customerCase, locale, link);
    var context = new Context(locale);
    var lines = lines(notification, locale, linkOf);
    var subject = text(
        notification.template() + ".subject",
        lines.isEmpty()
            ? arguments
            : new Object[] {lines.stream().map(Line::number).distinct().count()},
        locale);
    context.setVariable("subject", subject);
    context.setVariable(
        "greeting",
        toName.isEmpty()
            ? text("greeting.unconfirmed", new Object[0], locale)
            : text("greeting", new Object[] {toName}, locale));
    context.setVariable(
        "paragraphs", paragraphs(text(notification.template() + ".body", arguments, locale)));
    context.setVariable("quote", quote(notification));
    context.setVariable("lines", lines);
    context.setVariable("link", link);
    context.setVariable(
        "linkText", lines.isEmpty() ? linkText(notification, arguments, locale) : "");
    var ownFooter = texts.getMessage(notification.template() + ".footer", arguments, null, locale);
    context.setVariable(
        "footer",
        ownFooter != null
            ? ownFooter
            : text(lines.isEmpty() ? "footer" : "footer.digest", arguments, locale));
    context.setVariable("language", locale.toLanguageTag());
    return new Mail(
        notification.id() + "@" + domain,
        to,
        toName,
        subject,
        templates.process("mail/message.txt", context),
        templates.process("mail/message", context),
        link);
  }

  /** A message may have its own. */
  private String linkText(Notification notification, Object[] arguments, Locale locale) {
    var own = texts.getMessage(notification.template() + ".link", arguments, null, locale);
    if (own != null) {
      return own;
    }
    if (notification.parameters().containsKey(Parameters.SURVEY)) {
      return text("link.survey", arguments, locale);
    }
    return text(notification.isForCustomer() ? "link.status" : "link.case", arguments, locale);
  }

  /** Where the message's link leads, without the token that makes it work. */
  private String address(Notification notification) {
    return notification.isForCustomer()
        ? links.to(
            (notification.parameters().containsKey(Parameters.SURVEY) ? "/survey/" : "/status/")
                + "…")
        : links.to("/cases/" + notification.caseNumber());
  }

  private String link(Notification notification) {
    var number = notification.caseNumber();
    var survey = notification.parameters().get(Parameters.SURVEY);
    if (survey != null) {
      return links.mint(Links.SURVEY, number, survey);
    }
    return notification.isForCustomer()
        ? links.mint(Links.STATUS, number, number.value())
        : links.to("/cases/" + number);
  }

  /**
   * In the order that the head of the message files documents. Until whoever has the address has confirmed the case, nothing that a
   * stranger typed into the public form goes there: anybody could send anything to anyone.
   */
  private Object[] arguments(
      Notification notification, CustomerCase customerCase, Locale locale, String link) {
    var maySay = customerCase.isConfirmed() || !notification.isForCustomer();
    return new Object[] {
      customerCase.number().value(),
      maySay ? customerCase.subject() : text("subject.unconfirmed", new Object[0], locale),
      maySay ? customerCase.customer().name() : "",
      tier(notification, customerCase, locale),
      until(notification, locale),
      link,
      customerCase.priority().toString()
    };
  }

  /** What we wrote to the customer, in the messages that carry it. */
  private @Nullable String quote(Notification notification) {
    var message = notification.parameters().get(Parameters.MESSAGE);
    return switch (notification.template()) {
      case "solution-proposed", "agent-replied", "question-asked", "answer-reminder" ->
        message == null
            ? null
            : conversation.text(notification.caseNumber(), Long.parseLong(message));
      default -> null;
    };
  }

  private String tier(Notification notification, CustomerCase customerCase, Locale locale) {
    var group = notification.parameters().get(Parameters.TIER);
    var tier = group == null ? customerCase.tier() : Tier.of(group);
    return tier == null ? "" : texts.getMessage("tier." + tier, null, tiers.name(tier), locale);
  }

  private String until(Notification notification, Locale locale) {
    var until = notification.parameters().get(Parameters.UNTIL);
    if (until == null) {
      return "";
    }
    var moment = Instant.parse(until).atZone(zone);
    var date = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
        .withLocale(locale);
    return date.format(moment) + " " + DateTimeFormatter.ofPattern("z", locale).format(moment);
  }

  /** A text that names a date has another wording for where there is none, as while the clock stands still. */
  private String text(String key, Object[] arguments, Locale locale) {
    var undated = arguments.length > UNTIL && "".equals(arguments[UNTIL])
        ? texts.getMessage(key + ".undated", arguments, null, locale)
        : null;
    return undated == null ? texts.getMessage(key, arguments, locale) : undated;
  }

  private static List<String> paragraphs(String body) {
    return Arrays.stream(body.split("\n\n")).map(String::strip).toList();
  }
}
