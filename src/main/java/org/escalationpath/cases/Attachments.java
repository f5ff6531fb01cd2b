package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files of all cases. They live in the database, under ids of our own. */
@Repository
public class Attachments {

  /** The detail of a ledger's row that says how many files came with it, and the one that holds the hash of each. */
  public static final String FILES = "files";

  public static final String HASHES = "fileHashes";

  private static final String SELECT = """
      select a.id, a.case_number, a.message_id, a.name, a.type, a.size, a.added_by, a.added_at, m.visibility
        from attachment a
        left join message m on m.id = a.message_id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final FileRules rules;

  Attachments(JdbcClient jdbc, Clock clock, FileRules rules) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * Keeps files of a message, or with no message those that came with the opening of the case.
   *
   * @return what the ledger says of those of a message: how many, and the hash of each
   * @throws BadInput or {@link FileRules.TooLarge} if one is not to be taken; none is kept then
   */
  public Map<String, Object> keep(
      CaseNumber number, @Nullable Long messageId, String addedBy, List<FileUpload> files) {
    var hashes = new ArrayList<String>();
    for (var file : rules.accept(files)) {
      var id = UUID.randomUUID().toString();
      var sha256 = Chain.sha256(file.content());
      hashes.add(hash(id, file.name(), file.type(), sha256));
      jdbc.sql("""
          insert into attachment (id, case_number, message_id, name, type, size, sha256, content, added_by, added_at)
          values (:id, :number, :message, :name, :type, :size, :sha256, :content, :by, :now)
          """)
          .param("id", id)
          .param("number", number.value())
          .param("message", messageId)
          .param("name", file.name())
          .param("type", file.type())
          .param("size", file.content().length)
          .param("sha256", sha256)
          .param("content", file.content())
          .param("by", addedBy)
          .param("now", clock.instant().atOffset(UTC))
          .update();
    }
    return details(hashes);
  }

  /** What the ledger holds of a file: with its id, which goes with it when it is erased, so that nobody can guess it from the hash. */
  public static String hash(String id, String name, String type, String sha256) {
    return Chain.hash(id, List.of(name, type, sha256));
  }

  static Map<String, Object> details(List<String> hashes) {
    return hashes.isEmpty() ? Map.of() : Map.of(FILES, hashes.size(), HASHES, hashes);
  }

  /** All files of a case, oldest first. */
  public List<Attachment> of(CaseNumber number) {
    return jdbc.sql(SELECT + " where a.case_number = :number order by a.added_at, a.name")
        .param("number", number.value())
        .query(Attachments::read)
        .list();
  }

  /** The file with this id, if it is one of this case. */
  public Optional<Attachment> find(CaseNumber number, String id) {
    return jdbc.sql(SELECT + " where a.case_number = :number and a.id = :id")
        .param("number", number.value())
        .param("id", id)
        .query(Attachments::read)
        .optional();
  }

  public byte[] content(Attachment attachment) {
    return jdbc.sql("select content from attachment where id = :id")
        .param("id", attachment.id())
        .query((row, index) -> row.getBytes("content"))
        .single();
  }

  private static Attachment read(ResultSet row, int index) throws SQLException {
    var messageId = row.getObject("message_id", Long.class);
    return new Attachment(
        row.getString("id"),
        CaseNumber.of(row.getString("case_number")),
        messageId,
        row.getString("name"),
        row.getString("type"),
        row.getInt("size"),
        row.getString("added_by"),
        Rows.required(Rows.instant(row, "added_at")),
        messageId == null || "public".equals(row.getString("visibility")));
  }
}
