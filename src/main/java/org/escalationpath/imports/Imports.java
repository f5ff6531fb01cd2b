package org.escalationpath.imports;

import static java.time.ZoneOffset.UTC;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.Rows;
import org.escalationpath.cases.Spreadsheet;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.escalationpath.metrics.ImportedCases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.util.unit.DataSize;

/**
 * Brings in logs, one at a time, in the background. The cases that are there stay: where an import was cut off, the same file with the
 * same mapping goes on behind them.
 */
@Component
public class Imports {

  private static final Logger log = LoggerFactory.getLogger(Imports.class);
  private static final Duration STALE = Duration.ofMinutes(5);
  private static final int MOST_NAME = 200;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final ImportedCases cases;
  private final Tiers tiers;
  private final Journal journal;
  private final Commands commands;
  private final Actor actor;
  private final Clock clock;
  private final Executor background;
  private final DataSize largest;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  Imports(
      JdbcClient jdbc,
      JdbcTemplate batches,
      ImportedCases cases,
      Tiers tiers,
      Journal journal,
      Commands commands,
      Actor actor,
      Clock clock,
      @Qualifier("importing") Executor background,
      @Value("${escalation.imports.largest:1GB}") DataSize largest) {
    this.largest = largest;
    this.jdbc = jdbc;
    this.batches = batches;
    this.cases = cases;
    this.tiers = tiers;
    this.journal = journal;
    this.commands = commands;
    this.actor = actor;
    this.clock = clock;
    this.background = background;
  }

  @Configuration
  static class Background {

    @Bean
    Executor importing() {
      var pool = new ThreadPoolTaskExecutor();
      pool.setThreadNamePrefix("import-");
      pool.setCorePoolSize(1);
      pool.setMaxPoolSize(1);
      pool.setQueueCapacity(10);
      return pool;
    }
  }

  /**
   * Begins to bring in a log, or goes on where that was cut off.
   *
   * @param file the log, which may be compressed by gzip
   * @return the import's id
   * @throws BadInput if the mapping is not understood, or the same log has been imported by the same mapping
   */
  public String begin(String name, String mapping, InputStream file) {
    var understood = Mapping.read(mapping, tierGroups());
    var copy = copy(file);
    var id = register(shortened(name), copy.sha256(), mapping, copy.path());
    running.add(id);
    try {
      background.execute(() -> run(id, understood, copy.path()));
    } catch (TaskRejectedException e) {
      running.remove(id);
      delete(copy.path());
      note(id, "interrupted", "Too many imports wait; try again when they are done");
    }
    return id;
  }

  private List<String> tierGroups() {
    return tiers.all().stream().map(Tier::group).toList();
  }

  private static String shortened(String name) {
    var line = name.replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() > MOST_NAME ? line.substring(0, MOST_NAME) : line;
  }

  private record Copy(Path path, String sha256) {}

  private static Copy copy(InputStream file) {
    try (var digesting = new DigestInputStream(file, Chain.digest())) {
      var path = Files.createTempFile("import-", ".log");
      Files.copy(digesting, path, StandardCopyOption.REPLACE_EXISTING);
      return new Copy(path, Chain.hex(digesting.getMessageDigest()));
    } catch (IOException e) {
      throw new UncheckedIOException("The log could not be stored before it is read", e);
    }
  }

  private String register(String name, String sha256, String mapping, Path copy) {
    var known = jdbc.sql("select * from case_import where sha256 = :sha256 and mapping = :mapping")
        .param("sha256", sha256)
        .param("mapping", mapping)
        .query(this::read)
        .optional();
    if (known.isPresent()) {
      var id = known.get().id();
      if (known.get().state().equals("done") || known.get().state().equals("running")) {
        delete(copy);
        throw new BadInput(
            "file", "imported", "This log has been imported by this mapping already, as " + id, id);
      }
      note(id, "running", null);
      return id;
    }
    return commands.run(() -> {
      // which locks the journal, so that no two imports get one number
      journal.append("cases-imported", Map.of("name", name, "sha256", sha256));
      var id = "I"
          + jdbc.sql("select count(*) from journal where what = 'cases-imported'")
              .query(Integer.class)
              .single();
      jdbc.sql("""
          insert into case_import (id, name, sha256, mapping, state, by_person, begun_at, moved_at, row_count, case_count, cases_done, bad_rows)
          values (:id, :name, :sha256, :mapping, 'running', :by, :now, :now, 0, 0, 0, 0)
          """)
          .param("id", id)
          .param("name", name)
          .param("sha256", sha256)
          .param("mapping", mapping)
          .param("by", actor.name())
          .param("now", clock.instant().atOffset(UTC))
          .update();
      return id;
    });
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} could not be deleted", file, e);
    }
  }

  private void run(String id, Mapping mapping, Path file) {
    try (var in = Files.newInputStream(file)) {
      bringIn(id, mapping, LogReader.read(in, mapping, largest.toBytes()));
      note(id, "done", null);
    } catch (BadInput e) {
      note(id, "failed", e.getMessage());
    } catch (IOException | DataAccessException | TransactionException e) {
      log.error("The import {} was cut off; the same file goes on with it", id, e);
      note(id, "interrupted", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      log.error("The import {} failed", id, e);
      note(id, "failed", String.valueOf(e));
    } finally {
      running.remove(id);
      delete(file);
    }
  }

  private void bringIn(String id, Mapping mapping, LogReader read) {
    batches.update("delete from case_import_problem where import_id = ?", id);
    batches.batchUpdate(
        "insert into case_import_problem (import_id, line, why) values (?, ?, ?)",
        read.problems().stream()
            .map(each -> new Object[] {id, each.line(), each.why()})
            .toList());
    jdbc.sql(
            "update case_import set row_count = :rows, case_count = :cases, bad_rows = :bad where id = :id")
        .param("rows", read.rows())
        .param("cases", read.cases().size())
        .param("bad", read.bad())
        .param("id", id)
        .update();
    var assembly = new Assembly(id, mapping, tierGroups(), read.cases());
    var there = cases.keys(id);
    var done = there.size();
    for (var chunk : assembly.chunks(there)) {
      cases.keep(chunk);
      done += chunk.size();
      progress(id, done);
    }
    progress(id, done);
  }

  private void progress(String id, int done) {
    jdbc.sql("update case_import set cases_done = :done, moved_at = :now where id = :id")
        .param("done", done)
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  private void note(String id, String state, @Nullable String failure) {
    jdbc.sql(
            "update case_import set state = :state, failure = :failure, moved_at = :now where id = :id")
        .param("state", state)
        .param("failure", failure == null ? null : LogReader.plain(failure, 2_000))
        .param("now", clock.instant().atOffset(UTC))
        .param("id", id)
        .update();
  }

  /** All imports, the latest first. */
  public List<Import> all() {
    return jdbc.sql("select * from case_import order by begun_at desc, id desc")
        .query(this::read)
        .list();
  }

  /** An import with its bad rows. */
  public Optional<Import> find(String id) {
    return jdbc.sql("select * from case_import where id = :id")
        .param("id", id)
        .query(this::read)
        .optional()
        .map(each -> new Import(
            each.id(),
            each.name(),
            each.state(),
            each.by(),
            each.begunAt(),
            each.movedAt(),
            each.rows(),
            each.cases(),
            each.casesDone(),
            each.badRows(),
            problems(id),
            each.failure()));
  }

  private List<Import.BadRow> problems(String id) {
    return jdbc.sql("select line, why from case_import_problem where import_id = :id order by line")
        .param("id", id)
        .query((row, index) -> new Import.BadRow(row.getLong("line"), row.getString("why")))
        .list();
  }

  private Import read(ResultSet row, int index) throws SQLException {
    var movedAt = Rows.required(Rows.instant(row, "moved_at"));
    return new Import(
        row.getString("id"),
        Spreadsheet.harmless(row.getString("name")),
        state(row.getString("id"), row.getString("state"), movedAt),
        row.getString("by_person"),
        Rows.required(Rows.instant(row, "begun_at")),
        movedAt,
        row.getLong("row_count"),
        row.getInt("case_count"),
        row.getInt("cases_done"),
        row.getLong("bad_rows"),
        List.of(),
        row.getString("failure"));
  }

  /** Whoever brought it in may have died over it. */
  private String state(String id, String noted, Instant movedAt) {
    var isStale = !running.contains(id) && movedAt.plus(STALE).isBefore(clock.instant());
    return noted.equals("running") && isStale ? "interrupted" : noted;
  }

  /**
   * Takes an import back, with all of its cases and their numbers.
   *
   * @throws BadInput if there is none, or it is running
   */
  public void remove(String id) {
    var known = find(id)
        .orElseThrow(
            () -> new BadInput("id", "no-choice", "There is no import '%s'".formatted(id), "–"));
    if (known.state().equals("running")) {
      throw new BadInput("id", "import-runs", "The import %s is running".formatted(id));
    }
    cases.forget(id);
    commands.run(() -> {
      jdbc.sql("delete from case_import_problem where import_id = :id")
          .param("id", id)
          .update();
      jdbc.sql("delete from case_import where id = :id").param("id", id).update();
      journal.append("import-removed", Map.of("import", id, "name", known.name()));
    });
  }
}
