package org.escalationpath.cases;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Refuses to change or delete ledger rows on H2; PostgreSQL has a function of its own. Named in a migration. */
public class AppendOnly implements Trigger {

  private static final ThreadLocal<Boolean> IS_LIFTED = ThreadLocal.withInitial(() -> false);

  /** Lets the demo take its own stories away; H2 runs the trigger on the thread of the statement. PostgreSQL knows nothing of it. */
  public static void lifted(Runnable removal) {
    IS_LIFTED.set(true);
    try {
      removal.run();
    } finally {
      IS_LIFTED.remove();
    }
  }

  @Override
  public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
    if (IS_LIFTED.get() && after == null) {
      return;
    }
    throw new SQLException("The ledger is append-only: update or delete refused");
  }
}
