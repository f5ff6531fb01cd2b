package org.escalationpath.improvement;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.PersonalDataErased;
import org.escalationpath.cases.Rows;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Models;
import org.escalationpath.engine.StepRemark;
import org.escalationpath.engine.StepRemarks;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What staff says about steps that do not fit, for process owners to read and to answer. Of what is said without a name, only the
 * week and the step are kept: a day, a version or a case would tell who it was, beside what the ledger says.
 */
@Repository
public class Remarks implements StepRemarks {

  private static final int LONGEST = 2_000;

  private final JdbcClient jdbc;
  private final Models models;
  private final Actor actor;
  private final Clock clock;

  Remarks(JdbcClient jdbc, Models models, Actor actor, Clock clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * @param saidOn the day in UTC; the Monday of its week where they wished to stay unnamed
   * @param person who said it; null where they wished to stay unnamed
   * @param process the key of the model; null where it is about a page
   * @param version of the model
   * @param element its id in the model
   * @param step what people call the element
   * @param page the address of the page where it was said, with {@code {…}} for what names a case; null where it came with a form
   * @param caseNumber the case it was said about, where there is one and it was not said without a name
   * @param answer what the process owner said to it; null where it is open
   */
  public record Remark(
      String id,
      LocalDate saidOn,
      @Nullable String person,
      @Nullable String process,
      @Nullable Integer version,
      @Nullable String element,
      @Nullable String step,
      @Nullable String page,
      @Nullable String caseNumber,
      String text,
      @Nullable String answer,
      @Nullable String answeredBy,
      @Nullable Instant answeredAt) {}

  @Override
  public void keep(StepRemark remark) {
    var text = FreeText.require(StepRemark.FIELD, remark.text(), LONGEST);
    var model = Optional.ofNullable(remark.definition()).flatMap(models::find);
    var now = clock.instant().atOffset(UTC);
    var isNamed = !remark.isAnonymous();
    jdbc.sql("""
        insert into step_remark (id, said_on, said_at, person, process, version, element, step, page, case_number, text)
        values (:id, :on, :at, :person, :process, :version, :element, :step, :page, :case, :text)
        """)
        .param("id", UUID.randomUUID().toString())
        .param(
            "on",
            isNamed
                ? now.toLocalDate()
                : now.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
        .param("at", isNamed ? now : null)
        .param("person", isNamed ? actor.name() : null)
        .param("process", model.map(Models.Model::key).orElse(null))
        .param("version", isNamed ? model.map(Models.Model::version).orElse(null) : null)
        .param("element", remark.element())
        .param("step", remark.step())
        .param("page", remark.page())
        .param("case", isNamed ? remark.caseNumber() : null)
        .param("text", text)
        .update();
  }

  /** What was said on these days, and what is still open of before; the latest day first. */
  public List<Remark> of(LocalDate from, LocalDate to) {
    return jdbc.sql("""
        select * from step_remark where said_on <= :to and (said_on >= :from or answered_at is null)
         order by said_on desc, id
        """)
        .param("from", from)
        .param("to", to)
        .query(Remarks::read)
        .list();
  }

  /** What one person has said with their name, the latest first. */
  public List<Remark> by(String person) {
    return jdbc.sql("select * from step_remark where person = :person order by said_at desc, id")
        .param("person", person)
        .query(Remarks::read)
        .list();
  }

  /** Those with these ids that there are, the latest day first. */
  public List<Remark> of(List<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql("select * from step_remark where id in (:ids) order by said_on desc, id")
            .param("ids", ids)
            .query(Remarks::read)
            .list();
  }

  /**
   * Says to a remark what becomes of it.
   *
   * @return whether it was open; of two who answer, the first counts
   * @throws IllegalArgumentException saying what to change in the answer
   */
  public boolean answer(String id, @Nullable String answer) {
    return jdbc.sql("""
        update step_remark set answer = :answer, answered_by = :by, answered_at = :now
         where id = :id and answered_at is null
        """)
            .param("answer", FreeText.require("answer", answer, LONGEST))
            .param("by", actor.name())
            .param("now", clock.instant().atOffset(UTC))
            .param("id", id)
            .update()
        == 1;
  }

  /** What was said about a case may tell of its customer. */
  @EventListener
  void erase(PersonalDataErased erased) {
    jdbc.sql("""
        update step_remark set text = :erased, answer = case when answer is null then null else :erased end
         where case_number in (:numbers)
        """)
        .param("erased", PersonalDataErased.ERASED)
        .param("numbers", erased.numbers())
        .update();
  }

  private static Remark read(ResultSet row, int index) throws SQLException {
    return new Remark(
        row.getString("id"),
        row.getObject("said_on", LocalDate.class),
        row.getString("person"),
        row.getString("process"),
        row.getObject("version", Integer.class),
        row.getString("element"),
        row.getString("step"),
        row.getString("page"),
        row.getString("case_number"),
        row.getString("text"),
        row.getString("answer"),
        row.getString("answered_by"),
        Rows.instant(row, "answered_at"));
  }
}
