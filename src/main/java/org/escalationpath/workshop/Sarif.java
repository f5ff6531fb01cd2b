package org.escalationpath.workshop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines of a file. */
final class Sarif {

  private final Report report;

  Sarif(Report report) {
    this.report = report;
  }

  String text() throws JsonProcessingException {
    var driver = Map.of(
        "name", "escalation-path check",
        "informationUri", "https://escalationpath.org",
        "rules", Arrays.stream(Rule.values()).map(Sarif::rule).toList());
    var run = Map.of(
        "tool", Map.of("driver", driver),
        "results", report.findings().stream().map(this::result).toList());
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Map.of(
            "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
            "version", "2.1.0",
            "runs", List.of(run)));
  }

  private static Map<String, Object> rule(Rule rule) {
    return Map.of(
        "id", rule.code(),
        "shortDescription", Map.of("text", rule.code().replace('-', ' ')),
        "defaultConfiguration", Map.of("level", level(rule.severity())));
  }

  private Map<String, Object> result(Finding finding) {
    var physical = Map.of(
        "artifactLocation", Map.of("uri", finding.file().replace('\\', '/')),
        "region", Map.of("startLine", report.line(finding)));
    var logical = List.of(Map.of(
        "name",
        finding.label(),
        "fullyQualifiedName",
        finding.element() == null ? finding.label() : finding.element()));
    return Map.of(
        "ruleId", finding.rule().code(),
        "level", level(finding.severity()),
        "message",
            Map.of(
                "text",
                "%s %s. %s %s"
                    .formatted(finding.place(), finding.what(), finding.why(), finding.remedy())),
        "locations", List.of(Map.of("physicalLocation", physical, "logicalLocations", logical)));
  }

  private static String level(Severity severity) {
    return severity.toString().toLowerCase(Locale.ROOT);
  }
}
