package org.escalationpath.cases;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.escalationpath.engine.Actor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Erases a customer's personal data (GDPR, article 17): name, addresses, and all that was written about their cases. The ledgers keep
 * their rows with the salted hashes of what was written; without the salts nobody can guess a text from its hash.
 */
@Component
public class Erasure {

  private static final int NAMED_IN_A_ROW = 200;

  private final JdbcClient jdbc;
  private final Cases cases;
  private final Ledger ledger;
  private final Holds holds;
  private final Links links;
  private final SavedViews views;
  private final Journal journal;
  private final Actor actor;
  private final ApplicationEventPublisher listeners;

  Erasure(
      JdbcClient jdbc,
      Cases cases,
      Ledger ledger,
      Holds holds,
      Links links,
      SavedViews views,
      Journal journal,
      Actor actor,
      ApplicationEventPublisher listeners) {
    this.jdbc = jdbc;
    this.cases = cases;
    this.ledger = ledger;
    this.holds = holds;
    this.links = links;
    this.views = views;
    this.journal = journal;
    this.actor = actor;
    this.listeners = listeners;
  }

  /** The cases of the customer with this address, in order. */
  public List<CustomerCase> of(String email) {
    return jdbc
        .sql("""
            select c.number from customer_case c join customer p on p.id = c.customer_id
             where p.email = :email order by c.number
            """)
        .param("email", email.toLowerCase(Locale.ROOT))
        .query(String.class)
        .list()
        .stream()
        .map(number -> cases.require(CaseNumber.of(number)))
        .toList();
  }

  /**
   * Erases it in the running transaction, and writes into each ledger that, why and by whom.
   *
   * @param why a reference to the request, at most 2,000 characters; no personal data
   * @return the numbers of the cases
   * @throws BadInput if there is no such customer, a case of theirs has not ended or is on legal hold; nothing is erased then
   */
  public List<String> erase(String email, String why) {
    var address = FreeText.requireLine("email", email, 254);
    var reason = FreeText.require("why", why, 2_000);
    var all = of(address).stream().map(each -> cases.lock(each.number())).toList();
    if (all.isEmpty()) {
      throw new BadInput("email", "no-customer", "There is no customer with this address");
    }
    refuse(
        all.stream().filter(each -> !each.state().isEnded()).toList(),
        "not-ended",
        "has not ended");
    refuse(
        all.stream().filter(each -> holds.isHeld(each.number())).toList(),
        "held",
        "is on legal hold");
    var erased = new PersonalDataErased(all.stream().map(CustomerCase::number).toList());
    erase(address.toLowerCase(Locale.ROOT), erased.numbers());
    listeners.publishEvent(erased);
    for (var number : erased.cases()) {
      links.revoke(number);
      ledger.append(number, LedgerEntry.of(What.ERASED, actor.name()).noting(reason));
    }
    for (var i = 0; i < erased.numbers().size(); i += NAMED_IN_A_ROW) {
      var some = erased
          .numbers()
          .subList(i, Math.min(i + NAMED_IN_A_ROW, erased.numbers().size()));
      journal.append("erased", Map.of("cases", String.join(" ", some)));
    }
    return erased.numbers();
  }

  private static void refuse(List<CustomerCase> some, String code, String why) {
    if (!some.isEmpty()) {
      var numbers =
          String.join(", ", some.stream().map(each -> each.number().value()).toList());
      throw new BadInput(
          "email", code, "Nothing was erased: %s %s".formatted(numbers, why), numbers);
    }
  }

  private void erase(String email, List<String> numbers) {
    var name = jdbc.sql("select name from customer where email = :email")
        .param("email", email)
        .query(String.class)
        .single();
    views.forgetAbout(List.of(email, name));
    jdbc.sql("""
        update customer set name = :erased, email = concat('erased-', id, '@erased.invalid'), phone = null where email = :email
        """)
        .param("erased", PersonalDataErased.ERASED)
        .param("email", email)
        .update();
    for (var statement : List.of(
        "update customer_case set subject = 'erased', description = 'erased', external_id = null, product = null, salt = null where number in (:numbers)",
        "delete from attachment where case_number in (:numbers)",
        "update message set text = 'erased', salt = null where case_number in (:numbers)",
        "delete from note where case_number in (:numbers)")) {
      jdbc.sql(statement).param("numbers", numbers).update();
    }
  }
}
