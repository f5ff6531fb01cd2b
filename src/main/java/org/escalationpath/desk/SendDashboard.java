package org.escalationpath.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;

/** Sends the dashboard of a period that ends with yesterday to one of those who get it, whose turn it is in a loop. */
@Published(
    does = "sends the dashboard as a PDF to one of those who get it",
    inputs =
        @Published.Input(
            name = "period",
            label = "Period",
            does = "how long the period is that ends with yesterday, like P7D for a week",
            isRequired = true),
    reads = {"readers", "loopCounter"})
class SendDashboard implements JavaDelegate {

  private final DashboardPaper paper;
  private final Metrics metrics;
  private final Clock clock;

  SendDashboard(DashboardPaper paper, Metrics metrics, Clock clock) {
    this.paper = paper;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var to = LocalDate.ofInstant(clock.instant(), metrics.zone());
    var from = to.minus(DashboardReportModel.PERIOD.from(execution));
    var readers = DashboardReportModel.READERS.from(execution).split(",");
    var place = DashboardReportModel.LOOP.from(execution);
    paper.send(
        new Question(
            List.of(Metric.values()),
            from.atStartOfDay(metrics.zone()).toInstant(),
            to.atStartOfDay(metrics.zone()).toInstant(),
            Map.of(),
            List.of()),
        readers[place],
        execution.getProcessInstanceId() + "-" + place);
  }
}
