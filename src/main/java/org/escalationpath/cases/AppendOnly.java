package org.escalationpath.cases;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Refuses to change or delete ledger rows on H2; PostgreSQL has a function of its own. Named in a migration. */
public class AppendOnly implements Trigger {

  @Override
  public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
    throw new SQLException("The ledger is append-only: update or delete refused");
  }
}
