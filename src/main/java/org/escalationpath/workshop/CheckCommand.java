package org.escalationpath.workshop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.escalationpath.engine.Steps;
import org.escalationpath.security.Groups;

/**
 * Checks models on any machine, without the system and its database: {@code java -jar escalation-path.jar check processes/ forms/}. Files
 * that the named ones lean on, and that are not among them, are looked for beside them and then among the shipped ones.
 */
public final class CheckCommand {

  /** Nothing keeps the models from being deployed. */
  public static final int FINE = 0;

  /** They would be refused. */
  public static final int REFUSED = 1;

  /** The files or the command cannot be understood. */
  public static final int UNREADABLE = 2;

  private static final String USAGE = """
      Usage: java -jar escalation-path.jar check [--format=text|json|sarif] [--texts=folder] [--groups=a,b] [--calendars=a,b] files and folders
        Checks models (.bpmn), decisions (.dmn) and forms (.form), those in folders too. Exits with 0 if they may be deployed,
        with 1 if they would be refused, with 2 if the command cannot be understood.""";

  private static final Set<String> ROLES =
      Set.of(Groups.PROCESS_OWNER, Groups.AUDITOR, Groups.ADMINISTRATOR);

  /** Those that the release brings. */
  private static final Set<String> CALENDARS = Set.of("office", "always");

  private final PrintStream out;
  private String format = "text";
  private String texts = "";
  private final Set<String> groups = new HashSet<>(ROLES);
  private final Set<String> calendars = new HashSet<>(CALENDARS);

  private CheckCommand(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and returns what the process is to exit with. */
  public static int run(List<String> arguments, PrintStream out) {
    return new CheckCommand(out).run(arguments);
  }

  private int run(List<String> arguments) {
    var names = new ArrayList<String>();
    for (var argument : arguments) {
      if (argument.startsWith("--format=")) {
        format = argument.substring("--format=".length());
      } else if (argument.startsWith("--texts=")) {
        texts = argument.substring("--texts=".length());
      } else if (argument.startsWith("--groups=")) {
        groups.addAll(List.of(argument.substring("--groups=".length()).split(",")));
      } else if (argument.startsWith("--calendars=")) {
        calendars.addAll(List.of(argument.substring("--calendars=".length()).split(",")));
      } else if (argument.startsWith("--")) {
        return misunderstood("There is no option " + argument + ".");
      } else {
        names.add(argument);
      }
    }
    if (names.isEmpty() || !Set.of("text", "json", "sarif").contains(format)) {
      return misunderstood("");
    }
    try {
      var files = read(names);
      if (files.isEmpty()) {
        return misunderstood("There is no .bpmn, .dmn or .form file in " + names + ".");
      }
      return check(files);
    } catch (IOException e) {
      return misunderstood("Cannot read " + e.getMessage() + ".");
    }
  }

  private int misunderstood(String why) {
    out.println((why + "\n" + USAGE).trim());
    return UNREADABLE;
  }

  private int check(Map<String, byte[]> files) throws IOException {
    var surroundings = new Surroundings(
        Steps.published(), Set.copyOf(groups), Set.copyOf(calendars), MessageTexts.names(texts));
    var report = new Inspection(surroundings).inspect(files, ShippedModels.read());
    out.println(
        switch (format) {
          case "json" -> json(report);
          case "sarif" -> new Sarif(report).text();
          default -> text(report, files.size());
        });
    return report.isFine() ? FINE : REFUSED;
  }

  private static String text(Report report, int files) {
    return "%s%d files: %d errors, %d warnings."
        .formatted(
            report.findings().isEmpty() ? "" : report.text() + "\n",
            files,
            report.errors().size(),
            report.warnings().size());
  }

  private static String json(Report report) throws JsonProcessingException {
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Map.of(
            "fine",
            report.isFine(),
            "findings",
            report.findings().stream().map(finding -> entry(report, finding)).toList()));
  }

  static Map<String, Object> entry(Report report, Finding finding) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("rule", finding.rule().code());
    entry.put("severity", finding.severity().toString().toLowerCase(java.util.Locale.ROOT));
    entry.put("file", finding.file());
    entry.put("line", report.line(finding));
    entry.put("element", finding.element());
    entry.put("label", finding.label());
    entry.put("what", finding.what());
    entry.put("why", finding.why());
    entry.put("do", finding.remedy());
    return entry;
  }

  private static Map<String, byte[]> read(List<String> names) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    for (var name : names) {
      try (Stream<Path> found = Files.walk(Path.of(name))) {
        for (var file : found.filter(CheckCommand::isModel).sorted().toList()) {
          files.put(file.toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static boolean isModel(Path file) {
    return Files.isRegularFile(file) && file.toString().matches(".*\\.(bpmn|dmn|form)");
  }
}
