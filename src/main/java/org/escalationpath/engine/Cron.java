package org.escalationpath.engine;

import java.text.ParseException;
import org.camunda.bpm.engine.impl.calendar.CronTimer;

/** When a timer rings again and again, as the engine reads it: {@code 0 0 7 1 * ?} is 7:00 on the first of each month. */
public final class Cron {

  private Cron() {}

  /** Whether the engine can read it. */
  public static boolean isReadable(String expression) {
    try {
      CronTimer.parse(expression);
      return expression.contains(" ");
    } catch (ParseException e) {
      return false;
    }
  }
}
