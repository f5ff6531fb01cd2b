package org.escalationpath;

import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The engine's tables in an empty database, as they are there before ours. */
final class EngineTables {

  private EngineTables() {}

  static void create(DataSource source) {
    var vendor = TestDatabase.isPostgresql() ? "postgres" : "h2";
    new ResourceDatabasePopulator(new ClassPathResource(
            "org/camunda/bpm/engine/db/create/activiti.%s.create.engine.sql".formatted(vendor)))
        .execute(source);
  }
}
