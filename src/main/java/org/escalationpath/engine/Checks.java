package org.escalationpath.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All checks of submitted forms, found late because the engine is built before the steps that bring them. */
@Component
class Checks {

  private static final Set<String> NOT_FOR_THE_PROCESS =
      Set.of("brief", StepRemark.FIELD, StepRemark.ANONYMOUSLY);
  private static final String CASE = "caseNumber";

  private final ObjectProvider<TaskCheck> taskChecks;
  private final ObjectProvider<StartCheck> startChecks;
  private final ObjectProvider<StepRemarks> remarks;
  private final ObjectProvider<PlatformTransactionManager> transactions;

  Checks(
      ObjectProvider<TaskCheck> taskChecks,
      ObjectProvider<StartCheck> startChecks,
      ObjectProvider<StepRemarks> remarks,
      ObjectProvider<PlatformTransactionManager> transactions) {
    this.taskChecks = taskChecks;
    this.startChecks = startChecks;
    this.remarks = remarks;
    this.transactions = transactions;
  }

  /** The submission without what no process reads: the brief, which a form only shows, and what is said about the step. */
  private static Map<String, Object> forTheProcess(Map<String, Object> submitted) {
    if (Collections.disjoint(submitted.keySet(), NOT_FOR_THE_PROCESS)) {
      return submitted;
    }
    var rest = new HashMap<>(submitted);
    rest.keySet().removeAll(NOT_FOR_THE_PROCESS);
    return rest;
  }

  /**
   * Checks what is submitted with a task, keeps what is said about the step, and goes on with the rest of it.
   *
   * @param complete lets the engine complete the task with what it is given
   */
  <T> T completing(
      TaskService tasks,
      String taskId,
      @Nullable Map<String, Object> given,
      Function<Map<String, Object>, T> complete) {
    var submitted = given == null ? Map.<String, Object>of() : given;
    var rest = forTheProcess(submitted);
    var task = taskId == null ? null : tasks.createTaskQuery().taskId(taskId).singleResult();
    // a task that is gone or not the caller's is left to the engine, which answers that itself
    if (task == null) {
      return complete.apply(rest);
    }
    refuseMistakes(() -> taskChecks.forEach(check -> check.check(task, rest)));
    return remarking(
        submitted,
        task.getProcessDefinitionId(),
        task.getTaskDefinitionKey(),
        task.getName(),
        () -> tasks.getVariable(taskId, CASE) instanceof String number ? number : null,
        () -> complete.apply(rest));
  }

  /** As {@link #completing}, for the form that starts a process. */
  <T> T starting(
      RepositoryService repository,
      String processDefinitionId,
      @Nullable Map<String, Object> given,
      Function<Map<String, Object>, T> start) {
    var submitted = given == null ? Map.<String, Object>of() : given;
    var rest = forTheProcess(submitted);
    var definition = repository
        .createProcessDefinitionQuery()
        .processDefinitionId(processDefinitionId)
        .singleResult();
    if (definition == null) {
      return start.apply(rest);
    }
    refuseMistakes(() -> startChecks.forEach(check -> check.check(definition.getKey(), rest)));
    return remarking(
        submitted,
        processDefinitionId,
        null,
        definition.getName(),
        () -> null,
        () -> start.apply(rest));
  }

  /** The remark is kept if the step is, and not if it is not. */
  private <T> T remarking(
      Map<String, Object> submitted,
      String definition,
      @Nullable String element,
      String name,
      Supplier<@Nullable String> caseNumber,
      Supplier<T> step) {
    var text = refusingMistakes(() -> StepRemark.text(submitted));
    if (text == null) {
      return step.get();
    }
    var remark = new StepRemark(
        definition, element, name, null, caseNumber.get(), text, StepRemark.isAnonymous(submitted));
    return new TransactionTemplate(transactions.getObject()).execute(status -> {
      refuseMistakes(() -> remarks.getObject().keep(remark));
      return step.get();
    });
  }

  private static void refuseMistakes(Runnable check) {
    refusingMistakes(() -> {
      check.run();
      return true;
    });
  }

  private static <T> T refusingMistakes(Supplier<T> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException mistake) {
      throw new Refused(mistake);
    }
  }
}
