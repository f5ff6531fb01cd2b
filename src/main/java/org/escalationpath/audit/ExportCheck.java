package org.escalationpath.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an export on any machine, without the system and its database: {@code java -jar escalation-path.jar verify export.json
 * [roots.txt]}. Reads it as a stream.
 */
public final class ExportCheck {

  /** Nothing was altered. */
  public static final int UNALTERED = 0;

  /** Something was. */
  public static final int ALTERED = 1;

  /** The file or the command cannot be understood. */
  public static final int UNREADABLE = 2;

  private static final JsonMapper JSON = new JsonMapper();

  private final Verifier verifier;
  private final TermChain terms = new TermChain();
  private final boolean isWhole;
  private int lastSeal;

  private ExportCheck(boolean isWhole) {
    this.isWhole = isWhole;
    this.verifier = new Verifier(isWhole);
  }

  /**
   * Runs the command.
   *
   * @param arguments the file, and where somebody has kept roots outside, the file with them
   * @return what the process is to exit with
   */
  public static int run(List<String> arguments, PrintStream out, Clock clock) {
    if (arguments.isEmpty() || arguments.size() > 2) {
      out.println("Usage: java -jar escalation-path.jar verify export.json [roots.txt]");
      return UNREADABLE;
    }
    try {
      var roots = arguments.size() == 2
          ? Witness.parse(Files.readAllLines(Path.of(arguments.get(1))))
          : Map.<Integer, String>of();
      Verification.Report report;
      try (var in = Files.newInputStream(Path.of(arguments.get(0)))) {
        report = check(in, roots, clock.instant());
      }
      print(report, out);
      return report.isUnaltered() ? UNALTERED : ALTERED;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      out.println("This cannot be verified: " + e.getMessage());
      return UNREADABLE;
    }
  }

  private static void print(Verification.Report report, PrintStream out) {
    report
        .problems()
        .forEach(each -> out.printf(
            "%s %s: %s%n", each.chain(), each.seq() == null ? "" : each.seq(), each.text()));
    out.printf(
        "%d rows, %d of them not sealed yet, %d seals: %s%n",
        report.rows(),
        report.unsealed(),
        report.seals(),
        report.isUnaltered()
            ? report.lastSeal() == null
                ? "consistent in itself; compared with no seal"
                : "nothing was altered"
            : report.problems().size() + " problems");
    if (report.lastSeal() != null) {
      out.printf(
          "Root of seal %d: %s%n", report.lastSeal().no(), report.lastSeal().root());
    }
  }

  /**
   * Checks an export in JSON.
   *
   * @param roots those kept outside, by the numbers of their seals
   * @throws IOException if it is no such export
   */
  static Verification.Report check(InputStream in, Map<Integer, String> roots, Instant now)
      throws IOException {
    try (var json = JSON.createParser(in)) {
      var check = new ExportCheck(head(json));
      check.seals(json);
      if (!check.isWhole && !roots.isEmpty()) {
        throw new IOException("it is no export of everything, so that roots say nothing about it");
      }
      check.verifier.witness(roots, check.lastSeal);
      check.rows(json);
      return check.verifier.report(now);
    }
  }

  /** Reads up to the seals, and answers whether the export is whole. */
  private static boolean head(JsonParser json) throws IOException {
    var isWhole = false;
    var format = "";
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the file does not begin as an export in JSON does");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      switch (name) {
        case "format" -> format = json.getText();
        case "whole" -> isWhole = json.getBooleanValue();
        case "seals" -> {
          if (!format.equals(JsonExport.FORMAT)) {
            throw new IOException(
                "its format is '%s' and not '%s'".formatted(format, JsonExport.FORMAT));
          }
          return isWhole;
        }
        default -> json.skipChildren();
      }
    }
    throw new IOException("it has no seals");
  }

  private void seals(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      JsonNode seal = JSON.readTree(json);
      lastSeal = seal.path("no").asInt();
      verifier.seal(new Seal(
          seal.path("no").asInt(),
          Instant.parse(seal.path("sealedAt").asText()),
          seal.path("rows").asInt(),
          seal.path("root").asText()));
    }
  }

  private void rows(JsonParser json) throws IOException {
    json.nextToken();
    if (!"rows".equals(json.currentName()) || json.nextToken() != JsonToken.START_ARRAY) {
      throw new IOException("it has no rows");
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      JsonNode row = JSON.readTree(json);
      check(row);
    }
  }

  private void check(JsonNode json) {
    var chain = json.path("chain").asText();
    var seq = json.path("seq").asInt();
    if (TermRow.isChainOfTerms(chain)) {
      var values = new ArrayList<@Nullable String>();
      TermRow.NAMES.forEach(name -> values.add(text(json, name)));
      terms.check(new TermRow(chain, seq, values), seal(json), text(json, "sealedHash"), verifier);
    } else if (chain.equals(Journal.CHAIN)) {
      verifier.row(journalRow(json));
    } else {
      verifier.row(ledgerRow(json));
      terms.ledgerRow(chain, seq, json.path("what").asText(), seal(json) != null);
    }
  }

  private static Verifier.Row ledgerRow(JsonNode json) {
    var row = new LedgerRow(
        json.path("chain").asText(),
        json.path("seq").asInt(),
        Instant.parse(json.path("at").asText()),
        json.path("who").asText(),
        json.path("what").asText(),
        text(json, "fromTier"),
        text(json, "toTier"),
        text(json, "reason"),
        text(json, "trigger"),
        text(json, "noteId"),
        text(json, "noteHash"),
        text(json, "modelVersion"),
        text(json, "details"),
        text(json, "hash"));
    return new Verifier.Row(
        row.chain(), row.seq(), row.hash(), row::hashAfter, seal(json), text(json, "sealedHash"));
  }

  private static Verifier.Row journalRow(JsonNode json) {
    var row = new Journal.Row(
        json.path("seq").asInt(),
        Instant.parse(json.path("at").asText()),
        json.path("who").asText(),
        json.path("what").asText(),
        json.path("details").asText(),
        text(json, "hash"));
    return new Verifier.Row(
        Journal.CHAIN, row.seq(), row.hash(), row::hashAfter, seal(json), text(json, "sealedHash"));
  }

  private static @Nullable Integer seal(JsonNode row) {
    return row.hasNonNull("seal") ? row.path("seal").asInt() : null;
  }

  private static @Nullable String text(JsonNode row, String name) {
    return row.hasNonNull(name) ? row.path(name).asText() : null;
  }
}
