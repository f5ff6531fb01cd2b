package org.escalationpath.improvement;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a debrief says happened goes with a customer's personal data; its theme, its actions and whether it was avoidable stay. */
@Component
class EraseDebriefs {

  private final JdbcClient jdbc;

  EraseDebriefs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update debrief set what_happened = null, what_to_change = null where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
  }
}
