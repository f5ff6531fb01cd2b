package org.escalationpath.demo;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** What the demo needs to know of its database. */
@Component
class DemoDatabase {

  private static final String TOLD = "demo-told";

  private final DataSource source;
  private final JdbcClient jdbc;

  DemoDatabase(DataSource source, JdbcClient jdbc) {
    this.source = source;
    this.jdbc = jdbc;
  }

  boolean isH2() {
    try {
      String product =
          JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
      return product.equals("H2");
    } catch (MetaDataAccessException e) {
      throw new IllegalStateException("The database does not say what it is", e);
    }
  }

  /** H2 writes each commit to the disk at once, so that none gets lost; what the demo tells could be told again. */
  void withoutWaitingForTheDisk(Runnable action) {
    if (!isH2()) {
      action.run();
      return;
    }
    jdbc.sql("set write_delay 1000").update();
    try {
      action.run();
    } finally {
      jdbc.sql("set write_delay 0").update();
    }
  }

  /** The stories are told once: whoever has taken them away does not find them again. */
  void remember() {
    jdbc.sql("insert into set_up_lock (name) values (:name)")
        .param("name", TOLD)
        .update();
  }

  boolean remembers() {
    return jdbc.sql("select count(*) from set_up_lock where name = :name")
            .param("name", TOLD)
            .query(Integer.class)
            .single()
        > 0;
  }
}
