package org.escalationpath.engine;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Forms as the engine's tables have them: the engine's API offers no list of them. Reads only. */
@Repository
class DeployedForms {

  private final JdbcClient jdbc;

  DeployedForms(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** @param resource the name of its file in the deployment */
  record Form(String id, String key, int version, String deployment, String resource) {}

  /** All versions, by key, the newest first. */
  List<Form> all() {
    return jdbc.sql("""
        select f.id_, f.key_, f.version_, f.deployment_id_, f.resource_name_
          from act_re_camformdef f
         order by f.key_, f.version_ desc
        """)
        .query((row, index) -> new Form(
            row.getString("id_"),
            row.getString("key_"),
            row.getInt("version_"),
            row.getString("deployment_id_"),
            row.getString("resource_name_")))
        .list();
  }
}
