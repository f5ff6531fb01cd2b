package org.escalationpath.audit;

import static java.time.ZoneOffset.UTC;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.Rows;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Samples of ended cases, each with a worksheet that an auditor fills in as a task. */
@Component
public class Samples {

  /** As many as somebody can examine. */
  public static final int MOST = 500;

  private static final int SEED_BYTES = 8;

  private final JdbcClient jdbc;
  private final RuntimeService runtime;
  private final Commands commands;
  private final Journal journal;
  private final Actor actor;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Samples(
      JdbcClient jdbc,
      @Lazy RuntimeService runtime,
      Commands commands,
      Journal journal,
      Actor actor,
      Clock clock) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.commands = commands;
    this.journal = journal;
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * A sample.
   *
   * @param seed what it was drawn with; the same seed, period and size draw the same cases, as long as no other case has ended in the period
   * @param population how many cases had ended in the period
   * @param from the first day, in UTC, on which its cases ended
   * @param examined how many worksheets are filled in, or never will be
   * @param findings how many of those are not conforming
   */
  public record Sample(
      String id,
      String seed,
      int size,
      int population,
      LocalDate from,
      LocalDate to,
      String why,
      String drawnBy,
      Instant drawnAt,
      int examined,
      int findings) {}

  /**
   * What was found about a case of a sample.
   *
   * @param stratum its tier, outcome and month
   * @param result {@code conforming}, {@code minor}, {@code major}, or {@code erased} before it was examined; null while nobody has examined it
   */
  public record Worksheet(
      int position,
      CaseNumber caseNumber,
      String stratum,
      @Nullable String result,
      @Nullable String answers,
      @Nullable String finding,
      @Nullable String examinedBy,
      @Nullable Instant examinedAt) {}

  /**
   * Draws a sample of the cases that ended in the period, and begins a worksheet for each.
   *
   * @param seed null for a new one
   * @throws BadInput naming what to change
   */
  public String draw(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      int size,
      @Nullable String seed,
      String why) {
    var reason = FreeText.requireLine("why", why, 500);
    var asked = FreeText.optional("seed", seed, 64);
    if (from == null || to == null || to.isBefore(from) || from.plusYears(10).isBefore(to)) {
      throw new BadInput(
          "from", "no-period", "'from' must be a day before 'to', at most ten years");
    }
    if (size < 1 || size > MOST) {
      throw new BadInput("size", "out-of-range", "'size' must be from 1 to " + MOST, 1, MOST);
    }
    var id = UUID.randomUUID().toString();
    var used = asked == null ? newSeed() : asked;
    commands.run(() -> {
      var population = population(from, to);
      if (population.isEmpty()) {
        throw new BadInput("from", "no-cases", "No case ended in this period");
      }
      var drawn = Sampler.draw(population, size, used);
      insert(id, used, drawn.size(), population.size(), from, to, reason);
      for (var i = 0; i < drawn.size(); i++) {
        begin(id, i + 1, drawn.get(i));
      }
      journal.append(
          "sampled",
          Map.of(
              "sample", id,
              "seed", used,
              "seedGiven", asked != null,
              "size", drawn.size(),
              "population", population.size(),
              "from", from.toString(),
              "to", to.toString()));
    });
    return id;
  }

  private String newSeed() {
    var bytes = new byte[SEED_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private List<Sampler.Member> population(LocalDate from, LocalDate to) {
    return jdbc.sql("""
        select number, tier, state, closed_at from customer_case
         where closed_at >= :from and closed_at < :to
         order by number
        """)
        .param("from", from.atStartOfDay().atOffset(UTC))
        .param("to", to.plusDays(1).atStartOfDay().atOffset(UTC))
        .query((row, index) -> new Sampler.Member(
            row.getString("number"),
            "%s · %s · %s"
                .formatted(
                    row.getString("tier"),
                    row.getString("state"),
                    YearMonth.from(Rows.required(Rows.instant(row, "closed_at")).atZone(UTC)))))
        .list();
  }

  private void insert(
      String id, String seed, int size, int population, LocalDate from, LocalDate to, String why) {
    jdbc.sql("""
        insert into audit_sample (id, seed, size, population, period_from, period_to, why, drawn_by, drawn_at)
        values (:id, :seed, :size, :population, :from, :to, :why, :by, :now)
        """)
        .param("id", id)
        .param("seed", seed)
        .param("size", size)
        .param("population", population)
        .param("from", from)
        .param("to", to)
        .param("why", why)
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .update();
  }

  private void begin(String sample, int position, Sampler.Member member) {
    var worksheet = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into audit_worksheet (id, sample_id, position, case_number, stratum)
        values (:id, :sample, :position, :number, :stratum)
        """)
        .param("id", worksheet)
        .param("sample", sample)
        .param("position", position)
        .param("number", member.number())
        .param("stratum", member.stratum())
        .update();
    runtime.startProcessInstanceByKey(
        WorksheetModel.KEY,
        member.number(),
        Map.of(
            CaseNumber.VARIABLE.name(),
            member.number(),
            WorksheetModel.WORKSHEET.name(),
            worksheet));
  }

  void record(String worksheet, String result, String answers, @Nullable String finding) {
    jdbc.sql("""
        update audit_worksheet set result = :result, answers = :answers, finding = :finding, examined_by = :by, examined_at = :now
         where id = :id
        """)
        .param("result", result)
        .param("answers", answers)
        .param("finding", finding)
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .param("id", worksheet)
        .update();
  }

  private static final String SELECT = """
      select s.*,
             (select count(*) from audit_worksheet w where w.sample_id = s.id and w.result is not null) as examined,
             (select count(*) from audit_worksheet w where w.sample_id = s.id and w.result in ('minor', 'major')) as findings
        from audit_sample s""";

  /** All samples, the latest first. */
  public List<Sample> all() {
    return jdbc.sql(SELECT + " order by s.drawn_at desc, s.id")
        .query(Samples::read)
        .list();
  }

  public Optional<Sample> find(String id) {
    return jdbc.sql(SELECT + " where s.id = :id")
        .param("id", id)
        .query(Samples::read)
        .optional();
  }

  private static Sample read(ResultSet row, int index) throws SQLException {
    return new Sample(
        row.getString("id"),
        row.getString("seed"),
        row.getInt("size"),
        row.getInt("population"),
        row.getObject("period_from", LocalDate.class),
        row.getObject("period_to", LocalDate.class),
        row.getString("why"),
        row.getString("drawn_by"),
        Rows.required(Rows.instant(row, "drawn_at")),
        row.getInt("examined"),
        row.getInt("findings"));
  }

  /** The worksheets of a sample, in order. */
  public List<Worksheet> worksheets(String sample) {
    return jdbc.sql("select * from audit_worksheet where sample_id = :sample order by position")
        .param("sample", sample)
        .query((row, index) -> new Worksheet(
            row.getInt("position"),
            CaseNumber.of(row.getString("case_number")),
            row.getString("stratum"),
            row.getString("result"),
            row.getString("answers"),
            row.getString("finding"),
            row.getString("examined_by"),
            Rows.instant(row, "examined_at")))
        .list();
  }
}
