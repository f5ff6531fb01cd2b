package org.escalationpath.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;

/** What a task shows in its form and in Tasklist's list; it lives with the task and stays out of the engine's history. */
public final class TaskTexts {

  private static final int LONGEST_BRIEF = 2_000;

  private TaskTexts() {}

  /**
   * @param brief what whoever does the task reads first; cut to 2,000 characters
   * @param customer the customer's name, where the task is about one
   * @param caseLink the address of the case's page
   */
  public static void show(
      DelegateTask task, String brief, String subject, @Nullable String customer, String caseLink) {
    task.setVariableLocal(
        "brief",
        brief.length() > LONGEST_BRIEF ? brief.substring(0, LONGEST_BRIEF - 1) + "…" : brief);
    task.setVariableLocal("subject", subject);
    if (customer != null) {
      task.setVariableLocal("customer", customer);
    }
    task.setVariableLocal("caseLink", caseLink);
  }
}
