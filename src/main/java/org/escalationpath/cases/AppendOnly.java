package org.escalationpath.cases;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.h2.api.Trigger;

/**
 * Refuses to change or delete rows of the ledger, the journal, the seals, terms of clocks and calendars on H2; PostgreSQL has functions of its own. Named in
 * migrations.
 */
public class AppendOnly implements Trigger {

  private static final ThreadLocal<Boolean> IS_LIFTED = ThreadLocal.withInitial(() -> false);

  private boolean isLedger;

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
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String table,
      boolean before,
      int type) {
    // H2 names table and trigger anew, with the old names in the new ones, when it changes columns
    isLedger = trigger.toLowerCase(Locale.ROOT).contains("ledger");
  }

  @Override
  public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
    if (IS_LIFTED.get() && after == null || after != null && onlyBinds(before, after)) {
      return;
    }
    throw new SQLException("What was recorded is append-only: update or delete refused");
  }

  /** A ledger's row that has no hash yet, in the last column, gets one. */
  private boolean onlyBinds(Object[] before, Object[] after) {
    var hash = before.length - 1;
    return isLedger
        && before[hash] == null
        && after[hash] != null
        && Arrays.equals(before, 0, hash, after, 0, hash);
  }
}
