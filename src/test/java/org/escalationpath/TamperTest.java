package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.escalationpath.audit.Exceptions;
import org.escalationpath.audit.ExportCheck;
import org.escalationpath.audit.Problem;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.FileUpload;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.desk.CaseDesk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Somebody who may do anything in the database changes what was recorded: rows are edited, deleted, put in, swapped, cut off and hashed
 * anew. Each is found, and the first bad row is named; by the system, and in an export without it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TamperTest extends EngineTest {

  private static final List<String> TABLES = List.of(
      "ledger",
      "journal",
      "journal_head",
      "seal",
      "seal_entry",
      "sealed_chain",
      "note",
      "clock_term",
      "calendar_version",
      "attachment",
      "message");

  @Autowired
  private JdbcClient jdbc;

  @Autowired
  private Verification verification;

  @Autowired
  private Seals seals;

  @Autowired
  private Exceptions exceptions;

  @Autowired
  private Journal journal;

  @Autowired
  private CaseDesk caseDesk;

  @LocalServerPort
  private int port;

  @TempDir
  private Path folder;

  private CaseNumber lostParcel;
  private CaseNumber other;
  private int lastSeal;
  private String rootsKept;

  /** Once: a case with notes, messages, a file and a day between two seals, and one beside it. */
  @BeforeEach
  void record() throws IOException {
    if (lostParcel == null) {
      lostParcel = desk.opens(aCase());
      other = desk.opens(aCase());
      desk.escalates(lostParcel, COMPLEX_PROBLEM, null);
      caseDesk.customerWrites(lostParcel, "Where is it?");
      seals.seal();
      caseDesk.customerWrites(
          lostParcel,
          "Here is the receipt.",
          List.of(new FileUpload("receipt.txt", "Paid.".getBytes(StandardCharsets.UTF_8))));
      desk.resolves(lostParcel);
      journal.append("tested", Map.of("case", lostParcel.value()));
      lastSeal = seals.seal().orElseThrow().no();
      rootsKept = Files.readString(ROOTS);
      assertThat(verification.all().problems()).as("before anybody tampers").isEmpty();
      TABLES.forEach(
          table -> jdbc.sql("create table %s_kept as select * from %s".formatted(table, table))
              .update());
      jdbc.sql(
              "create table case_kept as select number, ledger_seq, subject, salt, opened_at, customer_id from customer_case")
          .update();
    }
    guards(false);
  }

  @AfterEach
  void putBack() throws IOException {
    Files.writeString(ROOTS, rootsKept);
    TABLES.forEach(table -> jdbc.sql("delete from " + table).update());
    for (var i = TABLES.size() - 1; i >= 0; i--) {
      var table = TABLES.get(i);
      var columns = String.join(
          ", ",
          jdbc.sql("""
              select column_name from information_schema.columns where lower(table_name) = :table
              """).param("table", table + "_kept").query(String.class).list());
      jdbc.sql("insert into %s (%s) select %s from %s_kept"
              .formatted(table, columns, columns, table))
          .update();
    }
    jdbc.sql("""
        update customer_case set (ledger_seq, subject, salt, opened_at, customer_id) = (
          select k.ledger_seq, k.subject, k.salt, k.opened_at, k.customer_id from case_kept k where k.number = customer_case.number
        ) where number in (select number from case_kept)
        """).update();
    guards(true);
  }

  @AfterAll
  void forgetCopies() {
    assertThat(verification.all().problems()).as("after all was put back").isEmpty();
    TABLES.forEach(table -> jdbc.sql("drop table %s_kept".formatted(table)).update());
    jdbc.sql("drop table case_kept").update();
  }

  /** What an administrator of the database can switch off, and an intruder in the application cannot. */
  private void guards(boolean areUp) {
    for (var table :
        List.of("ledger", "journal", "seal", "seal_entry", "clock_term", "calendar_version")) {
      if (TestDatabase.isPostgresql()) {
        jdbc.sql("alter table %s %s trigger user".formatted(table, areUp ? "enable" : "disable"))
            .update();
      } else if (areUp) {
        jdbc.sql(
                "create trigger %s_no_update before update, delete on %s for each row call 'org.escalationpath.cases.AppendOnly'"
                    .formatted(table, table))
            .update();
      } else {
        jdbc.sql("drop trigger %s_no_update".formatted(table)).update();
      }
    }
  }

  // ---- ways to tamper

  interface Deed {
    void in(TamperTest test);
  }

  /**
   * @param chain where the first problem is; null for the case that is tampered with
   * @param seq of the first bad row; 0 stands for the last seal
   */
  record Tampering(String name, Deed deed, String chain, int seq, String kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A file that nobody sent, put to {@code :message}. */
  private static final String ANOTHER_FILE = """
      insert into attachment (id, case_number, message_id, name, type, size, sha256, content, added_by, added_at)
      select 'another', case_number, :message, 'invoice.txt', type, size, sha256, content, added_by, added_at
        from attachment where case_number = :number
      """;

  private static final int NONE = -9;

  private static final Set<String> OF_OTHERS_TOO =
      Set.of("a message moved to another case", "a calendar");

  /** @param place of the first bad term; 0 stands for the last one, -1 for one behind it */
  private static Tampering term(String name, int place, String kind, String statement) {
    return new Tampering(
        name, test -> test.run(statement.replace(":term", SECOND_TERM)), "terms", place, kind);
  }

  private static final String SECOND_TERM = """
      (select t.id from (select id, row_number() over (order by id) as place from clock_term where case_number = :number) t
        where t.place = 2)
      """;

  private static final String PUT_IN = """
      insert into clock_term (case_number, kind, run, term, tier, priority, since, after_seq, limit_s, reminder, calendar,
             calendar_version, third_party_pauses, policy, why, carried_s)
      select case_number, kind, run, term + 1, tier, priority, since, after_seq, limit_s * 2, reminder, calendar,
             calendar_version, third_party_pauses, policy, 'replanned', carried_s
        from clock_term where case_number = :number and id = :term
      """;

  private static Tampering of(String name, int seq, String kind, Deed deed) {
    return new Tampering(name, deed, null, seq, kind);
  }

  private static Tampering sql(String name, int seq, String kind, String... statements) {
    return of(name, seq, kind, test -> Stream.of(statements).forEach(test::run));
  }

  static Stream<Tampering> ways() {
    return Stream.of(
        sql(
            "who did it",
            3,
            "changed",
            "update ledger set who = 'nobody' where case_number = :number and seq = 3"),
        sql(
            "what happened",
            3,
            "changed",
            "update ledger set what = 'closed' where case_number = :number and seq = 3"),
        sql(
            "when",
            2,
            "changed",
            "update ledger set at = at + interval '1' second where case_number = :number and seq = 2"),
        sql(
            "why",
            4,
            "changed",
            "update ledger set reason = 'other' where case_number = :number and seq = 4"),
        sql(
            "to where",
            4,
            "changed",
            "update ledger set to_tier = 'senior-management' where case_number = :number and seq = 4"),
        sql(
            "by what it was triggered",
            4,
            "changed",
            "update ledger set trigger_kind = 'timer' where case_number = :number and seq = 4"),
        sql(
            "under which model",
            1,
            "changed",
            "update ledger set model_version = 'escalation-path:99' where case_number = :number and seq = 1"),
        sql(
            "its details",
            2,
            "changed",
            "update ledger set details = '{}' where case_number = :number and seq = 2"),
        sql(
            "details that are no JSON",
            5,
            "changed",
            "update ledger set details = '\"sha256\"{' where case_number = :number and seq = 5"),
        sql(
            "which note",
            4,
            "changed",
            "update ledger set note_id = 'none' where case_number = :number and seq = 4"),
        sql(
            "the hash taken away",
            3,
            "changed",
            "update ledger set hash = null where case_number = :number and seq = 3"),
        sql(
            "a row in the middle deleted",
            3,
            "missing",
            "delete from ledger where case_number = :number and seq = 3"),
        sql(
            "the first row deleted",
            1,
            "missing",
            "delete from ledger where case_number = :number and seq = 1"),
        sql(
            "several rows deleted",
            2,
            "missing",
            "delete from ledger where case_number = :number and seq between 2 and 4"),
        of(
            "the tail cut off",
            -1,
            "missing",
            test -> test.run(
                "delete from ledger where case_number = :number and seq >= " + test.last())),
        of("the tail cut off, and the count of rows with it", -1, "missing", test -> {
          test.run("delete from ledger where case_number = :number and seq >= " + test.last());
          test.run("update customer_case set ledger_seq = ledger_seq - 1 where number = :number");
        }),
        new Tampering(
            "the tail cut off, with its entry in the seal",
            test -> {
              var last = test.last();
              test.run("delete from ledger where case_number = :number and seq >= " + last);
              test.run(
                  "update customer_case set ledger_seq = ledger_seq - 1 where number = :number");
              test.run("delete from seal_entry where chain = :number and seq >= " + last);
              test.run("update sealed_chain set seq = seq - 1 where chain = :number");
            },
            "seals",
            0,
            "seal-changed"),
        of("a row put in", 3, "changed", test -> {
          test.run("update ledger set seq = seq + 100 where case_number = :number and seq >= 3");
          test.run("""
              insert into ledger (case_number, seq, at, who, what, hash)
              select case_number, 3, at, 'lead', 'note-added', hash from ledger where case_number = :number and seq = 2
              """);
          test.run("update ledger set seq = seq - 99 where case_number = :number and seq >= 100");
        }),
        of("a row put in, all hashed anew", 3, "changed", test -> {
          test.run("update ledger set seq = seq + 100 where case_number = :number and seq >= 3");
          test.run("""
              insert into ledger (case_number, seq, at, who, what, hash)
              select case_number, 3, at, 'lead', 'note-added', hash from ledger where case_number = :number and seq = 2
              """);
          test.run("update ledger set seq = seq - 99 where case_number = :number and seq >= 100");
          test.rehash(3, Integer.MAX_VALUE);
        }),
        sql(
            "a row added behind the last",
            2,
            "changed",
            "delete from ledger where case_number = :number and seq = 2",
            "insert into ledger (case_number, seq, at, who, what, hash) select case_number, 2, at, 'lead', 'claimed', hash from ledger where case_number = :number and seq = 1"),
        sql(
            "two rows swapped",
            3,
            "changed",
            "update ledger set seq = 1000 where case_number = :number and seq = 3",
            "update ledger set seq = 3 where case_number = :number and seq = 4",
            "update ledger set seq = 4 where case_number = :number and seq = 1000"),
        of("a row edited and hashed anew", 3, "changed", test -> {
          test.run("update ledger set who = 'nobody' where case_number = :number and seq = 3");
          test.rehash(3, 3);
        }),
        of("a row edited and all behind it hashed anew", 3, "changed", test -> {
          test.run("update ledger set who = 'nobody' where case_number = :number and seq = 3");
          test.rehash(3, Integer.MAX_VALUE);
        }),
        new Tampering(
            "all hashed anew, and the seals' entries too",
            test -> {
              test.run("update ledger set who = 'nobody' where case_number = :number and seq = 3");
              test.rehash(3, Integer.MAX_VALUE);
              test.resealEntries();
            },
            "seals",
            -1,
            "seal-changed"),
        new Tampering(
            "all hashed anew, the seals' entries and all roots too",
            test -> {
              test.run("update ledger set who = 'nobody' where case_number = :number and seq = 3");
              test.rehash(3, Integer.MAX_VALUE);
              test.resealEntries();
              test.resealRoots();
            },
            "seals",
            -1,
            "witness-differs"),
        new Tampering(
            "a seal deleted",
            test -> {
              test.run("delete from seal where no = " + test.lastSeal);
              test.run("update seal_entry set seal = seal where chain = :number");
            },
            "seals",
            0,
            "seal-missing"),
        new Tampering(
            "up to where it is sealed",
            test -> test.run("update sealed_chain set seq = 999999 where chain = :number"),
            null,
            -5,
            "unsealed"),
        new Tampering(
            "a root changed",
            test -> test.run(
                "update seal set root = '" + "0".repeat(64) + "' where no = " + test.lastSeal),
            "seals",
            0,
            "witness-differs"),
        sql(
            "what a note says",
            -4,
            "text-changed",
            "update note set text = 'Nobody asked.' where case_number = :number"),
        sql(
            "a note taken away",
            -4,
            "text-missing",
            "delete from note where case_number = :number"),
        of(
            "what the customer wrote",
            -2,
            "text-changed",
            test -> test.run(
                "update message set text = 'Never mind.' where case_number = :number and text = 'Where is it?'")),
        of(
            "what a file holds",
            -3,
            "text-missing",
            test -> test.jdbc
                .sql("update attachment set content = :other where case_number = :number")
                .param("other", "Not paid.".getBytes(StandardCharsets.UTF_8))
                .param("number", test.lostParcel.value())
                .update()),
        sql(
            "who wrote it",
            -2,
            "text-changed",
            "update message set author = 'agent', person = 'lead' where case_number = :number and text = 'Where is it?'"),
        sql(
            "when it was written",
            -2,
            "text-changed",
            "update message set written_at = written_at - interval '1' hour where case_number = :number and text = 'Where is it?'"),
        sql(
            "who may read it",
            -2,
            "text-changed",
            "update message set visibility = 'internal' where case_number = :number and text = 'Where is it?'"),
        sql(
            "a message put in",
            NONE,
            "message-added",
            "insert into message (case_number, author, visibility, text, salt, written_at) select case_number, author, visibility, 'It came.', salt, written_at from message where case_number = :number and text = 'Where is it?'"),
        sql(
            "a message put in as an older version wrote them",
            NONE,
            "message-added",
            "insert into message (case_number, author, visibility, text, written_at) select case_number, author, visibility, 'It came.', written_at from message where case_number = :number and text = 'Where is it?'"),
        sql(
            "a file put to a message",
            -2,
            "text-added",
            ANOTHER_FILE.replace(
                ":message",
                "(select max(id) from message where case_number = :number and text = 'Where is it?')")),
        sql(
            "a message moved to another case",
            -2,
            "text-missing",
            "update message set case_number = (select max(number) from customer_case) where case_number = :number and text = 'Where is it?'"),
        sql(
            "a file moved to another message",
            -2,
            "text-added",
            "update attachment set message_id = (select min(id) from message where case_number = :number) where case_number = :number"),
        sql(
            "what a file is called",
            -3,
            "text-missing",
            "update attachment set name = 'invoice.txt' where case_number = :number"),
        sql("a file put to the opening", 1, "text-added", ANOTHER_FILE.replace(":message", "null")),
        sql(
            "what the case was about",
            1,
            "text-changed",
            "update customer_case set subject = 'Nothing' where number = :number"),
        sql(
            "whose case it was",
            1,
            "text-changed",
            "update customer_case set customer_id = (select max(id) from customer) where number = :number"),
        sql(
            "when it was opened",
            1,
            "text-changed",
            "update customer_case set opened_at = opened_at + interval '1' hour where number = :number"),
        sql(
            "its opening made one of before",
            1,
            "text-changed",
            "update customer_case set salt = null, subject = 'Nothing' where number = :number"),
        term(
            "what a clock was held to",
            2,
            "changed",
            "update clock_term set limit_s = limit_s * 2 where case_number = :number and id = :term"),
        term(
            "since when",
            2,
            "changed",
            "update clock_term set since = since + interval '1' hour where case_number = :number and id = :term"),
        term(
            "a term taken away",
            2,
            "changed",
            "delete from clock_term where case_number = :number and id = :term"),
        term(
            "the last term taken away",
            0,
            "missing",
            "delete from clock_term where case_number = :number and id = (select max(id) from clock_term where case_number = :number)"),
        term("a term put in", -1, "term-added", PUT_IN),
        new Tampering(
            "a term put in before the case went on",
            test -> {
              test.run(PUT_IN.replace(":term", SECOND_TERM));
              test.desk.as("agent", () -> test.caseDesk.agentNotes(test.lostParcel, "late"));
              test.seals.seal();
            },
            "terms",
            -1,
            "term-added"),
        new Tampering(
            "a calendar",
            test -> test.run(
                "update calendar_version set definition = replace(definition, '09:00', '10:00')"),
            "terms",
            1,
            "changed"),
        new Tampering(
            "the journal",
            test -> test.run(
                "update journal set who = 'nobody' where seq = (select max(seq) from journal)"),
            "journal",
            0,
            "changed"),
        new Tampering(
            "the journal's tail",
            test -> test.run("delete from journal where seq = (select seq from journal_head)"),
            "journal",
            0,
            "missing"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isFoundAndTheFirstBadRowIsNamed(Tampering tampering) throws IOException {
    var expected = expected(tampering);
    tampering.deed().in(this);

    var problems = verification.all().problems();

    assertThat(problems).isNotEmpty();
    var ours = problems.stream()
        .filter(each ->
            !OF_OTHERS_TOO.contains(tampering.name()) || each.chain().equals(expected.chain()))
        .toList();
    assertThat(ours.get(0)).as("%s", problems).satisfies(first -> {
      assertThat(first.chain()).isEqualTo(expected.chain());
      assertThat(first.seq()).isEqualTo(expected.seq());
      assertThat(first.kind()).isEqualTo(expected.kind());
    });
    if (!OF_OTHERS_TOO.contains(tampering.name())) {
      assertThat(problems).extracting(Problem::chain).doesNotContain(other.value());
      assertThat(verification.of(other).problems()).isEmpty();
    }
    if (tampering.chain() == null) {
      assertThat(verification.of(lostParcel).problems())
          .as("asked for the case alone")
          .isNotEmpty();
    }
    assertExportShows(expected);
  }

  /** Texts of messages are in no export; of rows at the end that are gone an export knows the seal alone. */
  private void assertExportShows(Problem expected) throws IOException {
    if (expected.kind().startsWith("text-")
        || expected.kind().equals("message-added")
        || expected.kind().equals("unsealed")) {
      return;
    }
    var isTail = expected.kind().equals("missing")
        && (expected.chain().equals(lostParcel.value()) && last() < expected.seq()
            || expected.chain().startsWith("terms "));
    assertThat(checked(export(), true))
        .as("by the command")
        .contains(
            isTail
                ? "seals " + sealOf(expected.chain(), expected.seq()) + ":"
                : expected.chain() + " " + expected.seq() + ":");
  }

  private Problem expected(Tampering tampering) {
    if ("terms".equals(tampering.chain())) {
      var terms = sealedTerms();
      return new Problem(
          "terms " + lostParcel,
          switch (tampering.seq()) {
            case 0 -> terms;
            case -1 -> terms + 1;
            default -> tampering.seq();
          },
          tampering.kind(),
          "");
    }
    Integer seq = switch (tampering.seq()) {
      case -1 -> tampering.chain() == null ? last() : sealOf(3);
      case -2 -> rowOf("message-received", 1);
      case -3 -> rowOf("message-received", 2);
      case -4 -> rowOf("escalated", 1);
      case -5 -> last() + 1;
      case NONE -> null;
      case 0 -> tampering.chain().equals("seals") ? lastSeal : journal.lastSeq();
      default -> tampering.seq();
    };
    return new Problem(
        tampering.chain() == null ? lostParcel.value() : tampering.chain(),
        seq,
        tampering.kind(),
        "");
  }

  @Test
  void nothingAlteredIsSaidToBeSo() throws IOException {
    assertThat(verification.all().isUnaltered()).isTrue();
    assertThat(verification.of(lostParcel).rows()).isEqualTo(last() + sealedTerms());
    assertThat(checked(export(), true)).contains("nothing was altered");
    assertThat(checked(export(lostParcel), false))
        .contains("consistent in itself; compared with no seal", last() + sealedTerms() + " rows");
  }

  @Test
  void anExportThatSomebodyChangesAfterwardsIsFound() throws IOException {
    var export = export();
    Files.writeString(
        export,
        Files.readString(export)
            .replaceFirst(
                "(\"chain\":\"" + lostParcel + "\",\"seq\":3,\"at\":\"[^\"]+\",\"who\":)\"[^\"]+\"",
                "$1\"nobody\""));

    assertThat(checked(export, true)).contains(lostParcel + " 3:");
  }

  @Test
  void thePageOfACaseThatCannotBeReadAnyMoreSaysSo() {
    run(
        "update ledger set what = 'nonsense', details = '{', to_tier = '?' where case_number = :number and seq = 3");

    var page = Http.signedIn(port, "auditor").get("/audit/cases/" + lostParcel);
    var events = Http.signedIn(port, "auditor").get("/audit/events?case=" + lostParcel);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("What was recorded is not as it was written", "Row 3 was changed");
    assertThat(events.statusCode()).isEqualTo(200);
    exceptions.examine();
    assertThat(exceptions.examine()).as("it is not tried again and again").isZero();
  }

  @Test
  void aFileOfRootsThatIsGoneOrBrokenIsSaid() throws IOException {
    var roots = Files.readString(ROOTS);
    try {
      Files.writeString(ROOTS, roots + "half a line\n");
      assertThat(verification.all().problems())
          .extracting(Problem::kind)
          .containsExactly("witness-unreadable");
      Files.delete(ROOTS);
      assertThat(verification.all().problems())
          .extracting(Problem::kind)
          .containsExactly("witness-unreadable");
      Files.writeString(ROOTS, roots + "\n");
      assertThat(verification.all().problems()).isEmpty();
    } finally {
      Files.writeString(ROOTS, roots);
    }
  }

  @Test
  void anExportOfYesterdayIsNotAlteredBecauseThereAreSealsOfToday() throws IOException {
    var export = export();
    var later = folder.resolve("roots.txt");
    Files.writeString(
        later,
        Files.readString(ROOTS)
            + "2026-11-24T09:00:00.000Z %d %s%n".formatted(lastSeal + 1, "a".repeat(64)));

    assertThat(run(List.of(export.toString(), later.toString()))).contains("nothing was altered");
  }

  @Test
  void whoSaysThatAnExportIsNoneOfEverythingCannotPassByTheRoots() throws IOException {
    var export = export();
    Files.writeString(
        export, Files.readString(export).replace("\"whole\":true", "\"whole\":false"));

    assertThat(checked(export, true)).contains("This cannot be verified");
  }

  @Test
  void whatIsNoExportIsSaidToBeNone() throws IOException {
    var file = folder.resolve("none.json");
    for (var text : List.of("", "[]", "{\"format\":\"other\",\"seals\":[]}", "no json", "{}")) {
      Files.writeString(file, text);
      assertThat(checked(file, false)).contains("This cannot be verified");
    }
    assertThat(run(List.of())).contains("Usage");
    assertThat(run(List.of(folder.resolve("nowhere").toString()))).contains("cannot be verified");
  }

  // ---- helpers

  private void run(String statement) {
    var call = jdbc.sql(statement);
    (statement.contains(":number") ? call.param("number", lostParcel.value()) : call).update();
  }

  private int last() {
    return jdbc.sql("select max(seq) from ledger where case_number = :number")
        .param("number", lostParcel.value())
        .query(Integer.class)
        .single();
  }

  private int sealedTerms() {
    return jdbc.sql("select max(seq) from seal_entry where chain = :chain")
        .param("chain", "terms " + lostParcel)
        .query(Integer.class)
        .single();
  }

  private int sealOf(int seq) {
    return sealOf(lostParcel.value(), seq);
  }

  private int sealOf(String chain, int seq) {
    return jdbc.sql("select seal from seal_entry_kept where chain = :chain and seq = :seq")
        .param("chain", chain)
        .param("seq", seq)
        .query(Integer.class)
        .single();
  }

  private int rowOf(String what, int nth) {
    return desk.ledger.rows(lostParcel).stream()
        .filter(row -> row.what().equals(what))
        .skip(nth - 1L)
        .findFirst()
        .orElseThrow()
        .seq();
  }

  /** As somebody does who knows how hashes are made. */
  private void rehash(int from, int to) {
    var before = (String) null;
    for (LedgerRow row : desk.ledger.rows(lostParcel)) {
      var hash = row.hash();
      if (row.seq() >= from && row.seq() <= to) {
        hash = row.hashAfter(before);
        jdbc.sql("update ledger set hash = :hash where case_number = :number and seq = :seq")
            .param("hash", hash)
            .param("number", lostParcel.value())
            .param("seq", row.seq())
            .update();
      }
      before = hash;
    }
  }

  private void resealEntries() {
    run("""
        update seal_entry set hash = (select l.hash from ledger l where l.case_number = seal_entry.chain and l.seq = seal_entry.seq)
         where chain = :number
        """);
  }

  private record Made(int no, String at, int rows) {}

  private void resealRoots() {
    var before = (String) null;
    for (var seal : jdbc.sql("select * from seal order by no")
        .query((row, index) -> new Made(
            row.getInt("no"),
            Chain.text(
                row.getObject("sealed_at", java.time.OffsetDateTime.class).toInstant()),
            row.getInt("row_count")))
        .list()) {
      var digest = Chain.digest();
      Chain.add(digest, before);
      Chain.add(digest, String.valueOf(seal.no()));
      Chain.add(digest, seal.at());
      Chain.add(digest, String.valueOf(seal.rows()));
      jdbc.sql("select * from seal_entry where seal = :no order by chain, seq")
          .param("no", seal.no())
          .query(row -> {
            Chain.add(digest, row.getString("chain"));
            Chain.add(digest, row.getString("seq"));
            Chain.add(digest, row.getString("hash"));
          });
      before = HexFormat.of().formatHex(digest.digest());
      jdbc.sql("update seal set root = :root where no = :no")
          .param("root", before)
          .param("no", seal.no())
          .update();
    }
  }

  private Path export() throws IOException {
    return save("/api/audit/export?format=json");
  }

  private Path export(CaseNumber number) throws IOException {
    return save("/api/audit/export?format=json&case=" + number);
  }

  private Path save(String path) throws IOException {
    var answer = Http.as(port, "auditor").get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    var file = folder.resolve("export-" + System.nanoTime() + ".json");
    return Files.writeString(file, answer.body());
  }

  private String checked(Path export, boolean withRoots) {
    var arguments = new ArrayList<>(List.of(export.toString()));
    if (withRoots) {
      arguments.add(ROOTS.toString());
    }
    return run(arguments);
  }

  private static String run(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    ExportCheck.run(
        arguments, new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC());
    return out.toString(StandardCharsets.UTF_8);
  }
}
