package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All customers, one per e-mail address. */
@Repository
class Customers {

  private final JdbcClient jdbc;

  Customers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The id of the customer with this e-mail address, known already or new.
   *
   * @param isTrusted whether what is told now replaces what was known; a stranger on the public form may say anything
   */
  long remember(Customer customer, boolean isTrusted, Instant now) {
    var email = customer.email().toLowerCase(Locale.ROOT);
    var known = idOf(email);
    if (known.isPresent() && !isTrusted) {
      return known.orElseThrow();
    }
    var statement = known.isPresent() ? """
        update customer set name = :name, phone = coalesce(:phone, phone), language = coalesce(:language, language),
               preferred_channel = coalesce(:channel, preferred_channel), segment = coalesce(:segment, segment)
         where email = :email
        """ : """
        insert into customer (name, email, phone, language, preferred_channel, segment, created_at)
        values (:name, :email, :phone, coalesce(:language, 'en'), coalesce(:channel, 'email'), coalesce(:segment, 'standard'), :now)
        """;
    jdbc.sql(statement)
        .param("name", customer.name())
        .param("email", email)
        .param("phone", customer.phone())
        .param("language", customer.language())
        .param("channel", customer.preferredChannel())
        .param("segment", customer.segment())
        .param("now", now.atOffset(UTC))
        .update();
    return known.or(() -> idOf(email)).orElseThrow();
  }

  private Optional<Long> idOf(String email) {
    return jdbc.sql("select id from customer where email = :email")
        .param("email", email)
        .query(Long.class)
        .optional();
  }
}
