package org.escalationpath.workshop;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/** Changes that somebody proposed: their files, what they change, who decided, and what became of them. */
@Repository
public class ProcedureChanges {

  private static final int LONGEST_FILE = 700_000;
  private static final int LONGEST_WORDS = 90_000;

  private final JdbcClient jdbc;
  private final Workshop workshop;
  private final RuntimeService runtime;
  private final Commands commands;
  private final Journal journal;
  private final Actor actor;
  private final Clock clock;

  ProcedureChanges(
      JdbcClient jdbc,
      Workshop workshop,
      @Lazy RuntimeService runtime,
      Commands commands,
      Journal journal,
      Actor actor,
      Clock clock) {
    this.jdbc = jdbc;
    this.workshop = workshop;
    this.runtime = runtime;
    this.commands = commands;
    this.journal = journal;
    this.actor = actor;
    this.clock = clock;
  }

  /** {@code proposed}, {@code refused} or {@code deployed}. */
  public record Proposed(
      String id,
      String title,
      String why,
      String state,
      String proposedBy,
      Instant proposedAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String note,
      @Nullable String review,
      @Nullable String reviewNote,
      @Nullable String reviewedBy) {}

  /**
   * Proposes files to be deployed, as the person signed in, and starts the process that asks a second one.
   *
   * @return its id
   * @throws IllegalArgumentException if there is an error among the findings, or something is missing
   */
  @Transactional
  public String propose(String title, String why, Map<String, byte[]> files) {
    if (title.isBlank() || title.length() > 200 || why.isBlank() || why.length() > 2000) {
      throw new IllegalArgumentException(
          "Say in at most 200 characters what changes, and in at most 2,000 why");
    }
    var report = workshop.inspect(files);
    if (!report.isFine()) {
      throw new IllegalArgumentException(
          "It would be refused: %d things to change".formatted(report.errors().size()));
    }
    var id = UUID.randomUUID().toString();
    jdbc.sql("""
        insert into procedure_change (id, title, why, state, proposed_by, proposed_at)
        values (:id, :title, :why, 'proposed', :by, :now)
        """)
        .param("id", id)
        .param("title", title.strip())
        .param("why", why.strip())
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .update();
    workshop.compared(files).forEach(each -> insert(id, each));
    journal.append(
        "change-proposed", Map.of("change", id, "files", String.join(", ", files.keySet())));
    commands.run(() -> runtime.startProcessInstanceByKey(
        ChangeModel.KEY,
        Map.of(ChangeModel.CHANGE.name(), id, ChangeModel.PROPOSER.name(), actor.name())));
    return id;
  }

  private void insert(String id, Compared file) {
    if (file.after().read().length > LONGEST_FILE || file.file().length() > 255) {
      throw new IllegalArgumentException("'%s' is too large to be proposed".formatted(file.file()));
    }
    var words = file.changes().stream()
        .map(each -> each.kind() + " " + each.words())
        .collect(Collectors.joining("\n"));
    jdbc.sql(
            "insert into procedure_change_file (change_id, name, content, differs, base) values (:id, :name, :content, :differs, :base)")
        .param("id", id)
        .param("name", file.file())
        .param("content", file.after().content())
        .param("base", Workshop.hash(Optional.ofNullable(file.before()).map(Compared.Side::read)))
        .param("differs", StringUtils.truncate(words, LONGEST_WORDS))
        .update();
  }

  /** All of them, the latest first. */
  public List<Proposed> all() {
    return jdbc.sql("select * from procedure_change order by proposed_at desc, id")
        .query((row, index) -> read(row))
        .list();
  }

  public Optional<Proposed> find(String id) {
    return jdbc.sql("select * from procedure_change where id = :id")
        .param("id", id)
        .query((row, index) -> read(row))
        .optional();
  }

  private static Proposed read(ResultSet row) throws SQLException {
    return new Proposed(
        row.getString("id"),
        row.getString("title"),
        row.getString("why"),
        row.getString("state"),
        row.getString("proposed_by"),
        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
        row.getString("decided_by"),
        Optional.ofNullable(row.getObject("decided_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant)
            .orElse(null),
        row.getString("note"),
        row.getString("review"),
        row.getString("review_note"),
        row.getString("reviewed_by"));
  }

  /** Its files, by name. */
  public Map<String, byte[]> files(String id) {
    var files = new LinkedHashMap<String, byte[]>();
    jdbc.sql("select name, content from procedure_change_file where change_id = :id order by name")
        .param("id", id)
        .query(row -> {
          files.put(row.getString("name"), Base64.getDecoder().decode(row.getString("content")));
        });
    return files;
  }

  /** Its files beside what was deployed when it was proposed; only in words where that is no longer there. */
  public List<Compared> compared(String id) {
    var proposedAt = find(id).orElseThrow().proposedAt();
    return jdbc
        .sql("select * from procedure_change_file where change_id = :id order by name")
        .param("id", id)
        .query((row, index) -> new Kept(
            row.getString("name"),
            Base64.getDecoder().decode(row.getString("content")),
            row.getString("base"),
            row.getString("differs")))
        .list()
        .stream()
        .map(each -> Optional.ofNullable(each.base())
            .flatMap(base -> workshop.deployed(each.name(), base, proposedAt))
            .map(before -> workshop.compared(before, each.name(), each.content()))
            .orElseGet(() -> workshop.alone(each.name(), each.content(), each.changes())))
        .toList();
  }

  /** @param base the SHA-256 of what was deployed; null where it was proposed before that was kept */
  private record Kept(String name, byte[] content, @Nullable String base, String differs) {

    List<Change> changes() {
      return differs.lines().map(ProcedureChanges::change).toList();
    }
  }

  /** What was kept of a change; words of several lines are several changes then. */
  private static Change change(String line) {
    return Stream.of(Change.Kind.values())
        .filter(kind -> line.startsWith(kind + " "))
        .findFirst()
        .map(kind -> new Change(kind, null, line.substring(kind.name().length() + 1)))
        .orElseGet(() -> new Change(Change.Kind.CHANGED, null, line));
  }

  /** The files that somebody has deployed since the change was proposed: it does not know what changed in them. */
  public List<String> overtaken(String id) {
    return jdbc
        .sql("""
        select f.name, f.base from procedure_change_file f
          join procedure_change c on c.id = f.change_id
         where c.id = :id and c.state = 'proposed' and f.base is not null order by f.name
        """)
        .param("id", id)
        .query((row, index) -> Map.entry(row.getString("name"), row.getString("base")))
        .list()
        .stream()
        .filter(each -> !workshop.deployedHash(each.getKey()).equals(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** @throws IllegalStateException if it was decided already, or nobody but its proposer is there to have approved it */
  Proposed mustBeDecidedByAnother(String id) {
    var change = find(id).orElseThrow(() -> new IllegalStateException("There is no change " + id));
    var isAnother =
        actor.person().filter(person -> !person.equals(change.proposedBy())).isPresent();
    if (!change.state().equals("proposed") || !isAnother) {
      throw new IllegalStateException(
          "The change '%s' is %s, proposed by %s; a second person approves what is deployed"
              .formatted(change.title(), change.state(), change.proposedBy()));
    }
    return change;
  }

  void decided(String id, String state, @Nullable String note) {
    jdbc.sql(
            "update procedure_change set state = :state, decided_by = :by, decided_at = :now, note = :note where id = :id")
        .param("state", state)
        .param("by", actor.name())
        .param("now", clock.instant().atOffset(UTC))
        .param("note", note)
        .param("id", id)
        .update();
    journal.append("change-" + state, Map.of("change", id));
  }

  void reviewed(String id, String outcome, @Nullable String note) {
    jdbc.sql(
            "update procedure_change set review = :outcome, review_note = :note, reviewed_by = :by where id = :id")
        .param("outcome", outcome)
        .param("note", note)
        .param("by", actor.name())
        .param("id", id)
        .update();
    journal.append("change-reviewed", Map.of("change", id, "outcome", outcome));
  }

  /** What an owner reads before deciding: what changes, and what was found. */
  String brief(String id) {
    var change = find(id).orElseThrow();
    var text = new StringBuilder(
        "%s (%s)\n%s\n".formatted(change.title(), change.proposedBy(), change.why()));
    overtaken(id)
        .forEach(
            file -> text.append("\nAttention: ")
                .append(file)
                .append(
                    " has been deployed again since this was proposed. Approving it would undo what it does not contain.\n"));
    compared(id).forEach(file -> {
      text.append("\n").append(file.file()).append("\n");
      file.changes().forEach(each -> text.append("- ").append(each.words()).append("\n"));
    });
    workshop
        .inspect(files(id))
        .warnings()
        .forEach(each ->
            text.append("\nWarning: ").append(each.place()).append(" ").append(each.what()));
    return text.toString();
  }
}
