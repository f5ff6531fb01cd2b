package org.escalationpath.notification;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The outbox. Asking for a message only writes a row, in the transaction of what the message tells about, so that no mail server
 * can delay or undo that; the {@link Relay} does the rest.
 */
@Repository
public class Notifications {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_ERROR = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  Notifications(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Asks for a message to the case's customer. */
  public void tellCustomer(CaseNumber number, String template, Map<String, String> parameters) {
    tellCustomer(number, template, parameters, false);
  }

  /** As the other, but with {@code isForDigest} it waits until an outage is caught up with. */
  void tellCustomer(
      CaseNumber number, String template, Map<String, String> parameters, boolean isForDigest) {
    request(number, Notification.CUSTOMER, null, template, parameters, isForDigest);
  }

  /** Asks for a message to a member of staff; with {@code isForDigest} it waits until an outage is caught up with. */
  void tellStaff(
      CaseNumber number,
      String person,
      String template,
      Map<String, String> parameters,
      boolean isForDigest) {
    request(number, Notification.STAFF, person, template, parameters, isForDigest);
  }

  private String request(
      CaseNumber number,
      String recipient,
      @Nullable String person,
      String template,
      Map<String, String> parameters,
      boolean isForDigest) {
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into notification (id, case_number, recipient, person, template, parameters, requested_at, state, attempts,
               for_digest)
        values (:id, :number, :recipient, :person, :template, :parameters, :now, 'requested', 0, :isForDigest)
        """)
        .param("id", id)
        .param("isForDigest", isForDigest)
        .param("number", number.value())
        .param("recipient", recipient)
        .param("person", person)
        .param("template", template)
        .param("parameters", write(parameters))
        .param("now", clock.instant().atOffset(UTC))
        .update();
    return id;
  }

  /** The messages asked for that no process works on yet and that no digest for the same person takes along, the oldest first. */
  List<Notification> unrelayed(int most) {
    return jdbc.sql("""
        select n.* from notification n
         where n.state = 'requested' and n.relayed_at is null and not n.for_digest and (n.relay_after is null or n.relay_after <= :now)
           and not exists (select 1 from notification d
                            where d.state = 'requested' and d.relayed_at is null and d.for_digest and d.person = n.person
                              and (d.relay_after is null or d.relay_after <= :now))
         order by n.seq
         limit :most
        """)
        .param("now", clock.instant().atOffset(UTC))
        .param("most", most)
        .query(Notifications::read)
        .list();
  }

  /**
   * The messages that wait for a digest, and all that wait for the same members of staff, by whom they are for; each group is for one
   * person, the oldest message first.
   */
  Collection<List<Notification>> forDigests() {
    var waiting = new LinkedHashMap<String, List<Notification>>();
    jdbc.sql("""
        select n.*, c.customer_id
          from notification n
          join customer_case c on c.number = n.case_number
         where n.state = 'requested' and n.relayed_at is null and (n.relay_after is null or n.relay_after <= :now)
           and (n.for_digest or exists (select 1 from notification d
                                         where d.state = 'requested' and d.relayed_at is null and d.for_digest and d.person = n.person
                                           and (d.relay_after is null or d.relay_after <= :now)))
         order by n.seq
        """)
        .param("now", clock.instant().atOffset(UTC))
        .query((row, index) -> {
          var notification = read(row, index);
          var whom = notification.isForCustomer()
              ? "customer " + row.getLong("customer_id")
              : "staff " + notification.person();
          return waiting.computeIfAbsent(whom, key -> new ArrayList<>()).add(notification);
        })
        .list();
    return waiting.values();
  }

  /**
   * Makes one message of several for the same person.
   *
   * @throws TakenByAnotherNode if another node took one of them
   */
  Notification bundle(List<Notification> several) {
    var first = several.get(0);
    var id = request(
        first.caseNumber(),
        first.recipient(),
        first.person(),
        first.recipient() + "-digest",
        Map.of(),
        false);
    for (var each : several) {
      var isTaken = jdbc.sql("""
          update notification set relayed_at = :now, state = 'bundled', bundle = :bundle
           where id = :id and relayed_at is null and state = 'requested'
          """)
          .param("now", clock.instant().atOffset(UTC))
          .param("bundle", id)
          .param("id", each.id())
          .update();
      if (isTaken == 0) {
        throw new TakenByAnotherNode(each.id());
      }
    }
    return require(id);
  }

  /** Another node was faster; nothing is to be done. */
  static final class TakenByAnotherNode extends RuntimeException {

    TakenByAnotherNode(String id) {
      super("Another node bundles message " + id);
    }
  }

  /** What a digest tells of, the oldest first; nothing for any other message. */
  List<Notification> bundledIn(String id) {
    return jdbc.sql("select * from notification where bundle = :id order by seq")
        .param("id", id)
        .query(Notifications::read)
        .list();
  }

  /** Takes the message for this node; false if another node was faster. */
  boolean take(String id) {
    return jdbc.sql(
                "update notification set relayed_at = :now where id = :id and relayed_at is null and state = 'requested'")
            .param("now", clock.instant().atOffset(UTC))
            .param("id", id)
            .update()
        == 1;
  }

  void postpone(String id, Duration by) {
    jdbc.sql("update notification set relay_after = :at where id = :id")
        .param("at", clock.instant().plus(by).atOffset(UTC))
        .param("id", id)
        .update();
  }

  Notification require(String id) {
    return jdbc.sql("select * from notification where id = :id")
        .param("id", id)
        .query(Notifications::read)
        .single();
  }

  void delivered(String id, String channel) {
    end(id, channel.equals("phone") ? "by-phone" : "delivered", channel);
  }

  void undelivered(String id, String channel) {
    end(id, "undelivered", channel);
  }

  private void end(String id, String state, String channel) {
    jdbc.sql("""
        update notification set state = :state, channel = :channel, attempts = attempts + 1, delivered_at = :now
         where id = :id or bundle = :id
        """)
        .param("state", state)
        .param("channel", channel)
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  void failed(String id, String error) {
    jdbc.sql("""
        update notification set attempts = attempts + 1, first_try_at = coalesce(first_try_at, :now), last_error = :error
         where id = :id
        """)
        .param("now", clock.instant().atOffset(UTC))
        .param("error", error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error)
        .param("id", id)
        .update();
  }

  /** All messages about a case, the oldest first. */
  public List<Notification> of(CaseNumber number) {
    return jdbc.sql("select * from notification where case_number = :number order by seq")
        .param("number", number.value())
        .query(Notifications::read)
        .list();
  }

  Optional<Notification> find(String id) {
    return jdbc.sql("select * from notification where id = :id")
        .param("id", id)
        .query(Notifications::read)
        .optional();
  }

  /** Messages that all of {@code filter} lets through, the newest first, from before {@code before} on. */
  List<Notification> page(Outbox.Filter filter, @Nullable Long before, int size) {
    var where = new ArrayList<String>();
    var values = new HashMap<String, Object>();
    put("n.state", "state", filter.state(), where, values);
    put("n.recipient", "recipient", filter.recipient(), where, values);
    put("n.template", "template", filter.template(), where, values);
    put("n.case_number", "number", filter.caseNumber(), where, values);
    put("n.person", "person", filter.person(), where, values);
    if (before != null) {
      where.add("n.seq < :before");
      values.put("before", before);
    }
    return jdbc.sql("select n.* from notification n"
            + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
            + " order by n.seq desc limit :size")
        .params(values)
        .param("size", size)
        .query(Notifications::read)
        .list();
  }

  private static void put(
      String column,
      String name,
      @Nullable Object value,
      List<String> where,
      Map<String, Object> values) {
    if (value != null) {
      where.add(column + " = :" + name);
      values.put(name, value.toString());
    }
  }

  /** The templates of all messages there are. */
  List<String> templates() {
    return jdbc.sql("select distinct template from notification order by template")
        .query(String.class)
        .list();
  }

  /** Asks for the same message again; returns the new one's id. */
  String again(Notification message) {
    return request(
        message.caseNumber(),
        message.recipient(),
        message.person(),
        message.template(),
        message.parameters(),
        false);
  }

  private static Notification read(ResultSet row, int index) throws SQLException {
    return new Notification(
        row.getLong("seq"),
        row.getString("id"),
        CaseNumber.of(row.getString("case_number")),
        row.getString("recipient"),
        row.getString("person"),
        row.getString("template"),
        parse(row.getString("parameters")),
        Rows.required(Rows.instant(row, "requested_at")),
        row.getString("state"),
        row.getInt("attempts"),
        Rows.instant(row, "first_try_at"),
        Rows.instant(row, "delivered_at"),
        row.getString("last_error"));
  }

  private static String write(Map<String, String> parameters) {
    try {
      return JSON.writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Parameters of a message are texts, not " + parameters, e);
    }
  }

  private static Map<String, String> parse(String parameters) {
    try {
      return JSON.readValue(parameters, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message's parameters are no JSON: " + parameters, e);
    }
  }
}
