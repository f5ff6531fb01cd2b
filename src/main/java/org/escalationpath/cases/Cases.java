package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All cases. A case's row is locked by whoever changes it, before anything else of it is touched. */
@Repository
public class Cases {

  static final String SELECT = """
      select c.*, p.name, p.email, p.phone, p.language, p.preferred_channel, p.segment
        from customer_case c
        join customer p on p.id = c.customer_id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Customers customers;
  private final LockedCases locked;

  Cases(JdbcClient jdbc, Clock clock, Customers customers, LockedCases locked) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.customers = customers;
    this.locked = locked;
  }

  /**
   * Gives the case its number. The ledger is not written; the step that opens the path does that.
   *
   * @param by a user id, or {@code customer} where a stranger opens it: then what is known of a customer stays as it is, and the
   *     address has yet to be confirmed
   */
  public CaseNumber register(NewCase opened, String by) {
    var isByStranger = by.equals(Message.CUSTOMER);
    var number = CaseNumber.ofSequence(
        jdbc.sql("select nextval('case_number_seq')").query(Long.class).single());
    jdbc.sql("""
        insert into customer_case (number, customer_id, subject, description, category, product, severity, channel,
               external_id, needed_by, opened_by, opened_at, priority, visit, state, ledger_seq, locks, confirmed, salt)
        values (:number, :customer, :subject, :description, :category, :product, :severity, :channel,
               :externalId, :neededBy, :by, :now, 'normal', 0, 'open', 0, 0, :confirmed, :salt)
        """)
        .param("number", number.value())
        .param("customer", customers.remember(opened.customer(), !isByStranger, clock.instant()))
        .param("subject", opened.subject())
        .param("description", opened.description())
        .param("category", opened.category())
        .param("product", opened.product())
        .param("severity", opened.severity())
        .param("channel", opened.channel())
        .param("externalId", opened.externalId())
        .param("neededBy", opened.neededBy() == null ? null : opened.neededBy().atOffset(UTC))
        .param("by", by)
        .param("now", clock.instant().atOffset(UTC))
        .param("confirmed", !isByStranger)
        .param("salt", UUID.randomUUID().toString())
        .update();
    // nobody else sees it yet, and nothing of it is recorded
    locked.add(number);
    locked.read(number, Registered.class, () -> true);
    locked.read(number, Ledger.Head.class, () -> new Ledger.Head(0, null));
    locked.read(number, Ledger.class, List::of);
    return number;
  }

  /** The mark of a case that the running transaction has registered. */
  private interface Registered {}

  /** Whether the running transaction has registered the case. */
  boolean isNew(CaseNumber number) {
    return locked.read(number, Registered.class, () -> false);
  }

  public Optional<CustomerCase> find(CaseNumber number) {
    return locked.read(
        number,
        Cases.class,
        () -> jdbc.sql(SELECT + " where c.number = :number")
            .param("number", number.value())
            .query(Cases::read)
            .optional());
  }

  /** @throws NoSuchCase if there is none with that number */
  public CustomerCase require(CaseNumber number) {
    return find(number).orElseThrow(() -> new NoSuchCase(number.value()));
  }

  public Optional<CustomerCase> findByExternalId(String externalId) {
    return jdbc.sql(SELECT + " where c.external_id = :externalId")
        .param("externalId", externalId)
        .query(Cases::read)
        .optional();
  }

  /**
   * The case with its row locked until the transaction ends, so that whoever else wants to change it waits.
   *
   * @throws NoSuchCase if there is none with that number
   */
  public CustomerCase lock(CaseNumber number) {
    if (locked.contains(number)) {
      return require(number);
    }
    // a write locks on both databases; with "for update" H2 let another transaction through once in
    // some hundred races
    var isThere = jdbc.sql("update customer_case set locks = locks + 1 where number = :number")
        .param("number", number.value())
        .update();
    if (isThere == 0) {
      throw new NoSuchCase(number.value());
    }
    locked.add(number);
    return require(number);
  }

  /** Cases that have not ended, by number, from behind {@code after} on. */
  public List<CustomerCase> notEnded(@Nullable CaseNumber after, int size) {
    return jdbc.sql(SELECT + """
         where c.state in ('open', 'waiting', 'resolved')
           and (cast(:after as varchar) is null or c.number > :after)
         order by c.number
         limit :size
        """)
        .param("after", text(after))
        .param("size", size)
        .query(Cases::read)
        .list();
  }

  public void triaged(CaseNumber number, Priority priority, @Nullable String category) {
    jdbc.sql(
            "update customer_case set priority = :priority, category = :category where number = :number")
        .param("priority", priority.toString())
        .param("category", category)
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  public void changePriority(CaseNumber number, Priority priority) {
    jdbc.sql("update customer_case set priority = :priority where number = :number")
        .param("priority", priority.toString())
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  /** Begins another visit, to {@code tier}. */
  public void moveTo(CaseNumber number, Tier tier) {
    jdbc.sql("update customer_case set tier = :tier, visit = visit + 1 where number = :number")
        .param("tier", tier.group())
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  public void changeState(CaseNumber number, CaseState state) {
    jdbc.sql(
            "update customer_case set state = :state, closed_at = :closedAt where number = :number")
        .param("state", state.toString())
        .param("closedAt", state.isEnded() ? clock.instant().atOffset(UTC) : null)
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  /** The first who takes the case stays its owner. */
  public void ownedBy(CaseNumber number, String person) {
    jdbc.sql("update customer_case set owner = :person where number = :number and owner is null")
        .param("person", person)
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  /** When the limit of the tier now working on the case passes; null where none runs. */
  public void dueAt(CaseNumber number, @Nullable Instant dueAt) {
    jdbc.sql("update customer_case set due_at = :dueAt where number = :number")
        .param("dueAt", dueAt == null ? null : dueAt.atOffset(UTC))
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  /** Whoever has the customer's address has acted on the case, so that it is theirs and no stranger gave it. */
  public void confirm(CaseNumber number) {
    jdbc.sql("update customer_case set confirmed = true where number = :number and not confirmed")
        .param("number", number.value())
        .update();
    locked.forget(number, Cases.class);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static CustomerCase read(ResultSet row, int index) throws SQLException {
    var customer = new Customer(
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("language"),
        row.getString("preferred_channel"),
        row.getString("segment"));
    var tier = row.getString("tier");
    return new CustomerCase(
        CaseNumber.of(row.getString("number")),
        customer,
        row.getString("subject"),
        row.getString("description"),
        row.getString("category"),
        row.getString("product"),
        row.getString("severity"),
        row.getString("channel"),
        row.getString("external_id"),
        Rows.instant(row, "needed_by"),
        Rows.required(Rows.instant(row, "opened_at")),
        Priority.of(row.getString("priority")),
        tier == null ? null : Tier.of(tier),
        row.getInt("visit"),
        CaseState.of(row.getString("state")),
        row.getString("owner"),
        Rows.instant(row, "closed_at"),
        Rows.instant(row, "due_at"),
        row.getBoolean("confirmed"));
  }
}
