package org.escalationpath.workshop;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.What;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Migrations;
import org.escalationpath.engine.Models;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves running cases to another version of their model: previewed, tried on one, then case by case in the background, each in a
 * transaction of its own with a row in its ledger. A case that cannot be moved stays where it is, and says why.
 */
@Component
public class ModelMigrations {

  private static final Logger log = LoggerFactory.getLogger(ModelMigrations.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_WHY = 500;
  private static final int LONGEST_PROBLEM = 1000;
  private static final int AT_ONCE = 50;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final Migrations engine;
  private final Models models;
  private final Cases cases;
  private final Ledger ledger;
  private final Journal journal;
  private final Actor actor;
  private final IdentityService identity;
  private final Clock clock;
  private final TransactionTemplate transaction;

  ModelMigrations(
      JdbcClient jdbc,
      JdbcTemplate batches,
      Migrations engine,
      Models models,
      Cases cases,
      Ledger ledger,
      Journal journal,
      Actor actor,
      @Lazy IdentityService identity,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.engine = engine;
    this.models = models;
    this.cases = cases;
    this.ledger = ledger;
    this.journal = journal;
    this.actor = actor;
    this.identity = identity;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * How far a migration is.
   *
   * @param total how many instances it is about; {@code moved + ended + left} of them are done
   * @param ended how many had ended, or been moved otherwise, before it was their turn
   * @param left how many stay where they were because of a problem
   */
  public record Progress(
      String id,
      String from,
      String to,
      String why,
      String startedBy,
      Instant startedAt,
      @Nullable Instant finishedAt,
      int total,
      int moved,
      int ended,
      int left) {}

  /** A case that was not moved. */
  public record Left(String instance, @Nullable String caseNumber, String problem) {}

  /** What would happen to the cases that run under {@code from}, an id of a definition. */
  public Migrations.Preview preview(String from, String to, Map<String, String> mapping) {
    mustBeVersionsOfOne(from, to);
    return engine.preview(from, to, mapping);
  }

  /** When the timers of the cases that run under {@code from} ring; they ring then in the version they are moved to, too. */
  public List<Migrations.Ringing> deadlines(String from) {
    return engine.ringing(from);
  }

  /** Moves the oldest case and takes it back; nothing where there is none. What the engine did is what it will do. */
  public Optional<Migrations.Moved> dryRun(String from, String to, Map<String, String> mapping) {
    mustBeVersionsOfOne(from, to);
    var first = engine.instances(from).keySet().stream().findFirst();
    return first.map(instance -> transaction.execute(status -> {
      status.setRollbackOnly();
      return engine.migrate(from, to, mapping, instance);
    }));
  }

  /**
   * Begins to move all cases.
   *
   * @param mapping where elements go that have no counterpart of the same id
   * @param why at most 500 characters
   * @return the id of the migration
   * @throws IllegalArgumentException if it may not be done, and why
   */
  public String start(String from, String to, Map<String, String> mapping, String why) {
    mustBeVersionsOfOne(from, to);
    if (why.isBlank() || why.length() > LONGEST_WHY) {
      throw new IllegalArgumentException(
          "Say in at most %d characters why the cases are moved".formatted(LONGEST_WHY));
    }
    if (VersionTag.change(tag(from), tag(to)) == VersionTag.Change.MAJOR) {
      throw new IllegalArgumentException(
          "The version tag says that this is another path (%s → %s): cases that run stay where they are"
              .formatted(tag(from), tag(to)));
    }
    var preview = engine.preview(from, to, mapping);
    if (!preview.isWhole()) {
      throw new IllegalArgumentException("Not every case has a place to go to: " + problems(preview)
          + ". Say for each element where its cases go");
    }
    return transaction.execute(status -> write(from, to, mapping, why.strip()));
  }

  private static String problems(Migrations.Preview preview) {
    var missing = preview.places().stream()
        .filter(place -> place.target() == null)
        .map(
            place -> "%d at '%s' (%s)".formatted(place.instances(), place.name(), place.element()));
    return Stream.concat(missing, preview.problems().stream()).collect(Collectors.joining("; "));
  }

  private String write(String from, String to, Map<String, String> mapping, String why) {
    var id = UUID.randomUUID().toString();
    var instances = engine.instances(from);
    jdbc.sql("""
        insert into model_migration (id, process_key, from_definition, to_definition, mapping, why, started_by, started_at)
        values (:id, :key, :from, :to, :mapping, :why, :by, :now)
        """)
        .param("id", id)
        .param("key", key(from))
        .param("from", from)
        .param("to", to)
        .param("mapping", json(mapping))
        .param("why", why)
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .update();
    batches.batchUpdate(
        "insert into model_migration_case (migration_id, process_instance, case_number, state) values (?, ?, ?, 'waiting')",
        instances.entrySet().stream()
            .map(each -> new Object[] {id, each.getKey(), each.getValue()})
            .toList());
    journal.append(
        "migration-started",
        Map.of(
            "from",
            version(from),
            "to",
            version(to),
            "instances",
            instances.size(),
            "migration",
            id));
    return id;
  }

  @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT1S")
  @SchedulerLock(name = "model-migrations", lockAtMostFor = "PT5M")
  void moveInTheBackground() {
    try {
      moveSome();
    } catch (RuntimeException e) {
      log.error("Cases could not be moved to another version; it goes on in a second", e);
    }
  }

  private record Waiting(
      String migration,
      String instance,
      @Nullable String caseNumber,
      String from,
      String to,
      Map<String, String> mapping,
      String by) {}

  /** Moves up to 50 cases and returns how many were tried. */
  public int moveSome() {
    var waiting = jdbc.sql("""
        select c.migration_id, c.process_instance, c.case_number, m.from_definition, m.to_definition, m.mapping, m.started_by
          from model_migration m
          join model_migration_case c on c.migration_id = m.id and c.state = 'waiting'
         where m.finished_at is null
         order by m.started_at, c.process_instance
         fetch first :most rows only
        """)
        .param("most", AT_ONCE)
        .query((row, index) -> new Waiting(
            row.getString("migration_id"),
            row.getString("process_instance"),
            row.getString("case_number"),
            row.getString("from_definition"),
            row.getString("to_definition"),
            mapping(row.getString("mapping")),
            row.getString("started_by")))
        .list();
    waiting.forEach(this::move);
    finish();
    return waiting.size();
  }

  private void move(Waiting each) {
    if (!each.by().equals(Actor.SYSTEM)) {
      identity.setAuthenticatedUserId(each.by());
    }
    try {
      transaction.executeWithoutResult(status -> {
        var number = caseNumber(each);
        number.ifPresent(cases::lock);
        engine.migrate(each.from(), each.to(), each.mapping(), each.instance());
        number.ifPresent(known -> ledger.append(
            known,
            LedgerEntry.of(What.MIGRATED, each.by())
                .under(each.to())
                .detailing(Map.of(
                    "from", version(each.from()),
                    "to", version(each.to()),
                    "migration", each.migration()))));
        done(each, "moved", null);
      });
    } catch (Migrations.Gone e) {
      transaction.executeWithoutResult(status -> done(each, "ended", null));
    } catch (OptimisticLockingException | TransientDataAccessException e) {
      log.info("The case {} is being worked on; it is moved a little later", each.caseNumber());
    } catch (Migrations.Impossible e) {
      transaction.executeWithoutResult(status -> done(each, "left", e.getMessage()));
    } catch (RuntimeException e) {
      log.warn("The case {} could not be moved to {}", each.caseNumber(), each.to(), e);
      transaction.executeWithoutResult(
          status -> done(each, "left", String.valueOf(e.getMessage())));
    } finally {
      identity.clearAuthentication();
    }
  }

  @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT30S")
  @SchedulerLock(name = "patches-of-models", lockAtMostFor = "PT5M")
  void takePatchesAlongInTheBackground() {
    try {
      takePatchesAlong();
    } catch (RuntimeException e) {
      log.error("Cases could not be taken along to a patch; it is tried again in half a minute", e);
    }
  }

  /**
   * Begins to move the cases of versions to which the latest is a patch, by their version tags, if each of them has a place to go to;
   * each pair of versions once.
   *
   * @return the ids of the migrations
   */
  public List<String> takePatchesAlong() {
    var all = models.all();
    var latest = all.stream()
        .collect(
            Collectors.toMap(Models.Model::key, Function.identity(), (newest, older) -> newest));
    return all.stream()
        .filter(each ->
            VersionTag.change(each.tag(), latest.get(each.key()).tag()) == VersionTag.Change.PATCH)
        .filter(each -> !each.equals(latest.get(each.key())))
        .filter(each -> !wasMoved(each.id(), latest.get(each.key()).id()))
        .flatMap(each -> takeAlong(each, latest.get(each.key())).stream())
        .toList();
  }

  private Optional<String> takeAlong(Models.Model from, Models.Model to) {
    var preview = engine.preview(from.id(), to.id(), Map.of());
    if (preview.instances() == 0) {
      return Optional.empty();
    }
    if (!preview.isWhole()) {
      log.warn(
          "{}:{} is tagged as a patch of {}, but not every case has a place to go to: {}",
          to.key(),
          to.version(),
          from.version(),
          problems(preview));
      return Optional.empty();
    }
    return Optional.ofNullable(transaction.execute(status ->
        write(from.id(), to.id(), Map.of(), "patch %s → %s".formatted(from.tag(), to.tag()))));
  }

  private boolean wasMoved(String from, String to) {
    return jdbc.sql(
                "select count(*) from model_migration where from_definition = :from and to_definition = :to or from_definition = :to and to_definition = :from")
            .param("from", from)
            .param("to", to)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Processes about no case have other business keys. */
  private static Optional<CaseNumber> caseNumber(Waiting each) {
    return Optional.ofNullable(each.caseNumber())
        .filter(key -> key.matches("C-\\d+"))
        .map(CaseNumber::of);
  }

  private void done(Waiting each, String state, @Nullable String problem) {
    jdbc.sql("""
        update model_migration_case set state = :state, problem = :problem
         where migration_id = :migration and process_instance = :instance and state = 'waiting'
        """)
        .param("state", state)
        .param(
            "problem",
            problem == null || problem.length() <= LONGEST_PROBLEM
                ? problem
                : problem.substring(0, LONGEST_PROBLEM))
        .param("migration", each.migration())
        .param("instance", each.instance())
        .update();
  }

  private void finish() {
    transaction.executeWithoutResult(
        status -> jdbc.sql("""
        update model_migration set finished_at = :now
         where finished_at is null
           and not exists (select 1 from model_migration_case c where c.migration_id = model_migration.id and c.state = 'waiting')
        """).param("now", clock.instant().atOffset(UTC)).update());
  }

  /** All migrations of a process, the latest first. */
  public List<Progress> of(String process) {
    return jdbc.sql("""
        select m.id, m.from_definition, m.to_definition, m.why, m.started_by, m.started_at, m.finished_at,
               count(c.process_instance) as total,
               sum(case when c.state = 'moved' then 1 else 0 end) as moved,
               sum(case when c.state = 'ended' then 1 else 0 end) as ended,
               sum(case when c.state = 'left' then 1 else 0 end) as stayed
          from model_migration m
          left join model_migration_case c on c.migration_id = m.id
         where m.process_key = :process
         group by m.id, m.from_definition, m.to_definition, m.why, m.started_by, m.started_at, m.finished_at
         order by m.started_at desc, m.id
        """)
        .param("process", process)
        .query((row, index) -> new Progress(
            row.getString("id"),
            version(row.getString("from_definition")),
            version(row.getString("to_definition")),
            row.getString("why"),
            row.getString("started_by"),
            row.getObject("started_at", OffsetDateTime.class).toInstant(),
            Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null),
            row.getInt("total"),
            row.getInt("moved"),
            row.getInt("ended"),
            row.getInt("stayed")))
        .list();
  }

  /** How far one is. */
  public Optional<Progress> find(String process, String migration) {
    return of(process).stream().filter(each -> each.id().equals(migration)).findFirst();
  }

  /** The cases that a migration left where they were. */
  public List<Left> left(String migration) {
    return jdbc.sql("""
        select process_instance, case_number, problem from model_migration_case
         where migration_id = :migration and state = 'left' order by case_number, process_instance
        """)
        .param("migration", migration)
        .query((row, index) -> new Left(
            row.getString("process_instance"),
            row.getString("case_number"),
            String.valueOf(row.getString("problem"))))
        .list();
  }

  private void mustBeVersionsOfOne(String from, String to) {
    if (models.find(from).isEmpty() || models.find(to).isEmpty()) {
      throw new IllegalArgumentException("There is no such version of a model");
    }
    if (from.equals(to) || !key(from).equals(key(to))) {
      throw new IllegalArgumentException("Cases are moved between two versions of the same model");
    }
  }

  private @Nullable String tag(String definition) {
    return models.find(definition).map(Models.Model::tag).orElse(null);
  }

  private String key(String definition) {
    return models.find(definition).map(Models.Model::key).orElse(definition);
  }

  /** {@code escalation-path:7}; the engine leaves that out of ids that would become too long. */
  private String version(String definition) {
    return models
        .find(definition)
        .map(model -> model.key() + ":" + model.version())
        .orElse(definition);
  }

  private static String json(Map<String, String> mapping) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(mapping));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A mapping cannot be written", e);
    }
  }

  private static Map<String, String> mapping(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A mapping is no JSON: " + json, e);
    }
  }
}
