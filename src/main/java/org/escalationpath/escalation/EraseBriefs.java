package org.escalationpath.escalation;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What senders confirmed of hand-over briefs goes with a customer's personal data. */
@Component
class EraseBriefs {

  private final JdbcClient jdbc;

  EraseBriefs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update hand_over_brief set ask = null, tried = null, promised = null where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
  }
}
