package org.escalationpath.survey;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a customer wrote beside a rating goes with their personal data; the rating stays. */
@Component
class EraseComments {

  private final JdbcClient jdbc;

  EraseComments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update survey set comment = null where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
  }
}
