package org.escalationpath.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/** The first migration: the engine's own tables, from the scripts in the engine's jar, where they are absent. */
@Component
class EngineSchema implements JavaMigration {

  private static final List<String> PARTS = List.of(
      "engine",
      "history",
      "identity",
      "case.engine",
      "case.history",
      "decision.engine",
      "decision.history");

  @Override
  public void migrate(Context context) throws SQLException {
    var connection = context.getConnection();
    if (!isThere(connection)) {
      create(connection);
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    var metaData = connection.getMetaData();
    var name = metaData.storesLowerCaseIdentifiers() ? "act_ge_property" : "ACT_GE_PROPERTY";
    try (var tables =
        metaData.getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
      return tables.next();
    }
  }

  private static void create(Connection connection) throws SQLException {
    var vendor =
        connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? "postgres" : "h2";
    for (var part : PARTS) {
      var script =
          "org/camunda/bpm/engine/db/create/activiti.%s.create.%s.sql".formatted(vendor, part);
      ScriptUtils.executeSqlScript(connection, new ClassPathResource(script));
    }
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1");
  }

  @Override
  public String getDescription() {
    return "engine schema";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
