package org.escalationpath.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.escalationpath.engine.DueDate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Moments and durations as pages write them: in the reader's language and the desk's time zone, which is named with them. */
@Component("times")
public class TimeTexts {

  private final MessageSource texts;
  private final ZoneId zone;

  TimeTexts(
      @Qualifier("messageSource") MessageSource texts,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /** {@code Mon 23 Nov 2026 10:00 CET}; a word for what never comes. */
  public String moment(@Nullable Instant at) {
    return at == null || at.equals(DueDate.NEVER)
        ? texts.getMessage("time.none", null, LocaleContextHolder.getLocale())
        : write(at, "time.moment");
  }

  /** {@code 23 Nov 10:00}, for lists */
  public String brief(@Nullable Instant at) {
    return at == null ? "" : write(at, "time.brief");
  }

  /** {@code Mon 23 Nov 10:00:00} */
  public String second(Instant at) {
    return write(at, "time.second");
  }

  /** {@code Mon 23 Nov 2026} */
  public String date(Instant at) {
    return day(LocalDate.ofInstant(at, zone));
  }

  public String day(LocalDate day) {
    var locale = LocaleContextHolder.getLocale();
    return DateTimeFormatter.ofPattern(texts.getMessage("time.day", null, locale), locale)
        .format(day);
  }

  /** The desk's time zone, for scripts that write moments too. */
  public String zone() {
    return zone.getId();
  }

  private String write(Instant at, String pattern) {
    var locale = LocaleContextHolder.getLocale();
    return DateTimeFormatter.ofPattern(texts.getMessage(pattern, null, locale), locale)
        .withZone(zone)
        .format(at);
  }

  /** {@code 3 h 20 min 5 s}, without the parts that are nothing. */
  public String length(long seconds) {
    var duration = Duration.ofSeconds(seconds);
    var text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    return text.isEmpty() ? "0 s" : text.toString();
  }

  /** How many minutes are left, {@code 12 min}; the last one has begun with {@code 1 min}. */
  public String minutes(Instant now, Instant until) {
    return length((Duration.between(now, until).toSeconds() + 59) / 60 * 60);
  }

  private static void append(StringBuilder text, long value, String unit) {
    if (value > 0) {
      text.append(text.isEmpty() ? "" : " ").append(value).append(' ').append(unit);
    }
  }
}
