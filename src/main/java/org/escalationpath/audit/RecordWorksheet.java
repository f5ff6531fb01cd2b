package org.escalationpath.audit;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;

/** Keeps what an auditor found about a sampled case; the texts leave the process. */
@Published
class RecordWorksheet implements JavaDelegate {

  private final Samples samples;

  RecordWorksheet(Samples samples) {
    this.samples = samples;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var result = WorksheetModel.RESULT.from(execution);
    var answers = WorksheetModel.QUESTIONS.stream()
        .map(question -> question + " = " + execution.getVariable(question))
        .collect(Collectors.joining(", "));
    samples.record(
        WorksheetModel.WORKSHEET.from(execution),
        result,
        answers,
        WorksheetModel.FINDING.in(execution).orElse(null));
    WorksheetModel.IS_FINDING.set(execution, !result.equals("conforming"));
    WorksheetModel.FINDING.clear(execution);
  }
}
