package org.escalationpath.desk;

import java.util.Arrays;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.escalationpath.engine.Published;
import org.escalationpath.notification.Reports;

/** Looks who is to get the dashboard: everybody in these groups with an e-mail address; nobody where there is no mail server. */
@Published(
    does = "looks who is in the groups that get the dashboard by mail",
    inputs =
        @Published.Input(
            name = "groups",
            label = "Groups",
            does = "whose people get it, like process-owner,department-manager",
            isRequired = true),
    writes = {"readers", "readerCount"})
class ChooseReaders implements JavaDelegate {

  /** What a process variable of text can hold. */
  private static final int LONGEST = 4_000;

  private final Reports reports;

  ChooseReaders(Reports reports) {
    this.reports = reports;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var groups = Arrays.stream(DashboardReportModel.GROUPS.from(execution).split(","))
        .map(String::strip)
        .toList();
    var readers = reports.people(groups);
    var names = String.join(",", readers);
    if (names.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'%s' are %d people, too many for one report; name smaller groups"
              .formatted(String.join(",", groups), readers.size()));
    }
    DashboardReportModel.READERS.set(execution, names);
    DashboardReportModel.READER_COUNT.set(execution, readers.size());
  }
}
