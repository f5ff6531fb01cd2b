package org.escalationpath.audit;

import java.util.List;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/sample-worksheet.bpmn}. */
@ModelInterface(
    process = WorksheetModel.KEY,
    startsWith = {"caseNumber", "worksheet"})
final class WorksheetModel {

  static final String KEY = "sample-worksheet";
  static final String TASK = "userTask_examineCase";

  /** How the keys of the form's questions begin; which questions there are is the form's business. */
  static final String QUESTION = "question";

  static final List<String> RESULTS = List.of("conforming", "minor", "major");

  static final Variable<String> WORKSHEET = Variable.text("worksheet");
  static final Variable<String> RESULT = Variable.text("result");
  static final Variable<String> FINDING = Variable.text("finding");
  static final Variable<Boolean> IS_FINDING = Variable.flag("isFinding");

  private WorksheetModel() {}
}
