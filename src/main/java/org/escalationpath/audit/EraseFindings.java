package org.escalationpath.audit;

import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an auditor wrote about a case goes with a customer's personal data; answers and result stay, and what was not examined yet cannot be. */
@Component
class EraseFindings {

  private final JdbcClient jdbc;

  EraseFindings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update audit_worksheet set finding = null, result = coalesce(result, :erased) where case_number in (:numbers)
        """)
        .param("erased", PersonalDataErased.ERASED)
        .param("numbers", erased.numbers())
        .update();
  }
}
