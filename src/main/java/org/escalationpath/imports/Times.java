package org.escalationpath.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Reads the times of a log. */
final class Times {

  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
      .append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendLiteral('T')
      .optionalEnd()
      .optionalStart()
      .appendLiteral(' ')
      .optionalEnd()
      .append(DateTimeFormatter.ISO_LOCAL_TIME)
      .optionalStart()
      .appendOffsetId()
      .optionalEnd()
      .toFormatter();

  private final DateTimeFormatter form;
  private final @Nullable ZoneId zone;

  Times(DateTimeFormatter form, @Nullable ZoneId zone) {
    this.form = form;
    this.zone = zone;
  }

  static Times iso(@Nullable ZoneId zone) {
    return new Times(ISO, zone);
  }

  /** @throws DateTimeException saying why the text is no time of this form */
  Instant read(String text) {
    var parsed = form.parseBest(
        text.strip(), ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
    var at = instant(parsed);
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new DateTimeException("'" + text + "' is not between 1970 and 2100");
    }
    return at;
  }

  private Instant instant(java.time.temporal.TemporalAccessor parsed) {
    if (parsed instanceof LocalDateTime local) {
      if (zone == null) {
        throw new DateTimeException("the time has no offset, and the mapping has no zone");
      }
      return local.atZone(zone).toInstant();
    }
    return Instant.from(parsed);
  }
}
