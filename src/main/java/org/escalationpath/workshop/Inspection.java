package org.escalationpath.workshop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at models, decisions and forms that work together, and says what is wrong with them. */
public final class Inspection {

  private static final Logger log = LoggerFactory.getLogger(Inspection.class);

  private final List<Check> checks = List.of(
      new SafetyCheck(),
      new StructureCheck(),
      new ReferenceCheck(),
      new PathCheck(),
      new SoundnessCheck());
  private final DecisionCheck decisions = new DecisionCheck();
  private final FormCheck forms = new FormCheck();
  private final Surroundings surroundings;

  Inspection(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * All findings about {@code files}.
   *
   * @param files content by name
   * @param there what is there already, which the files may lean on and which is replaced where the same thing is in both
   * @return what is wrong with the files, and what they break of what is there; errors first, in the order of the rules
   */
  public Report inspect(Map<String, byte[]> files, Map<String, byte[]> there) {
    var deployed = Library.of(there);
    var library = deployed.with(files);
    var untouched = library.files();
    untouched.removeAll(files.keySet());
    var findings = new LinkedHashSet<>(library.unreadable().stream()
        .filter(finding -> files.containsKey(finding.file()))
        .toList());
    library.drawings().stream()
        .filter(drawing -> files.containsKey(drawing.file()))
        .forEach(drawing -> checks.forEach(check -> run(
            () -> check.check(drawing, library, surroundings, findings::add),
            drawing.file(),
            findings::add)));
    library.drawings().stream()
        .filter(drawing -> files.containsKey(drawing.file()))
        .forEach(drawing -> vanished(drawing, deployed, findings::add));
    lookAtTablesAndForms(library, files.keySet(), findings::add);
    if (!untouched.isEmpty()
        && findings.stream().noneMatch(finding -> finding.rule() == Rule.UNREADABLE)) {
      findings.addAll(broken(untouched, deployed, library));
    }
    return new Report(sorted(findings), library);
  }

  /** Elements of the version before that are not there any more. */
  private static void vanished(Drawing drawing, Library deployed, Consumer<Finding> findings) {
    deployed
        .drawing(drawing.key())
        .ifPresent(before -> before.all(FlowNode.class).stream()
            .filter(node -> drawing.find(node.getId()).isEmpty())
            .forEach(node -> findings.accept(
                Finding.of(Rule.VANISHED_ID, drawing.file(), node.getId(), Drawing.label(node)))));
  }

  private static String bare(String name) {
    return String.valueOf(org.springframework.util.StringUtils.getFilename(name));
  }

  private void lookAtTablesAndForms(
      Library library, Set<String> files, Consumer<Finding> findings) {
    library.tables().stream()
        .filter(table -> files.contains(table.file()))
        .forEach(table -> run(
            () -> decisions.check(table, library, surroundings, findings), table.file(), findings));
    library.forms().stream()
        .filter(form -> files.contains(form.file()))
        .forEach(form ->
            run(() -> forms.check(form, library, surroundings, findings), form.file(), findings));
  }

  /** What was fine with the files that are there, and would not be any more. */
  private Set<Finding> broken(Set<String> untouched, Library before, Library after) {
    var now = together(untouched, after);
    if (!now.isEmpty()) {
      now.removeAll(together(untouched, before));
    }
    return now;
  }

  private Set<Finding> together(Set<String> files, Library library) {
    var findings = new LinkedHashSet<Finding>();
    var leaning = List.of(new ReferenceCheck(), new PathCheck());
    library.drawings().stream()
        .filter(drawing -> files.contains(drawing.file()))
        .forEach(drawing -> leaning.forEach(check -> run(
            () -> check.check(drawing, library, surroundings, findings::add),
            drawing.file(),
            findings::add)));
    lookAtTablesAndForms(library, files, findings::add);
    findings.removeIf(finding -> finding.severity() == Severity.WARNING);
    return findings;
  }

  /** A check that fails has found something that it was not made for: that is said, and not taken for fine. */
  private static void run(Runnable check, String file, Consumer<Finding> findings) {
    try {
      check.run();
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A check of {} failed", file, e);
      findings.accept(Finding.of(
          Rule.UNREADABLE,
          file,
          null,
          "The file " + bare(file),
          "a check of it failed (" + e.getClass().getSimpleName() + ")"));
    }
  }

  private static List<Finding> sorted(Set<Finding> findings) {
    var sorted = new ArrayList<>(findings);
    sorted.sort(Comparator.comparing(Finding::severity)
        .thenComparing(Finding::file)
        .thenComparing(Finding::rule));
    return sorted;
  }
}
