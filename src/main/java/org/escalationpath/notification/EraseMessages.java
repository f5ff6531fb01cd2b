package org.escalationpath.notification;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages were filled with, and what a mail server answered, goes with a customer's personal data. */
@Component
class EraseMessages {

  private final JdbcClient jdbc;

  EraseMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update notification set parameters = '{}', last_error = null,
               state = case when state = 'requested' then 'undelivered' else state end
         where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
  }
}
