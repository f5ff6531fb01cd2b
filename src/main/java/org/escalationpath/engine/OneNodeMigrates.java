package org.escalationpath.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time migrate. Flyway's own lock does not cover its baseline, so that of two nodes that start at once on an
 * empty PostgreSQL one found a history table without a row. H2 has one node only.
 */
@Component
class OneNodeMigrates implements FlywayMigrationStrategy {

  private static final long LOCK = 0x65736361_6c617465L;

  @Override
  public void migrate(Flyway flyway) {
    try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
      var isPostgresql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
      if (isPostgresql) {
        execute(connection, "select pg_advisory_lock(" + LOCK + ")");
      }
      try {
        flyway.migrate();
      } finally {
        if (isPostgresql) {
          execute(connection, "select pg_advisory_unlock(" + LOCK + ")");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached for its migration", e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
