package org.escalationpath.workshop;

import java.util.List;
import java.util.stream.Collectors;

/** What an inspection found, errors first. */
public final class Report {

  private final List<Finding> findings;
  private final Library library;

  Report(List<Finding> findings, Library library) {
    this.findings = List.copyOf(findings);
    this.library = library;
  }

  public List<Finding> findings() {
    return findings;
  }

  public List<Finding> errors() {
    return findings.stream().filter(each -> each.severity() == Severity.ERROR).toList();
  }

  public List<Finding> warnings() {
    return findings.stream().filter(each -> each.severity() == Severity.WARNING).toList();
  }

  /** Whether it may be deployed. */
  public boolean isFine() {
    return errors().isEmpty();
  }

  /** From 1: where in its file a finding's element is. */
  int line(Finding finding) {
    return finding.element() == null ? 1 : library.line(finding.file(), finding.element());
  }

  /** All findings for a reader: what is wrong, why it matters, what to do. */
  public String text() {
    return findings.stream().map(Report::text).collect(Collectors.joining("\n"));
  }

  private static String text(Finding finding) {
    return """
        %s  %s: %s %s.
            Why: %s
            Do:  %s  [%s]
        """.formatted(
            finding.severity(),
            finding.file(),
            finding.place(),
            finding.what(),
            finding.why(),
            finding.remedy(),
            finding.rule().code());
  }
}
