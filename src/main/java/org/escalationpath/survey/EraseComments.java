package org.escalationpath.survey;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a customer wrote beside a rating goes with their personal data; the rating stays, and nobody is asked any more. */
@Component
class EraseComments {

  private final JdbcClient jdbc;

  EraseComments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update survey set comment = null,
               state = case state when 'planned' then 'cancelled' when 'answered' then 'final' else state end
         where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
  }
}
