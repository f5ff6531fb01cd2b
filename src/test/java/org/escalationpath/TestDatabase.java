package org.escalationpath;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The database of this test run: H2 in memory, or a real PostgreSQL where the system property {@code database} says so. */
public final class TestDatabase {

  private static final boolean IS_POSTGRESQL = "postgresql".equals(System.getProperty("database"));
  private static final EmbeddedPostgres POSTGRESQL = IS_POSTGRESQL ? start() : null;
  private static final String H2_NAME = UUID.randomUUID().toString();

  private TestDatabase() {}

  public static boolean isPostgresql() {
    return IS_POSTGRESQL;
  }

  static void register(DynamicPropertyRegistry settings) {
    settings.add("spring.datasource.url", () -> url("postgres", H2_NAME));
    settings.add("spring.datasource.username", TestDatabase::user);
  }

  /** The address of a database of its own: an empty one each time on H2, {@code name} on PostgreSQL. */
  static String url(String name, String h2Name) {
    return IS_POSTGRESQL
        ? POSTGRESQL.getJdbcUrl("postgres", name)
        : "jdbc:h2:mem:" + h2Name + ";DB_CLOSE_DELAY=-1";
  }

  /** The address of another, empty database: a file in {@code folder}, or one of that name on PostgreSQL. */
  static String another(String name, Path folder) {
    if (!IS_POSTGRESQL) {
      return "jdbc:h2:file:" + folder.resolve(name) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
    try (var connection = DriverManager.getConnection(url("postgres", ""), "postgres", "");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return url(name, "");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String user() {
    return IS_POSTGRESQL ? "postgres" : "sa";
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start from its Maven artifact", e);
    }
  }
}
