package org.escalationpath.audit;

import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.Published;

/** Keeps what an auditor found about a sampled case; the texts leave the process. */
@Published(
    does =
        "keeps what an auditor found about a sampled case, with all answers whose key begins with `question`",
    reads = {"worksheet", "result"},
    readsIfSet = "finding",
    writes = {"isFinding", "finding"})
class RecordWorksheet implements JavaDelegate {

  private final Samples samples;
  private final Journal journal;

  RecordWorksheet(Samples samples, Journal journal) {
    this.samples = samples;
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var result = WorksheetModel.RESULT.from(execution);
    var answers = execution.getVariables().entrySet().stream()
        .filter(each -> each.getKey().startsWith(WorksheetModel.QUESTION))
        .map(each ->
            each.getKey().substring(WorksheetModel.QUESTION.length()) + " = " + each.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
    samples.record(
        WorksheetModel.WORKSHEET.from(execution),
        result,
        answers,
        WorksheetModel.FINDING.in(execution).orElse(null));
    journal.append(
        "examined",
        Map.of(
            "worksheet", WorksheetModel.WORKSHEET.from(execution),
            "case", CaseNumber.VARIABLE.from(execution).value(),
            "result", result));
    WorksheetModel.IS_FINDING.set(execution, !result.equals("conforming"));
    WorksheetModel.FINDING.clear(execution);
  }
}
