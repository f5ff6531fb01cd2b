package org.escalationpath.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.escalationpath.engine.DueDate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Moments and durations as pages write them: in the desk's time zone, which is named with them. */
@Component("times")
public class TimeTexts {

  private final DateTimeFormatter moment;
  private final DateTimeFormatter plain;

  TimeTexts(@Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.moment =
        DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH).withZone(zone);
    this.plain =
        DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH).withZone(zone);
  }

  /** {@code Mon 23 Nov 2026 10:00 CET}; {@code none} for what never comes. */
  public String moment(@Nullable Instant at) {
    return at == null || at.equals(DueDate.NEVER) ? "none" : moment.format(at);
  }

  /** {@code Mon 23 Nov 10:00:00} */
  public String second(Instant at) {
    return plain.format(at);
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

  private static void append(StringBuilder text, long value, String unit) {
    if (value > 0) {
      text.append(text.isEmpty() ? "" : " ").append(value).append(' ').append(unit);
    }
  }
}
