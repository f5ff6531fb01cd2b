package org.escalationpath.desk;

import java.time.Period;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/dashboard-report.bpmn}. */
@ModelInterface(process = DashboardReportModel.KEY)
final class DashboardReportModel {

  static final String KEY = "dashboard-report";

  static final Variable<String> GROUPS = Variable.text("groups");
  static final Variable<Period> PERIOD = Variable.text("period", Period::parse);
  static final Variable<String> READERS = Variable.text("readers");
  static final Variable<Integer> READER_COUNT = Variable.number("readerCount");
  static final Variable<Integer> LOOP = Variable.number("loopCounter");

  private DashboardReportModel() {}
}
