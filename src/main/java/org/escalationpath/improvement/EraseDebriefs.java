package org.escalationpath.improvement;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import org.escalationpath.cases.PersonalDataErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a debrief says goes with a customer's personal data; its theme, whether it was avoidable, and who had how many actions stay.
 * Actions that are open are dropped, since nothing says any more what they are.
 */
@Component
class EraseDebriefs {

  private final JdbcClient jdbc;
  private final Clock clock;

  EraseDebriefs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update debrief set what_happened = null, what_to_change = null where case_number in (:numbers)
        """).param("numbers", erased.numbers()).update();
    jdbc.sql("""
        update improvement_action set title = :erased, outcome = null, done_at = coalesce(done_at, :now),
               state = case state when 'open' then 'dropped' else state end
         where debrief_id in (select id from debrief where case_number in (:numbers))
        """)
        .param("erased", PersonalDataErased.ERASED)
        .param("now", clock.instant().atOffset(UTC))
        .param("numbers", erased.numbers())
        .update();
  }
}
