package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What customer and agents said to each other about a case, and the agents' notes among themselves. */
@Repository
public class Conversation {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final LockedCases locked;

  Conversation(JdbcClient jdbc, Clock clock, LockedCases locked) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.locked = locked;
  }

  /**
   * A message that has been kept.
   *
   * @param hash see {@link #hash}
   */
  public record Kept(long id, String hash) {

    /** The details of the ledger's row about the message, with others. */
    public Map<String, Object> and(Map<String, Object> others) {
      var details = new HashMap<>(others);
      details.put(MESSAGE, id);
      details.put(HASH, hash);
      return details;
    }
  }

  /** The detail that names a message, and the one that holds its hash. */
  public static final String MESSAGE = "message";

  public static final String HASH = "messageHash";

  /** The hash that the ledger holds of a message, while the message can be erased: a {@link Chain#hash} that begins with its salt. */
  public static String hash(String salt, String caseNumber, Message message) {
    return Chain.hash(
        salt,
        Arrays.asList(
            caseNumber,
            message.author(),
            message.person(),
            visibility(message.isPublic()),
            Chain.text(message.writtenAt()),
            message.text()));
  }

  private static String visibility(boolean isPublic) {
    return isPublic ? "public" : "internal";
  }

  /** The customer wrote {@code text}, at most 10,000 characters. */
  public Kept fromCustomer(CaseNumber number, String text) {
    return add(number, Message.CUSTOMER, null, true, text);
  }

  /** An agent wrote {@code text}, at most 10,000 characters, to the customer or as an internal note. */
  public Kept fromAgent(CaseNumber number, String person, String text, boolean isPublic) {
    return add(number, Message.AGENT, person, isPublic, text);
  }

  private Kept add(
      CaseNumber number, String author, @Nullable String person, boolean isPublic, String text) {
    var key = new GeneratedKeyHolder();
    var now = clock.instant();
    var salt = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into message (case_number, author, person, visibility, text, salt, written_at)
        values (:number, :author, :person, :visibility, :text, :salt, :now)
        """)
        .param("number", number.value())
        .param("author", author)
        .param("person", person)
        .param("visibility", visibility(isPublic))
        .param("text", text)
        .param("salt", salt)
        .param("now", now.atOffset(UTC))
        .update(key, "id");
    locked.forget(number, Conversation.class);
    var id = Objects.requireNonNull(key.getKey()).longValue();
    return new Kept(
        id, hash(salt, number.value(), new Message(id, author, person, isPublic, text, now)));
  }

  /** The text of one message of the case, or nothing where it has been erased. */
  public @Nullable String text(CaseNumber number, long id) {
    return jdbc.sql("select text from message where case_number = :number and id = :id")
        .param("number", number.value())
        .param("id", id)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** All messages and notes of a case, oldest first. */
  public List<Message> of(CaseNumber number) {
    return locked.read(
        number,
        Conversation.class,
        () -> jdbc.sql("select * from message where case_number = :number order by id")
            .param("number", number.value())
            .query(Conversation::read)
            .list());
  }

  public Optional<Message> lastFromCustomer(CaseNumber number) {
    return of(number).stream().filter(Message::isFromCustomer).reduce((earlier, later) -> later);
  }

  /** Reads {@code *} of the table {@code message}. */
  public static Message read(ResultSet row, int index) throws SQLException {
    return new Message(
        row.getLong("id"),
        row.getString("author"),
        row.getString("person"),
        row.getString("visibility").equals("public"),
        row.getString("text"),
        Rows.required(Rows.instant(row, "written_at")));
  }
}
