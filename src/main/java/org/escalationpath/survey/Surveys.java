package org.escalationpath.survey;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All surveys. */
@Repository
class Surveys {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ApplicationEventPublisher listeners;

  Surveys(JdbcClient jdbc, Clock clock, ApplicationEventPublisher listeners) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.listeners = listeners;
  }

  /** A survey about the case as it closes now; tier and owner are kept as they are at this moment. */
  String plan(CustomerCase customerCase) {
    return plan(customerCase, Survey.FOLLOW_UP, null);
  }

  /** A survey of the round, whether the customer of the case would recommend us. */
  String planRecommendation(CustomerCase customerCase, String round) {
    return plan(customerCase, Survey.NPS, round);
  }

  private String plan(CustomerCase customerCase, String kind, @Nullable String round) {
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into survey (id, case_number, kind, round_id, tier, agent, state, created_at, changed_at)
        values (:id, :number, :kind, :round, :tier, :agent, 'planned', :now, :now)
        """)
        .param("id", id)
        .param("number", customerCase.number().value())
        .param("kind", kind)
        .param("round", round)
        .param("tier", customerCase.tier() == null ? null : customerCase.tier().group())
        .param("agent", customerCase.owner())
        .param("now", clock.instant().atOffset(UTC))
        .update();
    listeners.publishEvent(new SurveyChanged(customerCase.number()));
    return id;
  }

  /** Whole days since this customer was last asked about another case, or whether they recommend us; nothing if never. */
  Optional<Long> daysSinceLast(CustomerCase customerCase) {
    return daysSince("(c.number <> :number or s.kind = 'nps')", customerCase);
  }

  /** Whole days since this customer was last asked anything; nothing if never. */
  Optional<Long> daysSinceLastOfAll(CustomerCase customerCase) {
    return daysSince("true", customerCase);
  }

  /** Whole days since this customer was last asked whether they recommend us; nothing if never. */
  Optional<Long> daysSinceLastNps(CustomerCase customerCase) {
    return daysSince("s.kind = 'nps'", customerCase);
  }

  private Optional<Long> daysSince(String which, CustomerCase customerCase) {
    var asked = jdbc.sql("""
        select max(s.created_at) as last
          from survey s
          join customer_case c on c.number = s.case_number
          join customer p on p.id = c.customer_id
         where p.email = :email and s.state not in ('suppressed', 'cancelled') and\s""" + which).param("email", customerCase.customer().email());
    return (which.contains(":number")
            ? asked.param("number", customerCase.number().value())
            : asked)
        .query((row, index) -> Optional.ofNullable(Rows.instant(row, "last")))
        .single()
        .map(last -> Duration.between(last, clock.instant()).toDays());
  }

  /** How many cases of the same customer have not ended; those that a stranger opened in their name do not count. */
  int openCases(CustomerCase customerCase) {
    return jdbc.sql("""
        select count(*) from customer_case c join customer p on p.id = c.customer_id
         where p.email = :email and c.closed_at is null and c.confirmed
        """)
        .param("email", customerCase.customer().email())
        .query(Integer.class)
        .single();
  }

  /**
   * The last case that ended between two instants, of each customer who has confirmed it and is not yet in the round.
   *
   * @param most how many at most
   */
  List<CaseNumber> notInRound(String round, Instant from, Instant until, int most) {
    return jdbc.sql("""
        select number
          from (select c.number, c.customer_id,
                       row_number() over (partition by c.customer_id order by c.closed_at desc, c.number desc) as place
                  from customer_case c
                  join customer p on p.id = c.customer_id
                 where c.closed_at > :from and c.closed_at <= :until and c.confirmed and p.email not like '%@erased.invalid') ended
         where place = 1
           and not exists (select 1
                             from survey s
                             join customer_case o on o.number = s.case_number
                            where s.round_id = :round and o.customer_id = ended.customer_id)
         order by number
         limit :most
        """)
        .param("round", round)
        .param("from", from.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .param("most", most)
        .query((row, index) -> CaseNumber.of(row.getString("number")))
        .list();
  }

  void suppressed(String id, String why) {
    change(id, "state = 'suppressed', suppressed = :why", Map.of("why", why));
  }

  /** @param askAt when the invitation leaves */
  void planned(String id, Instant askAt) {
    change(id, "ask_at = :askAt", Map.of("askAt", askAt.atOffset(UTC)));
  }

  /** The customer's answer stands. */
  void isFinal(String id) {
    change(id, "state = 'final'", Map.of());
  }

  /** @param state {@code cancelled} or {@code expired} */
  void ended(String id, String state) {
    change(id, "state = :state, ended_at = :now", Map.of("state", state));
  }

  void answered(String id, Answer answer) {
    var given = new HashMap<String, @Nullable Object>();
    given.put("csat", answer.csat());
    given.put("ces", answer.ces());
    given.put("solved", answer.solved());
    given.put("contacts", answer.contacts());
    given.put("comment", answer.comment());
    change(
        id,
        "state = 'answered', answered_at = coalesce(answered_at, :now), csat = :csat, ces = :ces, solved = :solved, contacts = :contacts, comment = :comment",
        given);
  }

  void answered(String id, Recommendation answer) {
    var given = new HashMap<String, @Nullable Object>();
    given.put("score", answer.score());
    given.put("comment", answer.comment());
    change(
        id,
        "state = 'answered', answered_at = coalesce(answered_at, :now), recommendation = :score, comment = :comment",
        given);
  }

  private void change(String id, String what, Map<String, ? extends @Nullable Object> values) {
    jdbc.sql("update survey set changed_at = :now, " + what + " where id = :id")
        .params(values)
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
    listeners.publishEvent(new SurveyChanged(require(id).caseNumber()));
  }

  Survey require(String id) {
    return jdbc.sql("select * from survey where id = :id")
        .param("id", id)
        .query(Surveys::read)
        .single();
  }

  List<Survey> of(CaseNumber number) {
    return jdbc.sql("select * from survey where case_number = :number order by created_at")
        .param("number", number.value())
        .query(Surveys::read)
        .list();
  }

  private static Survey read(ResultSet row, int index) throws SQLException {
    return new Survey(
        row.getString("id"),
        CaseNumber.of(row.getString("case_number")),
        row.getString("kind"),
        row.getString("state"),
        Rows.instant(row, "answered_at"),
        row.getObject("recommendation", Integer.class),
        row.getObject("csat", Integer.class),
        row.getObject("ces", Integer.class),
        row.getObject("solved", Boolean.class),
        row.getObject("contacts", Integer.class),
        row.getString("comment"));
  }
}
