package org.escalationpath.engine;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets one node at a time make what is missing at start-up, so that two that start at once do not make it twice. */
@Component
public class SetUpLock {

  private final JdbcClient jdbc;
  private final Commands commands;

  SetUpLock(JdbcClient jdbc, Commands commands) {
    this.jdbc = jdbc;
    this.commands = commands;
  }

  /** Runs {@code setUp} in one transaction while no other node runs any. */
  public void run(Runnable setUp) {
    commands.run(() -> {
      jdbc.sql("select name from set_up_lock where name = 'set-up' for update")
          .query(String.class)
          .single();
      setUp.run();
    });
  }
}
