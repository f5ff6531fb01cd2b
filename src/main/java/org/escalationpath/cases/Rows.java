package org.escalationpath.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading instants from rows: both drivers bind and return them as {@link OffsetDateTime}. */
public final class Rows {

  private Rows() {}

  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** For columns that are never null. */
  public static Instant required(@Nullable Instant value) {
    return Objects.requireNonNull(value, "a column that is never null was null");
  }
}
