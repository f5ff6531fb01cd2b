package org.escalationpath.engine;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * Keeps the date of a timer that lost a race. The engine delays a job that failed by moving its due date; where somebody has
 * moved the timer meanwhile, because the case waits or has another priority, that would fire it although no limit has passed.
 */
class RetriesKeepDates implements FailedJobCommandFactory {

  @Override
  public Command<Object> getCommand(String jobId, Throwable exception) {
    return context -> {
      var job = context.getJobManager().findJobById(jobId);
      if (job == null) {
        return null;
      }
      var isMovedOn =
          job.getDuedate() != null && job.getDuedate().after(ClockUtil.getCurrentTime());
      if (isMovedOn || lostARace(exception)) {
        job.unlock();
        return null;
      }
      return new DefaultJobRetryCmd(jobId, exception).execute(context);
    };
  }

  private static boolean lostARace(Throwable exception) {
    return exception instanceof OptimisticLockingException
        || exception != null && exception.getCause() instanceof OptimisticLockingException;
  }
}
