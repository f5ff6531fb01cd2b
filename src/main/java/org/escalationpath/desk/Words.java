package org.escalationpath.desk;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.People;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The glossary's words, and mistakes, in the reader's language. What owners have named has their name where we know no other. */
@Component("words")
public class Words {

  private static final String HANDED_OVER = "handed over to ";

  private final MessageSource texts;
  private final Tiers tiers;
  private final TimeTexts times;
  private final People people;
  private final Clock clock;

  Words(
      @Qualifier("messageSource") MessageSource texts,
      Tiers tiers,
      TimeTexts times,
      People people,
      Clock clock) {
    this.clock = clock;
    this.texts = texts;
    this.tiers = tiers;
    this.times = times;
    this.people = people;
  }

  /** The text of {@code key} with its arguments. */
  public String text(String key, Object... arguments) {
    return texts.getMessage(key, arguments, locale());
  }

  /** The word for a code: {@code of('state', 'open')}; the code itself where there is none. Empty for null. */
  public String of(String kind, @Nullable Object code) {
    return code == null ? "" : find(kind + "." + code).orElse(code.toString());
  }

  /** Where there is no such text nothing is looked for in what stands instead: it may be anybody's. */
  private Optional<String> find(String key, Object... arguments) {
    return Optional.ofNullable(texts.getMessage(key, arguments, null, locale()));
  }

  public String tier(@Nullable Tier tier) {
    return tier == null ? "" : find("tier." + tier).orElseGet(() -> tiers.name(tier));
  }

  /** As {@link #tier}, of a tier's group. */
  public String tierOf(@Nullable Object group) {
    try {
      return group == null ? "" : tier(Tier.of(group.toString()));
    } catch (IllegalArgumentException e) {
      // what somebody has made of it
      return group.toString();
    }
  }

  /** Of which kind sampled cases are: {@code front-line · closed · 2026-11} with words for the codes. */
  public String stratum(String stratum) {
    var parts = stratum.split(" · ");
    return parts.length == 3
        ? String.join(" · ", tierOf(parts[0]), of("state", parts[1]), parts[2])
        : stratum;
  }

  /** The names of fields, as an export has them, as words: {@code RulesKept = yes} is {@code rules kept = yes}. */
  public String spaced(String names) {
    return names.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** What a form has done: a text's key, or a sentence. */
  public String done(String done) {
    return find(done).orElse(done);
  }

  /** Why an interval of a clock does not count: {@code holiday: Easter Monday} with what is ours in the reader's language. */
  public String interval(String reason) {
    var colon = reason.indexOf(':');
    var ours = colon < 0 ? reason : reason.substring(0, colon);
    var word = find("interval.reason." + ours.replace(' ', '-')).orElse(ours);
    return word + (colon < 0 ? "" : reason.substring(colon));
  }

  /** What stopped a clock: what happened, or why it stands still. */
  public String stopped(@Nullable String by) {
    if (by != null && by.startsWith(HANDED_OVER)) {
      return text("clock.handed-over", tier(Tier.of(by.substring(HANDED_OVER.length()))));
    }
    return by == null ? "" : find("what." + by).orElseGet(() -> interval(by));
  }

  /** Who did something, as a ledger names them: a person, the customer or the system. */
  public String who(@Nullable String who) {
    if (who == null) {
      return of("who", "nobody");
    }
    return who.equals(Message.CUSTOMER) || who.equals(Actor.SYSTEM)
        ? of("who", who)
        : people.name(who);
  }

  /** One sentence about the last thing that happened to a case; not about a reminder or a mail that went out because of it. */
  public String news(List<LedgerEntry> ledger) {
    return ledger.stream()
        .filter(Words::isNews)
        .reduce((earlier, later) -> later)
        .map(this::happened)
        .orElse("");
  }

  private static boolean isNews(LedgerEntry entry) {
    return switch (entry.what()) {
      case REMINDED, ACKNOWLEDGED, AUDIT_FINDING -> false;
      case MESSAGE_SENT -> !entry.who().equals(Actor.SYSTEM);
      default -> true;
    };
  }

  /** One sentence about what happened. */
  public String happened(LedgerEntry entry) {
    var text =
        text("happened", of("what", entry.what()), who(entry.who()), times.moment(entry.at()));
    var isMove = entry.toTier() != null && !entry.toTier().equals(entry.fromTier());
    return text
        + (isMove ? text("happened.to", tier(entry.toTier())) : "")
        + (entry.note() == null ? "" : text("happened.note", entry.note()));
  }

  boolean isEnglish() {
    return locale().getLanguage().equals("en");
  }

  /** In English what went wrong says of itself; in other languages less precisely, but understood. */
  public String orInEnglish(String key, RuntimeException e) {
    return isEnglish() ? String.valueOf(e.getMessage()) : text(key);
  }

  /** What to change about something that cannot be taken. */
  public String mistake(RuntimeException e) {
    if (e instanceof FileRules.TooLarge file) {
      return text("mistake.file-too-large", file.name(), file.megabytes());
    }
    if (!(e instanceof BadInput mistake)) {
      return orInEnglish("problem.incomplete", e);
    }
    var field = mistake.field().replace(' ', '-');
    var arguments = new ArrayList<Object>();
    arguments.add(of("field", field));
    arguments.addAll(mistake.arguments());
    var code = "mistake." + mistake.code();
    return find(code + "." + field, arguments.toArray())
        .or(() -> find(code, arguments.toArray()))
        .orElse(String.valueOf(e.getMessage()));
  }

  public boolean isPast(Instant at) {
    return !at.isAfter(clock.instant());
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
